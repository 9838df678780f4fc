"""An account of the emulator whose functions run in processes of the caller's own. Ours: the platform has no such thing.

The calls go over a plain connection of their own, as many small ones follow one another.
"""

from __future__ import annotations

import contextlib
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from faasctl.deadline import Deadline
from faasctl.facts.isolation import HEADER, PATH
from faasctl.liveperson.exchange import Answer, Request
from faasctl.liveperson.retry import Repeat
from faasctl.liveperson.transport import USER_AGENT, Transport, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from faasctl.liveperson.network import Network
    from faasctl.liveperson.platform import Platform
    from faasctl.liveperson.signed_in import SignedInAccount

_END_SECONDS = 10.0


@contextlib.contextmanager
def isolated(account: SignedInAccount, name: str) -> Iterator[Platform]:
    """The same account; whatever it invokes runs in the isolation `name`, which ends with the block.

    `account` must be on an emulator, and signed in as its operator. Errors are those of Platform.
    """
    transport = IsolatedTransport(account.network, name)
    try:
        platform = account.through(transport)
        try:
            yield platform  # type: ignore[misc]  # the two generations are Platforms
        finally:
            _end(transport, name, account.session.bearer)
    finally:
        transport.close()


def _end(transport: IsolatedTransport, name: str, bearer: str) -> None:
    request = Request(
        method="DELETE",
        host=None,
        path=PATH.format(isolation=quote(name, safe="")),
        purpose="ending an isolation",
        headers={"Authorization": f"Bearer {bearer}"},
        repeat=Repeat.ALWAYS,
    )
    with contextlib.suppress(Exception):  # what is left of it ends with the emulator, or when it was idle for long
        transport.send(request, Deadline(_END_SECONDS))


class IsolatedTransport(Transport):
    """A Transport with one connection to the emulator, which names the isolation in every request."""

    def __init__(self, network: Network, isolation: str) -> None:
        super().__init__(network)
        self._isolation = isolation
        self._connection = HTTPConnection(urlsplit(network.base_url(None)).netloc)

    def close(self) -> None:
        self._connection.close()
        super().close()

    def _exchange(self, request: Request, request_id: str, seconds: float) -> Answer:
        body = None if request.json is None else encode(request)
        headers = {
            "User-Agent": USER_AGENT,
            "Accept": "application/json",
            "X-Request-ID": request_id,
            HEADER: self._isolation,
            **({} if body is None else {"Content-Type": "application/json"}),
            **request.headers,
        }
        host = self.network.host_header(request.host)
        if host:
            headers["Host"] = host
        query = f"?{urlencode(list(request.query))}" if request.query else ""
        response, content = self._answered(request.method, request.path + query, body, headers, seconds)
        return Answer(
            status=response.status,
            server=self._server(request),
            request_id=request_id,
            headers={name.lower(): value for name, value in response.getheaders()},
            body=content,
        )

    def _answered(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str], seconds: float
    ) -> tuple[HTTPResponse, bytes]:
        connection = self._connection
        connection.timeout = seconds
        if connection.sock is not None:
            connection.sock.settimeout(seconds)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response, response.read()
        except HTTPException as error:
            connection.close()
            raise ConnectionResetError(f"{type(error).__name__}: {error}") from error
        except OSError:
            connection.close()
            raise
