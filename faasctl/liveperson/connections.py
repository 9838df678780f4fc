"""The HTTP session: connections on which a whole answer must have come by the request's time limit.

The time-outs of requests count anew with every byte that arrives, so that a server that drips one byte a second
is waited for without end. Here the time limit holds for the answer as a whole, header and body.
"""

from __future__ import annotations

import io
import time
from http.client import HTTPResponse
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from faasctl.redaction import redactor

if TYPE_CHECKING:
    import socket

    from _typeshed import WriteableBuffer


class _TimedStream(io.RawIOBase):
    """Reads a socket; every read gets what is left of the time, not all of it again."""

    def __init__(self, stream: io.RawIOBase, connection: socket.socket, seconds: float) -> None:
        self._stream = stream
        self._connection = connection
        self._end = time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self._connection.settimeout(left)
        return self._stream.readinto(buffer)

    def close(self) -> None:
        self._stream.close()
        super().close()


class _TimedResponse(HTTPResponse):
    """Takes the socket's time-out at the moment when the answer is awaited as the limit for all of it."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        seconds = sock.gettimeout()
        if seconds is not None:
            stream = self.fp.detach()
            self.fp = io.BufferedReader(_TimedStream(stream, sock, seconds))


class _Connection(HTTPConnection):
    response_class = _TimedResponse


class _TlsConnection(HTTPSConnection):
    response_class = _TimedResponse


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
        return manager


def no_other_authorization(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Passed as `auth` with every call: without one, requests would send what .netrc says of the host."""
    return request


def _hide_proxy_passwords() -> None:
    for proxy in getproxies().values():
        try:
            password = urlsplit(proxy).password
        except ValueError:
            continue
        if password:
            redactor.register(password)
            redactor.register(unquote(password))


def open_session(*, environment: bool) -> requests.Session:
    """A session that keeps connections, stores no cookies and never repeats by itself.

    `environment` lets HTTPS_PROXY, NO_PROXY and REQUESTS_CA_BUNDLE count.
    """
    session = requests.Session()
    session.trust_env = environment
    if environment:
        _hide_proxy_passwords()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(max_retries=0))
    return session
