"""Each call of V2: what is sent, and what is made of the answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.deadline import Deadline
from faasctl.errors import (
    ChangedRemotely,
    DeadlinePassed,
    FunctionFailed,
    NotFound,
    PermissionMissing,
    PlatformError,
    UnreadableAnswer,
)
from faasctl.liveperson.connect import connect
from faasctl.liveperson.model import (
    Counts,
    Deployment,
    Event,
    EventResult,
    Manifest,
    RemoteFunction,
)
from faasctl.liveperson.network import Network
from faasctl.log_entry import LogEntry

if TYPE_CHECKING:
    from faasctl.liveperson.credentials import SessionToken
    from faasctl.liveperson.platform import Platform
    from tests.liveperson.conftest import Server

BASE = "/api/account/12345678"
EVENT = "bot_connectors_custom_integration"
META: dict[str, Any] = {
    "uuid": "u1",
    "name": "OrderBot",
    "description": "Answers",
    "state": "Productive",
    "eventId": EVENT,
    "skills": ["Billing"],
    "size": "S",
    "isCompV1": False,
}
MANIFEST: dict[str, Any] = {
    "id": "m1",
    "version": 3,
    "runtime": "nodejs22",
    "spec": "v1.0.0",
    "code": "async function lambda() {}",
    "customDependencies": {},
    "environment": {"MODE": "test"},
}
READ_META = RemoteFunction(
    uuid="u1",
    name="OrderBot",
    state="Productive",
    description="Answers",
    event_id=EVENT,
    skills=("Billing",),
    size="S",
)
READ_MANIFEST = Manifest(
    id="m1",
    version=3,
    code="async function lambda() {}",
    environment={"MODE": "test"},
    runtime="nodejs22",
)
UNCHANGED = {"code": "com.liveperson.faas.function.unchanged", "message": "no change"}


def test_listing_functions_gives_what_is_not_versioned(server: Server, platform: Platform) -> None:
    server.on("GET", f"{BASE}/functions").answers(200, [META, {"uuid": "u2", "name": "B", "state": "Draft"}])
    assert platform.functions() == (READ_META, RemoteFunction(uuid="u2", name="B", state="Draft"))
    sent = server.received[0]
    assert sent.query == {"userId": "77"}
    assert sent.headers["authorization"] == "Bearer the-bearer-of-jane"
    assert sent.headers["host"] == "functions.example.net"
    assert "lp-eventsource" not in sent.headers


@pytest.mark.parametrize(
    "body",
    [
        {**META, "manifest": MANIFEST},
        {**META, "versions": [MANIFEST, {**MANIFEST, "version": 2, "code": "old"}]},
        {**META, "versions": [{**MANIFEST, "version": 2, "code": "old"}, MANIFEST], "manifest": None},
        [{**META, "versions": [MANIFEST]}],
    ],
)
def test_a_function_is_read_in_every_form_that_clients_know(server: Server, platform: Platform, body: Any) -> None:
    server.on("GET", f"{BASE}/functions/u1").answers(200, body)
    function = platform.function("u1")
    assert function.manifest == READ_MANIFEST
    assert function.name == "OrderBot"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ([], "the body should be an object and is a list"),
        ("text", "the body should be an object and is a str"),
        ({**META, "uuid": None}, "uuid should be a text and is missing"),
        ({**META, "state": 5}, "state should be a text and is a int"),
        ({**META, "skills": [1]}, "skills should be a list of texts"),
        ({**META, "manifest": {**MANIFEST, "version": "3"}}, r"manifest\.version should be a whole number"),
        ({**META, "manifest": {**MANIFEST, "version": True}}, r"manifest\.version should be a whole number"),
        ({**META, "versions": [{**MANIFEST, "environment": {"A": 1}}]}, r"versions\[0\]\.environment should"),
    ],
)
def test_a_function_of_another_form_is_an_unreadable_answer(
    server: Server, platform: Platform, body: Any, fault: str
) -> None:
    server.on("GET", f"{BASE}/functions/u1").answers(200, body)
    with pytest.raises(UnreadableAnswer, match=fault):
        platform.function("u1")


def test_a_function_that_is_not_there_is_not_found(server: Server, platform: Platform) -> None:
    server.on("GET", f"{BASE}/functions/u%2F1").answers(404, {"code": "com.liveperson.faas.function.not-found"})
    with pytest.raises(NotFound, match="reading function u/1 failed: there is no such function"):
        platform.function("u/1")


def test_creating_sends_only_what_is_given(server: Server, platform: Platform) -> None:
    answer = {**META, "state": "Draft", "manifest": {"id": "m1", "version": 0}}
    server.on("POST", f"{BASE}/functions").answers(201, answer)
    created = platform.create_function("OrderBot", description="Answers", event_id=EVENT)
    assert created.manifest == Manifest(id="m1", version=0)
    platform.create_function("OrderBot", description="Answers", skills=["A"], size="M")
    assert [entry.json for entry in server.received] == [
        {"timestamp": 0, "name": "OrderBot", "description": "Answers", "eventId": EVENT},
        {"timestamp": 0, "name": "OrderBot", "description": "Answers", "skills": ["A"], "size": "M"},
    ]


def test_updating_sends_description_and_skills(server: Server, platform: Platform) -> None:
    server.on("PUT", f"{BASE}/functions/u1").answers(202, {**META, "manifest": MANIFEST})
    assert platform.update_function("u1", description="Answers", skills=("Billing",)).description == "Answers"
    assert server.received[0].json == {"timestamp": 0, "description": "Answers", "skills": ["Billing"]}


@pytest.mark.parametrize(("status", "body"), [(400, UNCHANGED), (304, None)])
def test_an_update_without_change_reads_what_is_there(
    server: Server, platform: Platform, status: int, body: Any
) -> None:
    server.on("PUT", f"{BASE}/functions/u1").answers(status, body)
    server.on("GET", f"{BASE}/functions/u1").answers(200, META)
    assert platform.update_function("u1", description="Answers", skills=()) == READ_META


def test_a_manifest_update_names_its_version_and_sends_what_changes(server: Server, platform: Platform) -> None:
    server.on("PUT", f"{BASE}/functions/u1/manifest").answers(202).answers(400, UNCHANGED)
    platform.update_manifest("u1", READ_MANIFEST, code="new")
    platform.update_manifest("u1", READ_MANIFEST, environment={"A": "b"})
    assert [entry.json for entry in server.received] == [
        {"timestamp": 0, "version": 3, "id": "m1", "code": "new"},
        {"timestamp": 0, "version": 3, "id": "m1", "environment": {"A": "b"}},
    ]


def test_a_manifest_that_somebody_else_changed_is_told(server: Server, platform: Platform) -> None:
    server.on("PUT", f"{BASE}/functions/u1/manifest").answers(409, {"code": "x.conflict", "message": "stale"})
    with pytest.raises(ChangedRemotely, match="updating the code of function u1 failed: stale"):
        platform.update_manifest("u1", READ_MANIFEST, code="new")
    assert server.count("PUT") == 1


def test_a_refused_manifest_stays_an_error(server: Server, platform: Platform) -> None:
    server.on("PUT", f"{BASE}/functions/u1/manifest").answers(400, {"code": "a.validation.b", "message": "no"})
    with pytest.raises(PlatformError, match="no"):
        platform.update_manifest("u1", READ_MANIFEST, code="new")


def test_deleting_what_is_gone_is_no_error(server: Server, platform: Platform) -> None:
    server.on("DELETE", f"{BASE}/functions/u1").answers(204).answers(404)
    platform.delete_function("u1")
    platform.delete_function("u1")
    assert server.count("DELETE") == 2


def test_deployments_start_with_the_documented_methods(server: Server, platform: Platform) -> None:
    for method in ("POST", "PATCH", "DELETE"):
        server.on(method, f"{BASE}/deployments/u1").answers(202, {"message": "started"})
    platform.deploy("u1")
    platform.redeploy("u1")
    platform.undeploy("u1")
    assert [(entry.method, entry.body) for entry in server.received] == [
        ("POST", b""),
        ("PATCH", b""),
        ("DELETE", b""),
    ]


def test_a_deployment_beside_another_is_told(server: Server, platform: Platform) -> None:
    server.on("POST", f"{BASE}/deployments/u1").answers(409, {"message": "another deployment is under way"})
    with pytest.raises(ChangedRemotely, match="deploying function u1 failed: another deployment"):
        platform.deploy("u1")


def test_messages_use_the_name_of_a_function_once_it_is_known(server: Server, platform: Platform) -> None:
    server.on("GET", f"{BASE}/functions").answers(200, [META])
    server.on("POST", f"{BASE}/deployments/u1").answers(403)
    platform.functions()
    with pytest.raises(PermissionMissing, match="deploying function OrderBot failed") as caught:
        platform.deploy("u1")
    assert "FaaS-Developer" in (caught.value.hint or "")


def test_deployments_come_newest_first(server: Server, platform: Platform) -> None:
    def record(uuid: str, state: str, day: int, **more: Any) -> dict[str, Any]:
        created = f"2025-11-{day}T09:00:00.000Z"
        return {
            "id": day,
            "uuid": f"d{day}",
            "functionUuid": uuid,
            "deploymentState": state,
            "createdAt": created,
            **more,
        }

    server.on("GET", f"{BASE}/deployments").answers(
        200,
        [
            record("u1", "successful", 18, manifestVersion=3, deployedAt="2025-11-18T09:00:05.000Z"),
            record("u2", "deploying", 19),
            record("u1", "failed", 20, deploymentError={"errorCode": "c", "errorMsg": "no module x"}),
        ],
    )
    assert platform.deployments("u1") == (
        Deployment(function_uuid="u1", state="failed", error="no module x", created_at="2025-11-20T09:00:00.000Z"),
        Deployment(
            function_uuid="u1",
            state="successful",
            manifest_version=3,
            created_at="2025-11-18T09:00:00.000Z",
            deployed_at="2025-11-18T09:00:05.000Z",
        ),
    )
    assert [entry.function_uuid for entry in platform.deployments()] == ["u1", "u2", "u1"]


@pytest.mark.parametrize(
    ("told", "error"),
    [("no memory", "no memory"), ({"errorCode": "c"}, "c"), ({}, None), ([1], None), (None, None)],
)
def test_a_reason_of_a_failed_deployment_is_read_leniently(
    server: Server, platform: Platform, told: Any, error: str | None
) -> None:
    server.on("GET", f"{BASE}/deployments").answers(
        200, [{"functionUuid": "u1", "deploymentState": "failed", "deploymentError": told}]
    )
    assert platform.deployments()[0].error == error


def test_a_test_invocation_gives_result_and_log_lines(server: Server, platform: Platform) -> None:
    logs = [{"level": "Info", "message": "hello", "extras": ["x"], "timestamp": 1_763_700_000_000}]
    server.on("POST", f"{BASE}/functions/u1/test").answers(200, {"result": {"messages": ["hi"]}, "logs": logs})
    before = int(time.time() * 1000)
    invocation = platform.test_invocation("u1", {"message": "hi"}, headers=[("Accept-Language", "en")])
    assert invocation.result == {"messages": ["hi"]}
    assert invocation.logs == (
        LogEntry(level="Info", message="hello", extras=("x",), timestamp=1_763_700_000_000),
    )
    assert 0 < invocation.duration < 5
    sent = server.received[0]
    assert invocation.request_id == sent.headers["x-request-id"]
    assert sent.headers["host"] == "functions.example.net"
    assert sent.query == {"userId": "77"}
    body = sent.json
    assert before <= body.pop("timestamp") <= time.time() * 1000
    assert body == {"headers": [{"key": "Accept-Language", "value": "en"}], "payload": {"message": "hi"}}


def test_a_failed_function_is_an_error_with_its_log_lines(server: Server, platform: Platform) -> None:
    server.on("POST", f"{BASE}/functions/u1/test").answers(
        901,
        {
            "code": "com.customer.faas.function.threw-error",
            "message": "boom",
            "errorLogs": [{"level": "Error", "message": "Received Error - boom", "extras": [], "timestamp": 1}],
        },
    )
    with pytest.raises(FunctionFailed, match="testing function u1 failed: boom") as caught:
        platform.test_invocation("u1", {})
    assert caught.value.code == "com.customer.faas.function.threw-error"
    assert caught.value.logs == (LogEntry(level="Error", message="Received Error - boom", timestamp=1),)
    assert server.count("POST") == 1


@pytest.mark.parametrize("result", ["success", 5, None, False, [1], {"messages": []}])
def test_the_gateway_gives_the_raw_result(server: Server, platform: Platform, result: Any) -> None:
    server.on("POST", f"{BASE}/lambdas/u1/invoke").answers(202, b"null" if result is None else result)
    invocation = platform.invoke("u1", {"message": "hi"})
    assert invocation.result == result
    assert invocation.logs == ()
    sent = server.received[0]
    assert sent.headers["host"] == "fninvocations.example.net"
    assert sent.headers["lp-eventsource"] == "Bot Connector"
    assert sent.headers["authorization"] == "Bearer the-bearer-of-jane"
    assert sent.query == {}


def test_an_event_gives_the_result_of_each_function(server: Server, platform: Platform) -> None:
    server.on("POST", f"{BASE}/events/{EVENT}/invoke").answers(
        200,
        [{"uuid": "u1", "timestamp": "2025-11-20T09:00:00.000Z", "result": 1}, {"uuid": "u2", "result": None}],
    )
    invocation = platform.invoke_event(EVENT, {}, skill_id="12")
    assert invocation.results == (
        EventResult(function_uuid="u1", result=1),
        EventResult(function_uuid="u2", result=None),
    )
    assert server.received[0].query == {"skillId": "12"}


def test_an_event_that_nobody_listens_to_is_not_found(server: Server, platform: Platform) -> None:
    server.on("POST", f"{BASE}/events/{EVENT}/invoke").answers(404)
    with pytest.raises(NotFound, match=f"invoking the functions on event {EVENT} failed"):
        platform.invoke_event(EVENT, {})


def test_whether_an_event_is_implemented(server: Server, platform: Platform) -> None:
    server.on("GET", f"{BASE}/events/{EVENT}/isImplemented").answers(200, {"implemented": True}).answers(
        200, {"implemented": False}
    )
    assert platform.is_implemented(EVENT) is True
    assert platform.is_implemented(EVENT) is False


def test_events_and_counts_are_read(server: Server, platform: Platform) -> None:
    server.on("GET", f"{BASE}/events").answers(
        200,
        [
            {"eventId": EVENT, "eventName": "Custom", "description": "…", "lambdaLimit": 15},
            {"eventId": "other"},
        ],
    )
    server.on("GET", f"{BASE}/functions/count").answers(200, 5)
    server.on("GET", f"{BASE}/deployments/count").answers(200, 8)
    assert platform.events() == (
        Event(event_id=EVENT, name="Custom", limit=15),
        Event(event_id="other", name="other"),
    )
    assert platform.counts() == Counts(functions=5, deployments=8)


def test_a_count_that_is_no_number_is_an_unreadable_answer(server: Server, platform: Platform) -> None:
    server.on("GET", f"{BASE}/functions/count").answers(200, {"count": 5})
    with pytest.raises(UnreadableAnswer, match="should be a whole number and is a dict"):
        platform.counts()


def test_a_later_deadline_of_a_call_does_not_prolong_that_of_all(server: Server, session: SessionToken) -> None:
    made = connect("12345678", session, network=Network(reach_at=server.url), deadline=Deadline(0.6))
    server.on("GET", f"{BASE}/functions").does(lambda _: time.sleep(2))
    with pytest.raises(DeadlinePassed, match=r"the deadline of 0\.6 s passed"):
        made.functions(deadline=Deadline(60))
    made.close()
