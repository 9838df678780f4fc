"""Where our V1 toolbelt ends otherwise than the copy in LivePerson's package liveperson-functions-cli, and why.

Our tests make the same calls with both (the names below are those of tests/emulator/toolbelts/calls.cjs), and
allow these differences and no others.
"""

from __future__ import annotations

_SAYS_SO = "the message goes on to say that it is the local platform that does not have the service"
_CODE = "the error keeps its code, which the copy drops"
_REQUEST = "as in request-promise, whose interface the platform documents"

DIFFERENCES: dict[str, str] = {
    "error codes": "those of MTLSClient and OrchestratorClient are added, which the copy lacks altogether",
    "host of no service": _SAYS_SO,
    "HTTPClient: options alone": f"a text body gets no content type, {_REQUEST}; the copy adds text/plain",
    "HTTPClient: simple is false": f"`simple` is heeded, {_REQUEST}; the copy rejects all the same",
    "HTTPClient: the whole response": f"`resolveWithFullResponse` is heeded, {_REQUEST}; the copy gives the body",
    "HTTPClient: baseUrl": f"`baseUrl` is heeded, {_REQUEST}; the copy does not, and refuses the path",
    "HTTPClient: a host that is not allowed": "the function's network decides, and closes the socket, as on the "
    "platform; the copy, which has no network of its own, gives status 403",
    "LpClient: a service": "the service answers; the copy relies on `baseUrl`, so that it always gets status 403",
    "LpClient: no such service": _SAYS_SO,
    "LpClient: no such secret": _CODE,
    "getConversationById": f"{_SAYS_SO}; {_CODE}",
    "addSDEs": f"{_SAYS_SO}; {_CODE}",
    "replace files of nothing": "the error has the code that the platform documents; the copy's has none",
    "replace files": f"{_SAYS_SO}; {_CODE}",
}
"""Beside these, the copy ends its whole process at every answer with an error status; ours only rejects."""
