"""The front of the emulator: what holds for every request, whichever service it is for.

Foreign callers are turned away: a browser (which names its page in Origin), and a request for a host that is not
the emulator's (a web page whose name was made to point at this machine). Bodies are capped, X-Request-ID comes
back, every refusal is JSON, and what was asked is remembered without its query.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import uuid
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from faasctl.emulator.refusals import (
    BROKEN,
    FOREIGN_CALLER,
    NODE_MISSING,
    NOTHING_HERE,
    Refusal,
)
from faasctl.errors import FaasctlError, PrerequisiteMissing
from faasctl.facts.limits import BODY_TOO_LARGE, REQUEST_BYTES
from faasctl.facts.network import LIVEPERSON_DOMAINS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES = REQUEST_BYTES.value
_DISCARDED_BYTES = 10 * BODY_BYTES
REQUESTS_KEPT = 1000
DIALECT = "faasctl.dialect"
"""The scope's key for what turns a refusal into the form of the account's generation."""
_LONGEST_REQUEST_ID = 128
_OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
_OWN_DOMAINS = (".localhost", *(f".{domain}" for domain in LIVEPERSON_DOMAINS))
"""LivePerson's clients ask for LivePerson's names, and for the domain API over plain HTTP too. A web page whose
name is made to point at this machine (DNS rebinding) has none of these: LivePerson alone names hosts below its
domains, and nobody does below `localhost`."""

_log = logging.getLogger(__name__)


class Front:
    """The ASGI application."""

    def __init__(self, services: ASGIApp) -> None:
        self._services = services
        self.requests: deque[dict[str, Any]] = deque(maxlen=REQUESTS_KEPT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        answered = _Answered(_request_id(headers), send, scope)
        scope["state"] = {"request_id": answered.request_id}  # a service finds it as request.state.request_id
        try:
            _turn_away_foreigners(headers)
            await self._services(scope, _Capped(receive).receive, answered.send)
        except Refusal as refusal:
            await answered.refuse(refusal)
        except FaasctlError as error:
            _log.warning("%s %s: %s", scope["method"], scope["path"], error.message)
            await answered.refuse(_own_failure(error))
        except sqlite3.Error as error:
            _log.exception("%s %s", scope["method"], scope["path"])
            await answered.refuse(Refusal(503, BROKEN, f"the emulator's state cannot be used now: {error}"))
        except _ClientGone:
            return
        except Exception as error:  # noqa: BLE001 - the last resort: an answer, and the log
            _log.exception("%s %s", scope["method"], scope["path"])
            await answered.refuse(Refusal(500, BROKEN, f"the emulator broke: {type(error).__name__}"))
        finally:
            self.requests.append(
                {
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": answered.status,
                    "requestId": answered.request_id,
                }
            )


async def nothing_here(scope: Scope, receive: Receive, send: Send) -> None:
    raise Refusal(404, NOTHING_HERE, f"the emulator has nothing at {scope['path']}")


class _ClientGone(Exception):
    """The client went away before its body was here."""


class _Answered:
    """Sends an answer, with X-Request-ID, and remembers its status."""

    def __init__(self, request_id: str, send: Send, scope: Scope) -> None:
        self.request_id = request_id
        self.status: int | None = None
        self._send = send
        self._scope = scope

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message["headers"], (b"x-request-id", self.request_id.encode("latin-1"))]
        await self._send(message)

    async def refuse(self, refusal: Refusal) -> None:
        if self.status is not None:
            return
        dialect: Callable[[Refusal], Refusal] | None = self._scope.get(DIALECT)
        if dialect is not None:
            refusal = dialect(refusal)
        body = b"" if refusal.status == 304 else json.dumps(refusal.body()).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        headers += [(name.encode(), value.encode()) for name, value in (refusal.headers or {}).items()]
        if refusal.status == 413:
            headers.append((b"connection", b"close"))
        await self.send({"type": "http.response.start", "status": refusal.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


class _Capped:
    """A request's body, refused when it is too large."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._size = 0

    async def receive(self) -> Message:
        message = await self._next()
        if self._size <= BODY_BYTES:
            return message
        # A client that is still sending would find its connection reset, and not see why.
        while message.get("more_body") and self._size < _DISCARDED_BYTES:
            message = await self._next()
        raise _too_large()

    async def _next(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise _ClientGone
        self._size += len(message.get("body", b""))
        return message


def _own_failure(error: FaasctlError) -> Refusal:
    """501 for what does not pass by waiting, so that no client tries again."""
    if isinstance(error, PrerequisiteMissing):
        return Refusal(501, NODE_MISSING, error.message)
    return Refusal(500, BROKEN, error.message)


def _too_large() -> Refusal:
    return Refusal(413, BODY_TOO_LARGE, f"a body may have at most {BODY_BYTES} bytes")


def _request_id(headers: dict[bytes, bytes]) -> str:
    given = headers.get(b"x-request-id", b"").decode("latin-1")
    if given and len(given) <= _LONGEST_REQUEST_ID and given.isascii() and given.isprintable():
        return given
    return str(uuid.uuid4())


def _turn_away_foreigners(headers: dict[bytes, bytes]) -> None:
    if b"origin" in headers:
        raise Refusal(403, FOREIGN_CALLER, "the emulator answers no browsers")
    host = headers.get(b"host", b"").decode("latin-1").lower()
    name, colon, port = host.rpartition(":")
    if not colon or not port.isdigit():
        name = host
    if name not in _OWN_HOSTS and not name.endswith(_OWN_DOMAINS):
        raise Refusal(403, FOREIGN_CALLER, f"the emulator does not answer for the host {name!r}")
