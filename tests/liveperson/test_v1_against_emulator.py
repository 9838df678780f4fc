"""The client and a V1 account of the emulator, which know nothing of each other."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from faasctl.deadline import Deadline
from faasctl.emulator.server import Emulator
from faasctl.errors import FunctionFailed, NotFound, PlatformError
from faasctl.facts.events import CUSTOM_INTEGRATION
from faasctl.facts.states import DEPLOYMENTS_UNDER_WAY, DRAFT, FAILED, MODIFIED, PRODUCTIVE
from faasctl.liveperson.connect import connect
from faasctl.liveperson.credentials import ClientCredentials, UserPassword
from faasctl.liveperson.emulated import EmulatedAccounts
from faasctl.liveperson.model import AccountSettings
from faasctl.liveperson.network import Network
from faasctl.liveperson.permission_probe import probe_permissions
from faasctl.liveperson.v1 import PlatformV1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from faasctl.emulator.endpoint import Endpoint

ACCOUNT = "old"
CODE = """\
function lambda(input, callback) {
  console.info("heard", input.payload.message);
  if (input.payload.message === "fail") return callback(new Error("told to fail"));
  callback(null, { messages: [`${process.env.GREETING} ${input.payload.message}`] });
}
"""


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with Emulator(tmp_path_factory.mktemp("emulator")) as emulator:
        yield emulator.endpoint


@pytest.fixture(scope="module")
def accounts(endpoint: Endpoint) -> Iterator[EmulatedAccounts]:
    made = EmulatedAccounts(endpoint.url, endpoint.operator_token, deadline=Deadline(600))
    made.provision(ACCOUNT, AccountSettings(platform="v1"))
    yield made
    made.close()


@pytest.fixture(params=["client", "user"])
def platform(
    request: pytest.FixtureRequest, endpoint: Endpoint, accounts: EmulatedAccounts
) -> Iterator[PlatformV1]:
    """The account, found out to be V1; invoked with an OAuth client's token or with the user's session."""
    known = accounts.credentials(ACCOUNT)
    client = ClientCredentials(client_id=known.client_id, client_secret=known.client_secret)
    made = connect(
        ACCOUNT,
        UserPassword(username=known.username, password=known.password),
        network=Network(reach_at=endpoint.url),
        client_credentials=client if request.param == "client" else None,
        deadline=Deadline(120),
    )
    with contextlib.closing(made):
        assert isinstance(made, PlatformV1)
        yield made
        for function in made.functions():
            if function.state != DRAFT:
                made.undeploy(function.uuid)
                _wait_for(made, function.uuid, DRAFT)
            made.delete_function(function.uuid)


def _wait_for(platform: PlatformV1, uuid: str, state: str) -> None:
    deadline = Deadline(60)
    while platform.function(uuid).state != state:
        assert not deadline.passed, platform.deployments(uuid)
        deadline.sleep(0.02)


def test_a_lambda_s_life(platform: PlatformV1) -> None:
    created = platform.create_function(
        "OrderBot",
        description="Answers",
        event_id=CUSTOM_INTEGRATION,
        code=CODE,
        environment={"GREETING": "Hello"},
    )
    uuid = created.uuid
    assert created.state == DRAFT
    assert created.manifest is not None
    assert created.manifest.holds(CODE, {"GREETING": "Hello"})
    assert platform.deployments(uuid) == ()
    assert not platform.is_implemented(CUSTOM_INTEGRATION)
    with pytest.raises(NotFound):
        platform.invoke(uuid, {})
    platform.deploy(uuid)
    _wait_for(platform, uuid, PRODUCTIVE)
    assert platform.is_implemented(CUSTOM_INTEGRATION)
    assert platform.invoke(uuid, {"message": "x"}).result == {"messages": ["Hello x"]}
    tested = platform.test_invocation(uuid, {"message": "x"})
    assert [entry.message for entry in tested.logs] == ["heard"]
    assert [
        result.function_uuid for result in platform.invoke_event(CUSTOM_INTEGRATION, {"message": "x"}).results
    ] == [uuid]
    platform.update_manifest(uuid, created.manifest, environment={"GREETING": "Hi"})
    assert platform.function(uuid).state == MODIFIED
    platform.redeploy(uuid)
    _wait_for(platform, uuid, PRODUCTIVE)
    assert platform.invoke(uuid, {"message": "x"}).result == {"messages": ["Hi x"]}
    now = platform.function(uuid).manifest
    assert now is not None
    platform.update_manifest(uuid, now, code=CODE, environment={"GREETING": "Hi"})  # 304
    assert platform.update_function(uuid, description="Other", skills=()).description == "Other"
    counts = platform.counts()
    assert (counts.functions, counts.deployments) == (1, 1)


def test_a_failing_lambda_tells_its_log(platform: PlatformV1) -> None:
    created = platform.create_function(
        "OrderBot",
        description="Answers",
        event_id=CUSTOM_INTEGRATION,
        code=CODE,
        environment={"GREETING": "Hello"},
    )
    platform.deploy(created.uuid)
    _wait_for(platform, created.uuid, PRODUCTIVE)
    with pytest.raises(FunctionFailed) as caught:
        platform.test_invocation(created.uuid, {"message": "fail"})
    assert caught.value.code == "com.liveperson.faas.handler.custom-failure"
    assert "told to fail" in (caught.value.reason or "")
    with pytest.raises(FunctionFailed):
        platform.invoke(created.uuid, {"message": "fail"})


def test_a_deployment_that_fails_is_in_the_records(platform: PlatformV1) -> None:
    created = platform.create_function(
        "Broken", description="d", event_id=CUSTOM_INTEGRATION, code=f"throw new Error('at once');\n{CODE}"
    )
    platform.deploy(created.uuid)
    deadline = Deadline(60)
    while (newest := platform.deployments(created.uuid)[0]).state in DEPLOYMENTS_UNDER_WAY:
        assert not deadline.passed
        deadline.sleep(0.02)
    assert newest.state == FAILED
    assert "at once" in (newest.error or "")


def test_code_of_v2_is_refused_with_what_to_do(platform: PlatformV1) -> None:
    with pytest.raises(PlatformError) as caught:
        platform.create_function(
            "OrderBot",
            description="d",
            event_id=CUSTOM_INTEGRATION,
            code="async function lambda(input) { return 1; }",
        )
    assert "callback" in caught.value.message
    assert "faasctl validate" in (caught.value.hint or "")


def test_events_and_permissions(platform: PlatformV1) -> None:
    assert CUSTOM_INTEGRATION in {event.event_id for event in platform.events()}
    assert all(permission.held for permission in probe_permissions(platform))


def test_a_user_without_the_role_is_found_out(endpoint: Endpoint, accounts: EmulatedAccounts) -> None:
    path = f"/emulator/accounts/{ACCOUNT}/users/reader@example.com"
    body = {"roles": ["FaaS-Invocation"], "password": "of the reader"}
    accounts._send("PUT", path, "making a user", None, body)
    made = connect(
        ACCOUNT,
        UserPassword(username="reader@example.com", password="of the reader"),
        network=Network(reach_at=endpoint.url),
        deadline=Deadline(60),
    )
    with contextlib.closing(made):
        held = {permission.name: permission.held for permission in probe_permissions(made)}
    assert held == {
        "read functions": True,
        "create, change and delete functions": False,
        "deploy and undeploy functions": False,
        "invoke functions": True,
    }


def test_the_allow_list(platform: PlatformV1) -> None:
    added = platform.allow_domain("*.example.com")
    assert platform.allow_domain("*.example.com") == added
    assert added in platform.allowed_domains()
    assert len(platform.allowed_domains(with_default=True)) > len(platform.allowed_domains())
