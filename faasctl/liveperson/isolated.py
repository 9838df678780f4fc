"""An account of the emulator whose functions run in processes of the caller's own. Ours: the platform has none.

The calls go over a plain connection of their own, as many small ones follow one another.
"""

from __future__ import annotations

import contextlib
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from faasctl.deadline import Deadline
from faasctl.errors import FaasctlError
from faasctl.facts.isolation import COVERAGE_PATH, HEADER, PATH
from faasctl.liveperson.exchange import Answer, Request
from faasctl.liveperson.retry import Repeat
from faasctl.liveperson.transport import USER_AGENT, Transport, encode

if TYPE_CHECKING:
    from faasctl.liveperson.network import Network
    from faasctl.liveperson.signed_in import SignedInAccount

_SECONDS = 20.0


class Isolation:
    """Within the block, `platform` is the account with functions of its own; errors are those of Platform.

    `account` must be on an emulator, and signed in as its operator. With `covered`, V8 counts what runs.
    """

    def __init__(self, account: SignedInAccount, name: str, *, covered: bool = False) -> None:
        self._name = name
        self._covered = covered
        self._bearer = account.session.bearer
        self._transport = IsolatedTransport(account.network, name)
        self.platform = account.through(self._transport)

    def __enter__(self) -> Isolation:
        if self._covered:
            self._ask("PUT", PATH, "asking for coverage", {"coverage": True})
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(FaasctlError):  # it ends with the emulator, or when it was idle for long
            self._ask("DELETE", PATH, "ending an isolation")
        self._transport.close()

    def coverage(self) -> dict[str, Any]:
        """What V8 counted since the last time, by the function's UUID: its list of functions with ranges."""
        purpose = "reading coverage"
        counted = self._ask("GET", COVERAGE_PATH, purpose).json(purpose)
        return {item["uuid"]: item["functions"] for item in counted}

    def _ask(self, method: str, path: str, purpose: str, body: Any = None) -> Answer:
        request = Request(
            method=method,
            host=None,
            path=path.format(isolation=quote(self._name, safe="")),
            purpose=purpose,
            headers={"Authorization": f"Bearer {self._bearer}"},
            json=body,
            repeat=Repeat.ALWAYS,
        )
        return self._transport.send(request, Deadline(_SECONDS))


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
