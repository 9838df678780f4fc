"""Network failures in plain words, and what they say of the request's fate."""

from __future__ import annotations

import errno
import socket
import ssl
from http.client import BadStatusLine, HTTPException, LineTooLong, RemoteDisconnected, UnknownProtocol
from typing import TYPE_CHECKING

from requests.exceptions import InvalidProxyURL, InvalidSchema
from urllib3 import exceptions as urllib3_errors

from faasctl.liveperson.retry import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})


_OUT_OF_DATE = frozenset({9, 10})
"""OpenSSL's codes for a certificate that is not valid yet, or no longer."""
_OTHER_NAME = frozenset({62, 64})
"""OpenSSL's codes for a certificate of another host."""
_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "PACKET_LENGTH_TOO_LONG"})
"""OpenSSL's reasons where what came is plain text."""
_GARBLED = (
    *(BadStatusLine, LineTooLong, UnknownProtocol),
    *(urllib3_errors.InvalidHeader, urllib3_errors.DecodeError),
)

TRUST_HINT = (
    "Where a company's proxy inspects TLS, give its certificate authority: --ca-bundle FILE, FAASCTL_CA_BUNDLE or "
    "REQUESTS_CA_BUNDLE."
)
PROXY_HINT = "Check HTTPS_PROXY, and its user name and password; NO_PROXY names hosts that need no proxy."
PROXY_SCHEME_HINT = "Write the proxy's address in HTTPS_PROXY as http://host:port."
CLOCK_HINT = "Check this machine's date and time; where they are right, the server needs a new certificate."
NAME_HINT = "Another server answers at this address: check the proxy settings and the name resolution."
SOCKS_HINT = "Give HTTPS_PROXY an HTTP proxy (http://host:port), or install SOCKS support: pip install pysocks."
NETWORK_HINT = "Check the network, and the proxy settings (HTTPS_PROXY, NO_PROXY)."


def hint_for(error: BaseException) -> str:
    """What a person can do about a network failure."""
    causes = tuple(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            if cause.verify_code in _OUT_OF_DATE:
                return CLOCK_HINT
            return NAME_HINT if cause.verify_code in _OTHER_NAME else TRUST_HINT
    if _is_socks(error):
        return SOCKS_HINT
    if isinstance(error, InvalidProxyURL) or any(isinstance(cause, urllib3_errors.ProxyError) for cause in causes):
        return PROXY_SCHEME_HINT if any(map(_speaks_no_tls, causes)) else PROXY_HINT
    if any(map(_is_garbled, causes)) or any(map(_speaks_no_tls, causes)):
        return NAME_HINT
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return TRUST_HINT
    return NETWORK_HINT


def explain(error: BaseException, server: str, seconds: float) -> tuple[str, Fate]:
    """What `error` (of requests or urllib3) means, as half a sentence, and the fate of the request.

    `server` is the host that was called, `seconds` the limit that the attempt had.
    """
    causes = tuple(_causes(error))
    if _is_socks(error):
        return "the proxy is a SOCKS proxy, for which this Python has no support", Fate.FINAL
    if isinstance(error, InvalidProxyURL):
        return "the proxy's address is none", Fate.FINAL
    if any(isinstance(cause, urllib3_errors.ProxyError) for cause in causes):
        return _at_proxy(causes, server)
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
    if not_connected:
        return f"no connection to {server} came about", Fate.NOT_CONNECTED
    if any(map(_is_garbled, causes)):
        return f"what {server} answered cannot be read as HTTP", Fate.UNCLEAR
    if any(isinstance(cause, (OSError, HTTPException, urllib3_errors.ProtocolError)) for cause in causes):
        return f"{server} broke the connection off before its answer was complete", Fate.UNCLEAR
    return f"the call to {server} could not be made ({type(error).__name__})", Fate.FINAL


def _is_socks(error: BaseException) -> bool:
    return isinstance(error, InvalidSchema) and "SOCKS" in str(error)


def _at_proxy(causes: tuple[BaseException, ...], server: str) -> tuple[str, Fate]:
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the TLS certificate of the proxy is not trusted: {cause.verify_message}", Fate.FINAL
        if _speaks_no_tls(cause):
            return "the proxy does not speak TLS, for which its address asks (https://)", Fate.FINAL
        if isinstance(cause, (socket.gaierror, ConnectionRefusedError, TimeoutError)):
            return f"the proxy on the way to {server} cannot be reached", Fate.NOT_CONNECTED
        if "failed: 407" in str(cause):
            return "the proxy asks for a user name and password (407)", Fate.FINAL
    return f"the proxy did not let the connection to {server} through", Fate.NOT_CONNECTED


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
    if _speaks_no_tls(cause):
        return f"{server} does not speak TLS", Fate.FINAL
    if isinstance(cause, ssl.SSLError):
        return f"the TLS connection to {server} failed: {cause.reason or 'closed early'}", Fate.UNCLEAR
    return None


def _speaks_no_tls(cause: BaseException) -> bool:
    return isinstance(cause, ssl.SSLError) and cause.reason in _NO_TLS


def _is_garbled(cause: BaseException) -> bool:
    """Whether an answer came, and not one of HTTP; a connection that ends without a word is no such answer."""
    too_many_headers = type(cause) is HTTPException
    return too_many_headers or (isinstance(cause, _GARBLED) and not isinstance(cause, RemoteDisconnected))


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
