"""Network failures in plain words, and what they say of the request's fate."""

from __future__ import annotations

import errno
import socket
import ssl
from http.client import HTTPException
from typing import TYPE_CHECKING

from urllib3 import exceptions as urllib3_errors

from faasctl.liveperson.retry import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})


def explain(error: BaseException, server: str, seconds: float) -> tuple[str, Fate]:
    """What `error` (of requests or urllib3) means, as half a sentence, and the fate of the request.

    `server` is the host that was called, `seconds` the limit that the attempt had.
    """
    causes = tuple(_causes(error))
    for cause in causes:
        found = _before_connection(cause, server) or _in_tls(cause, server)
        if found:
            return found
    not_connected = any(
        isinstance(cause, (urllib3_errors.NewConnectionError, urllib3_errors.ConnectTimeoutError))
        for cause in causes
    )
    if any(isinstance(cause, (TimeoutError, urllib3_errors.TimeoutError)) for cause in causes):
        if not_connected:
            return f"no connection to {server} came about in time", Fate.NOT_CONNECTED
        return f"{server} gave no complete answer within {seconds:.3g} s", Fate.UNCLEAR
    if any(isinstance(cause, urllib3_errors.ProxyError) for cause in causes):
        return f"the proxy did not let the connection to {server} through", Fate.NOT_CONNECTED
    if not_connected:
        return f"no connection to {server} came about", Fate.NOT_CONNECTED
    if any(isinstance(cause, (OSError, HTTPException, urllib3_errors.ProtocolError)) for cause in causes):
        return f"{server} broke the connection off before its answer was complete", Fate.UNCLEAR
    return f"the call to {server} could not be made ({type(error).__name__})", Fate.FINAL


def _before_connection(cause: BaseException, server: str) -> tuple[str, Fate] | None:
    if isinstance(cause, socket.gaierror):
        if cause.errno == socket.EAI_AGAIN:
            return f"the name {server} could not be resolved just now", Fate.NOT_CONNECTED
        return f"there is no host named {server}", Fate.FINAL
    if isinstance(cause, ConnectionRefusedError):
        return f"{server} refused the connection", Fate.NOT_CONNECTED
    if isinstance(cause, OSError) and cause.errno in _NO_ROUTE:
        return f"there is no network route to {server}", Fate.NOT_CONNECTED
    return None


def _in_tls(cause: BaseException, server: str) -> tuple[str, Fate] | None:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the TLS certificate of {server} is not trusted: {cause.verify_message}", Fate.FINAL
    if isinstance(cause, ssl.SSLError):
        return f"the TLS connection to {server} failed: {cause.reason or 'closed early'}", Fate.UNCLEAR
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """`error` and whatever it was raised from, wraps as an argument, or names as its reason."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        item = waiting.pop(0)
        if not isinstance(item, BaseException) or item in seen:
            continue
        seen.append(item)
        yield item
        waiting += [getattr(item, "reason", None), item.__cause__, item.__context__, *item.args]
