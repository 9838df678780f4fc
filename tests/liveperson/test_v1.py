"""What the client sends to a V1 account and makes of its answers (functions-api, columns V1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from faasctl.errors import AnsweredError, FunctionFailed, NotFound, PlatformError, UnreadableAnswer
from faasctl.facts.states import DEPLOYING, FAILED, REDEPLOYING, SUCCESSFUL
from faasctl.liveperson.connect import connect
from faasctl.liveperson.model import AllowedDomain
from faasctl.liveperson.network import Network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from faasctl.deadline import Deadline
    from faasctl.liveperson.credentials import SessionToken
    from faasctl.liveperson.v1 import PlatformV1
    from tests.liveperson.conftest import Received, Server

ACCOUNT = "12345678"
BASE = f"/api/account/{ACCOUNT}"
EVENT = "bot_connectors_custom_integration"
RUNTIME = {"uuid": "r1", "name": "Node.js 10", "baseImageName": "image"}
CODE = "function lambda(input, callback) { callback(null, 'hi'); }"
LAMBDA: dict[str, Any] = {
    "uuid": "u1",
    "version": 4,
    "name": "OrderBot",
    "description": "Answers",
    "eventId": EVENT,
    "samplePayload": {"headers": [], "payload": {"kept": True}},
    "state": "Productive",
    "runtime": RUNTIME,
    "minInstances": 2,
    "size": "S",
    "skills": [],
    "lastDeployment": {
        "uuid": "d1",
        "lambdaUUID": "u1",
        "lambdaVersion": 4,
        "deploymentState": "successful",
        "createdAt": "2025-11-20T09:00:00.000Z",
        "deployedAt": "2025-11-20T09:00:02.000Z",
    },
    "implementation": {
        "code": CODE,
        "dependencies": [],
        "environmentVariables": [{"key": "GREETING", "value": "Hello"}, {"key": "", "value": ""}],
    },
}


@pytest.fixture
def platform(server: Server, session: SessionToken, deadline: Deadline) -> Iterator[PlatformV1]:
    made = connect(ACCOUNT, session, network=Network(reach_at=server.url), dialect="v1", deadline=deadline)
    server.received.clear()
    server.on("GET", f"{BASE}/runtimes").answers(200, [RUNTIME, {"uuid": "r2", "name": "Node.js 8"}])
    yield cast("PlatformV1", made)
    made.close()


def _only(server: Server, method: str, path: str) -> Received:
    (found,) = server.asked(method, path)
    return found


def _last_deployment(**changes: Any) -> dict[str, Any]:
    return {**LAMBDA, "lastDeployment": {**LAMBDA["lastDeployment"], **changes}}


def test_lambdas_are_listed_with_user_and_version(server: Server, platform: PlatformV1) -> None:
    server.on("GET", f"{BASE}/lambdas").answers(200, [LAMBDA])
    (function,) = platform.functions()
    request = _only(server, "GET", "/lambdas")
    assert request.query == {"userId": "77", "v": "1"}
    assert request.headers["host"] == "functions.example.net"
    assert (function.name, function.state, function.event_id) == ("OrderBot", "Productive", EVENT)
    assert function.manifest is not None
    assert dict(function.manifest.environment) == {"GREETING": "Hello"}
    assert (function.manifest.version, function.manifest.code) == (4, CODE)
    assert function.manifest.runtime == "Node.js 10"


@pytest.mark.parametrize("form", ["list", "object"])
def test_one_lambda_comes_as_a_list_of_one(server: Server, platform: PlatformV1, form: str) -> None:
    server.on("GET", f"{BASE}/lambdas/u1").answers(200, [LAMBDA] if form == "list" else LAMBDA)
    assert platform.function("u1").name == "OrderBot"


@pytest.mark.parametrize("body", [[], [LAMBDA, LAMBDA], "text", [None], [{**LAMBDA, "uuid": ""}]])
def test_an_answer_that_is_no_lambda_is_unreadable(server: Server, platform: PlatformV1, body: Any) -> None:
    server.on("GET", f"{BASE}/lambdas/u1").answers(200, body)
    with pytest.raises(UnreadableAnswer):
        platform.function("u1")


def test_a_lambda_is_created_whole_with_the_first_runtime(server: Server, platform: PlatformV1) -> None:
    server.on("POST", f"{BASE}/lambdas").answers(201, LAMBDA)
    created = platform.create_function(
        "OrderBot", description="Answers", event_id=EVENT, code=CODE, environment={"GREETING": "Hello"}
    )
    assert created.manifest is not None
    assert created.manifest.holds(CODE, {"GREETING": "Hello"})
    assert _only(server, "POST", "/lambdas").json == {
        "timestamp": 0,
        "uuid": "",
        "version": -1,
        "state": "Draft",
        "name": "OrderBot",
        "description": "Answers",
        "eventId": EVENT,
        "runtime": RUNTIME,
        "implementation": {
            "code": CODE,
            "dependencies": [],
            "environmentVariables": [{"key": "GREETING", "value": "Hello"}],
        },
    }


def test_a_creation_whose_answer_is_lost_or_empty_is_found_in_the_account(
    server: Server, platform: PlatformV1
) -> None:
    server.on("POST", f"{BASE}/lambdas").resets().answers(201)
    server.on("GET", f"{BASE}/lambdas").answers(200, [LAMBDA])
    server.on("GET", f"{BASE}/lambdas/u1").answers(200, [LAMBDA])
    for _ in ("lost", "empty"):
        assert platform.create_function("OrderBot", description="Answers", event_id=EVENT).uuid == "u1"
    assert server.count("POST", "/lambdas") == 2


def test_an_account_without_a_runtime_is_told(server: Server, session: SessionToken, deadline: Deadline) -> None:
    server.on("GET", f"{BASE}/runtimes").answers(200, [])
    platform = connect(ACCOUNT, session, network=Network(reach_at=server.url), dialect="v1", deadline=deadline)
    with pytest.raises(PlatformError, match="has no runtime"):
        platform.create_function("OrderBot", description="Answers")
    assert server.count("POST") == 0
    platform.close()


@pytest.mark.parametrize(
    ("state", "sent"), [("Draft", "Draft"), ("Productive", "Modified"), ("Modified", "Modified")]
)
def test_an_update_sends_the_whole_lambda_with_the_change(
    server: Server, platform: PlatformV1, state: str, sent: str
) -> None:
    server.on("GET", f"{BASE}/lambdas/u1").answers(200, [{**LAMBDA, "state": state}])
    server.on("PUT", f"{BASE}/lambdas/u1").answers(202, LAMBDA)
    manifest = platform.function("u1").manifest
    assert manifest is not None
    platform.update_manifest("u1", manifest, code="new", environment={"A": "1"})
    body = _only(server, "PUT", "/lambdas/u1").json
    assert body == {
        **LAMBDA,
        "timestamp": 0,
        "state": sent,
        "implementation": {
            "code": "new",
            "dependencies": [],
            "environmentVariables": [{"key": "A", "value": "1"}],
        },
    }


def test_an_update_that_changes_nothing_is_no_error(server: Server, platform: PlatformV1) -> None:
    server.on("GET", f"{BASE}/lambdas/u1").answers(200, [LAMBDA])
    server.on("PUT", f"{BASE}/lambdas/u1").answers(304)
    manifest = platform.function("u1").manifest
    assert manifest is not None
    platform.update_manifest("u1", manifest, code=CODE)
    assert platform.update_function("u1", description="Answers", skills=()).uuid == "u1"
    assert server.count("PUT") == 2


def test_an_update_whose_answer_is_lost_is_sent_once_where_it_was_carried_out(
    server: Server, platform: PlatformV1
) -> None:
    changed = {**LAMBDA, "description": "Other"}
    server.on("GET", f"{BASE}/lambdas/u1").answers(200, [LAMBDA]).answers(200, [changed])
    server.on("PUT", f"{BASE}/lambdas/u1").resets()
    assert platform.update_function("u1", description="Other", skills=()).description == "Other"
    assert server.count("PUT") == 1


def test_a_deployment_and_the_next_one_are_posts(server: Server, platform: PlatformV1) -> None:
    server.on("POST", f"{BASE}/deployments/u1").answers(202, {"message": "started deployment process"})
    server.on("DELETE", f"{BASE}/deployments/u1").answers(202, {"message": "started undeployment process"})
    platform.deploy("u1")
    platform.redeploy("u1")
    platform.undeploy("u1")
    assert [entry.method for entry in server.received] == ["POST", "POST", "DELETE"]
    assert all(entry.query == {"userId": "77", "v": "1"} for entry in server.received)


def test_an_undeployment_whose_answer_is_lost_is_seen_in_the_state(server: Server, platform: PlatformV1) -> None:
    server.on("DELETE", f"{BASE}/deployments/u1").resets()
    server.on("GET", f"{BASE}/lambdas/u1").answers(200, [{**LAMBDA, "state": "Marked Undeployed"}])
    platform.undeploy("u1")
    assert server.count("DELETE") == 1


def test_deployments_come_from_the_lambdas(server: Server, platform: PlatformV1) -> None:
    never = {**LAMBDA, "uuid": "u2", "lastDeployment": {}}
    none = {key: value for key, value in LAMBDA.items() if key != "lastDeployment"} | {"uuid": "u3"}
    server.on("GET", f"{BASE}/lambdas").answers(200, [LAMBDA, never, none])
    (deployment,) = platform.deployments()
    assert (deployment.function_uuid, deployment.state, deployment.manifest_version) == ("u1", SUCCESSFUL, 4)
    assert deployment.deployed_at == "2025-11-20T09:00:02.000Z"


@pytest.mark.parametrize(
    ("last", "state"),
    [
        ({"deploymentState": "Successful"}, SUCCESSFUL),
        ({"deploymentState": "REDEPLOYING"}, REDEPLOYING),
        ({"deploymentState": "Failed"}, FAILED),
        ({"deploymentState": "something new"}, SUCCESSFUL),
        ({"deploymentState": "something new", "deployedAt": None}, DEPLOYING),
        ({"deploymentState": "Build Error", "deploymentError": {"errorCode": "build", "errorMsg": "no"}}, FAILED),
    ],
)
def test_a_state_of_a_deployment_that_is_not_known_is_told_by_what_stands_beside_it(
    server: Server, platform: PlatformV1, last: dict[str, Any], state: str
) -> None:
    server.on("GET", f"{BASE}/lambdas/u1").answers(200, [_last_deployment(**last)])
    assert platform.deployments("u1")[0].state == state


def test_a_failed_deployment_carries_its_reason_and_log(server: Server, platform: PlatformV1) -> None:
    error = {
        "errorCode": "com.liveperson.faas.fm.general",
        "errorMsg": "the build failed",
        "errorLogs": [{"level": "Error", "message": "line 3", "timestamp": 1, "extras": []}],
    }
    server.on("GET", f"{BASE}/lambdas/u1").answers(
        200, [_last_deployment(deploymentState="failed", deploymentError=error)]
    )
    (deployment,) = platform.deployments("u1")
    assert (deployment.state, deployment.error) == (FAILED, "the build failed")
    assert [entry.message for entry in deployment.logs] == ["line 3"]


def test_a_test_call_goes_to_the_gateway_as_the_user(server: Server, platform: PlatformV1) -> None:
    server.on("POST", f"{BASE}/lambdas/u1/invoke").answers(
        200, {"result": "hi", "logs": [{"level": "Debug", "message": "m", "extras": [], "timestamp": 5}]}
    )
    tested = platform.test_invocation("u1", {"message": "hi"})
    request = _only(server, "POST", "/invoke")
    assert request.query == {"userId": "77", "v": "1"}
    assert request.headers["host"] == "fninvocations.example.net"
    assert (tested.result, tested.logs[0].level) == ("hi", "Debug")


def test_the_gateway_is_told_the_version_and_who_calls(server: Server, platform: PlatformV1) -> None:
    server.on("POST", f"{BASE}/lambdas/u1/invoke").answers(200, "raw")
    server.on("POST", f"{BASE}/events/{EVENT}/invoke").answers(
        202, [{"uuid": "u1", "timestamp": "2025-11-20T09:00:00.000Z", "result": 7}]
    )
    server.on("GET", f"{BASE}/events/{EVENT}/isImplemented").answers(200, {"implemented": True})
    assert platform.invoke("u1", {}).result == "raw"
    assert platform.invoke_event(EVENT, {}, skill_id="9").results[0].result == 7
    assert platform.is_implemented(EVENT)
    first, second, third = server.received
    assert first.query == {"v": "1", "externalSystem": "Bot Connector"}
    assert second.query == {"v": "1", "externalSystem": "Bot Connector", "skillId": "9"}
    assert third.query == first.query
    assert all("lp-eventsource" not in entry.headers for entry in server.received)


def test_an_event_without_a_listener_is_told(server: Server, platform: PlatformV1) -> None:
    server.on("POST", f"{BASE}/events/{EVENT}/invoke").answers(200, [])
    with pytest.raises(NotFound, match="no deployed function listens"):
        platform.invoke_event(EVENT, {})


@pytest.mark.parametrize(
    ("status", "code", "kind", "advice"),
    [
        (901, "com.liveperson.faas.handler.custom-failure", FunctionFailed, "log lines"),
        (404, "com.liveperson.faas.es.notdeployed", NotFound, "faasctl deploy"),
        (404, "com.liveperson.faas.es.missinglambda", NotFound, "faasctl deploy"),
        (400, "com.liveperson.faas.fm.contract-error", PlatformError, "faasctl validate"),
    ],
)
def test_an_error_of_v1_is_read(
    server: Server, platform: PlatformV1, status: int, code: str, kind: type[AnsweredError], advice: str
) -> None:
    body = {"errorCode": code, "errorMsg": "boom", "errorLogs": [{"level": "Error", "message": "l"}]}
    server.on("POST", f"{BASE}/lambdas/u1/invoke").answers(status, body)
    with pytest.raises(kind) as caught:
        platform.test_invocation("u1", {})
    error = caught.value
    assert (error.code, error.reason, error.logs[0].message) == (code, "boom", "l")
    assert advice in (error.hint or "")


def test_logs_counts_and_reports_are_asked_for_as_v1_wants_it(server: Server, platform: PlatformV1) -> None:
    server.on("GET", f"{BASE}/logs/export").answers(200, b"lambdaUUID;requestID;timestamp;level;message;extras\n")
    server.on("GET", f"{BASE}/reports/lambdaCounts").answers(
        200, {"accountId": ACCOUNT, "total": 5, "deployed": 3}
    )
    server.on("GET", f"{BASE}/reports/invocations/u1").answers(200, {"invocationStatistics": []})
    assert platform.kept_logs("u1", start=1, end=2, levels=["Warn"]) == ()
    counts = platform.counts()
    assert (counts.functions, counts.deployments) == (5, 3)
    assert platform.invocation_report("u1", start=1, end=2, bucket=300) == ()
    assert server.received[0].query == {
        "userId": "77",
        "v": "1",
        "lambdaUUID": "u1",
        "startTimestamp": "1",
        "endTimestamp": "2",
        "filterLevels": "Warn",
    }
    assert all(entry.query["v"] == "1" for entry in server.received)


def test_the_allow_list_is_read_and_added_to_once(server: Server, platform: PlatformV1) -> None:
    entry = {"id": 3, "domain": "*.example.com", "name": "*.example.com"}
    server.on("GET", f"{BASE}/proxy-settings").answers(200, []).answers(200, [entry])
    server.on("POST", f"{BASE}/proxy-settings").answers(201, entry)
    added = platform.allow_domain("*.example.com")
    assert added == AllowedDomain(id=3, domain="*.example.com")
    assert _only(server, "POST", "/proxy-settings").json == {"timestamp": 0, "domain": "*.example.com", "id": -1}
    assert platform.allow_domain("*.example.com") == added
    assert platform.allowed_domains(with_default=True) == (added,)
    assert server.count("POST") == 1
    assert server.received[-1].query["includeDefault"] == "true"


def test_an_addition_to_the_allow_list_whose_answer_is_lost_is_read_back(
    server: Server, platform: PlatformV1
) -> None:
    entry = {"id": 3, "domain": "a.example.com", "name": "a.example.com"}
    server.on("GET", f"{BASE}/proxy-settings").answers(200, []).answers(200, [entry])
    server.on("POST", f"{BASE}/proxy-settings").resets()
    assert platform.allow_domain("a.example.com").id == 3
    assert server.count("POST") == 1


def test_deleting_what_is_gone_is_no_error(server: Server, platform: PlatformV1) -> None:
    server.on("DELETE", f"{BASE}/lambdas/u1").answers(404, {"errorCode": "x", "errorMsg": "gone"})
    platform.delete_function("u1")
    assert _only(server, "DELETE", "/lambdas/u1").query == {"userId": "77", "v": "1"}
