"""A client of a V1 account that knows nothing but the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.waiting import until

if TYPE_CHECKING:
    from faasctl.emulator.endpoint import Endpoint
    from tests.emulator.conftest import Answer, ContractClient, OpenClient

CUSTOM_INTEGRATION = "bot_connectors_custom_integration"
ECHO = """function lambda(input, callback) {
  console.info("heard", input.payload);
  if (input.payload && input.payload.boom) return callback(new Error("boom"));
  callback(null, { payload: input.payload, greeting: process.env.GREETING });
}
"""


class LambdaClient:
    """What an official client does: every management call carries `userId` and `v=1`."""

    def __init__(self, client: ContractClient) -> None:
        self.client = client
        self.account = client.account
        self._runtime: Any = None

    def call(self, method: str, path: str, body: Any = None, query: str = "", **more: Any) -> Answer:
        return self.client.call(method, f"{path}?userId=1&v=1{query}", body, **more)

    def runtime(self) -> Any:
        if self._runtime is None:
            self._runtime = self.call("GET", "/runtimes").json[0]
        return self._runtime

    def whole(self, name: str, code: str, event: str | None, **more: Any) -> dict[str, Any]:
        """A new lambda in the form that official clients send."""
        implementation = {"code": code, "dependencies": [], "environmentVariables": more.pop("environment", [])}
        body = {
            "timestamp": 0,
            "uuid": "",
            "version": -1,
            "state": "Draft",
            "name": name,
            "description": "a function",
            "runtime": self.runtime(),
            "implementation": implementation,
            **more,
        }
        return body if event is None else {**body, "eventId": event}

    def create(
        self, name: str = "Echo", code: str = ECHO, event: str | None = CUSTOM_INTEGRATION, **more: Any
    ) -> Answer:
        return self.call("POST", "/lambdas", self.whole(name, code, event, **more))

    def read(self, uuid: str) -> Any:
        found = self.call("GET", f"/lambdas/{uuid}").json
        assert isinstance(found, list)
        return found[0]

    def change(self, target: str, /, *, code: str | None = None, **more: Any) -> Answer:
        """Reads the lambda with the uuid `target` and sends it back whole, changed."""
        found = self.read(target)
        state = "Draft" if found["state"] == "Draft" else "Modified"
        body = {**found, "timestamp": 0, "state": state, **more}
        if code is not None:
            body["implementation"] = {**body["implementation"], "code": code}
        return self.call("PUT", f"/lambdas/{target}", body)

    def deploy(self, uuid: str) -> None:
        answer = self.call("POST", f"/deployments/{uuid}")
        assert (answer.status, answer.json) == (202, {"message": "started deployment process"})

    def wait_for_state(self, uuid: str, state: str) -> Any:
        """The lambda, once it has that state."""

        def there() -> Any:
            found = self.read(uuid)
            return found if found["state"] == state else None

        return until(there, f"the lambda being {state}")

    def wait_for_deployment(self, uuid: str) -> Any:
        """The last deployment, once it has ended."""

        def ended() -> Any:
            last = self.read(uuid)["lastDeployment"]
            return last if last["deploymentState"] in ("successful", "failed") else None

        return until(ended, "an end of the deployment")

    def deployed(self, name: str = "Echo", code: str = ECHO, event: str | None = CUSTOM_INTEGRATION) -> str:
        """The uuid of a lambda that serves `code`."""
        uuid = str(self.create(name, code, event).json["uuid"])
        self.deploy(uuid)
        self.wait_for_state(uuid, "Productive")
        return uuid

    def test_call(self, uuid: str, payload: Any = None) -> Answer:
        return self.call("POST", f"/lambdas/{uuid}/invoke", {"timestamp": 0, "headers": [], "payload": payload})

    def invoke(self, path: str, payload: Any = None) -> Answer:
        """An external invocation, with an app token."""
        body = {"timestamp": 0, "headers": [], "payload": payload}
        token = self.client.app_token()
        return self.client.call("POST", f"{path}?v=1&externalSystem=tests&skillId=", body, bearer=token)


@pytest.fixture
def lambdas(endpoint: Endpoint, open_client: OpenClient) -> LambdaClient:
    return LambdaClient(open_client(endpoint, platform="v1"))
