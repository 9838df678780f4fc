"""Real emulators, and a client that knows nothing but the contract."""

from __future__ import annotations

import http.client
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from faasctl.emulator.server import Emulator
from tests.waiting import SECONDS, until

if TYPE_CHECKING:
    from faasctl.emulator.endpoint import Endpoint

CUSTOM_INTEGRATION = "bot_connectors_custom_integration"
ECHO = """async function lambda(input) {
  console.info("heard", input.payload);
  if (input.payload && input.payload.boom) throw new Error("boom");
  return { payload: input.payload, greeting: process.env.GREETING };
}
"""
_names = itertools.count()
OpenClient = Callable[..., "ContractClient"]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`text` is the body as it came; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        return str(self.json["code"])


class ContractClient:
    """Speaks to one account over one connection. Calls are signed in as its developer unless told otherwise."""

    def __init__(self, endpoint: Endpoint, account: str) -> None:
        self.endpoint = endpoint
        self.account = account
        self.base = f"/api/account/{account}"
        self.bearer: str | None = None
        self._connection = http.client.HTTPConnection(endpoint.url.removeprefix("http://"), timeout=60)

    def close(self) -> None:
        self._connection.close()

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        bearer: str | None = None,
        headers: Mapping[str, str] | None = None,
        raw: bytes | None = None,
    ) -> Answer:
        """One request to any path. Without `bearer` it carries no Authorization header."""
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        given = {"Content-Type": "application/json", **(headers or {})}
        if bearer is not None:
            given["Authorization"] = f"Bearer {bearer}"
        self._connection.request(method, path, data, given)
        response = self._connection.getresponse()
        return Answer(
            status=response.status,
            headers={name.lower(): value for name, value in response.getheaders()},
            text=response.read().decode(),
        )

    def operator(self, method: str, path: str, body: Any = None) -> Answer:
        return self.send(method, f"/emulator{path}", body, bearer=self.endpoint.operator_token)

    def of_account(self, method: str, path: str, body: Any = None) -> Answer:
        """A call of the operator below the account."""
        return self.operator(method, f"/accounts/{self.account}{path}", body)

    def credentials(self) -> Any:
        return self.of_account("GET", "/credentials").json

    def login(self, user: Mapping[str, Any] | None = None) -> Answer:
        user = user or self.credentials()["user"]
        body = {"username": user["username"], "password": user["password"]}
        return self.send("POST", f"{self.base}/login?v=1.3", body)

    def sign_in(self) -> None:
        self.bearer = self.login().json["bearer"]

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        """A call of the management API or the gateway, below the account."""
        if self.bearer is None:
            self.sign_in()
        return self.send(method, self.base + path, body, **{"bearer": self.bearer, **more})

    def app_token(self) -> str:
        client = self.credentials()["client"]
        form = {
            "grant_type": "client_credentials",
            "client_id": client["clientId"],
            "client_secret": client["clientSecret"],
        }
        answer = self.send(
            "POST",
            f"/sentinel/api/account/{self.account}/app/token?v=2.0",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            raw=urlencode(form).encode(),
        )
        return str(answer.json["access_token"])

    def create(self, name: str = "Echo", event: str | None = CUSTOM_INTEGRATION, **more: Any) -> Answer:
        body = {"timestamp": 0, "name": name, "description": "a function", **more}
        if event is not None:
            body["eventId"] = event
        return self.call("POST", "/functions?userId=1", body)

    def push(self, uuid: str, code: str = ECHO, **more: Any) -> Answer:
        body = {"timestamp": 0, "version": -1, "code": code, **more}
        return self.call("PUT", f"/functions/{uuid}/manifest?userId=1", body)

    def pushed(self, name: str = "Echo", code: str = ECHO, event: str | None = CUSTOM_INTEGRATION) -> str:
        """The uuid of a Draft that holds `code`."""
        uuid = str(self.create(name, event).json["uuid"])
        assert self.push(uuid, code).status == 202
        return uuid

    def deployed(self, name: str = "Echo", code: str = ECHO, event: str | None = CUSTOM_INTEGRATION) -> str:
        """The uuid of a function that serves `code`."""
        uuid = self.pushed(name, code, event)
        assert self.call("POST", f"/deployments/{uuid}").status == 202
        self.wait_for_state(uuid, "Productive")
        return uuid

    def state(self, uuid: str) -> str:
        return str(self.call("GET", f"/functions/{uuid}").json["state"])

    def wait_for_state(self, uuid: str, state: str, seconds: float = SECONDS) -> None:
        until(lambda: self.state(uuid) == state, f"the function being {state}", seconds=seconds)

    def wait_for_deployment(self) -> Any:
        """The newest deployment, once it has ended."""

        def ended() -> Any:
            newest = self.call("GET", "/deployments").json[0]
            return newest if newest["deploymentState"] in ("successful", "failed") else None

        return until(ended, "an end of the deployment")

    def invoke(self, uuid: str, payload: Any = None, **more: Any) -> Answer:
        body = {"timestamp": 0, "headers": [], "payload": payload}
        return self.call("POST", f"/lambdas/{uuid}/invoke", body, **more)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """An emulator that all tests of a file share; each test has an account of its own on it."""
    with Emulator(tmp_path_factory.mktemp("emulator") / "state", execution_seconds=2) as emulator:
        yield emulator.endpoint


@pytest.fixture
def open_client() -> Iterator[OpenClient]:
    """Opens clients, and closes them at the end: `open_client(endpoint)` of an account that was not there before,
    `open_client(endpoint, account)` of one that is, as the operator, so that nobody's session ends.
    """
    clients: list[ContractClient] = []

    def open_one(endpoint: Endpoint, account: str | None = None, **settings: Any) -> ContractClient:
        made = ContractClient(endpoint, account or f"account-{next(_names)}")
        clients.append(made)
        if account is None:
            assert made.of_account("PUT", "", settings).status == 201
        else:
            made.bearer = endpoint.operator_token
        return made

    yield open_one
    for made in clients:
        made.close()


@pytest.fixture
def client(endpoint: Endpoint, open_client: OpenClient) -> ContractClient:
    return open_client(endpoint, skills=["Human Agents"], agents=["bot@example.com", "other@example.com"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state"
