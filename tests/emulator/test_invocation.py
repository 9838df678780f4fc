"""Test invocations and the gateway (functions-api §7), with real Node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.emulator.conftest import ContractClient

NOT_FOUND = "com.liveperson.faas.function.not-found"
NOBODY = "00000000-0000-4000-8000-000000000000"
EVENT = "bot_connectors_custom_integration"
ENVELOPE = {"timestamp": 0, "headers": [], "payload": {}}


def test_the_gateway_answers_the_raw_result(client: ContractClient) -> None:
    uuid = client.deployed()
    answer = client.invoke(uuid, {"message": "hi"})
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json == {"payload": {"message": "hi"}}


@pytest.mark.parametrize(
    ("returned", "text"),
    [("'success'", '"success"'), ("5", "5"), ("null", "null"), ("undefined", "null"), ("[1, 'ü']", '[1,"ü"]')],
)
def test_any_value_can_be_a_result(client: ContractClient, returned: str, text: str) -> None:
    uuid = client.deployed(code=f"async function lambda() {{ return {returned}; }}")
    assert client.invoke(uuid).text == text


def test_the_function_receives_timestamp_headers_and_payload(client: ContractClient) -> None:
    uuid = client.deployed(code="async function lambda(input) { return input; }")
    sent = {"timestamp": 1763700000000, "headers": [{"key": "A", "value": "b"}], "payload": [1, None, "x"]}
    assert client.call("POST", f"/lambdas/{uuid}/invoke?v=1&externalSystem=x}}", sent).json == sent


def test_environment_variables_reach_the_function(client: ContractClient) -> None:
    uuid = client.create().json["uuid"]
    code = "async function lambda() { return [process.env.GREETING, process.env.X_LIVEPERSON_BRAND_ID]; }"
    client.push(uuid, code, environment={"GREETING": "Hello"})
    client.call("POST", f"/deployments/{uuid}")
    client.wait_for_state(uuid, "Productive")
    assert client.invoke(uuid).json == ["Hello", client.account]


FAILURES = [
    ("throw new Error('secret reason');", "threw-error"),
    ("null.x;", "js-runtime-error"),
    ("for (;;) {}", "execution-exceeded"),
    ("process.exit(1);", "js-runtime-error"),
]


@pytest.mark.parametrize(("statement", "ending"), FAILURES)
def test_a_failing_function_ends_in_901_and_serves_on(client: ContractClient, statement: str, ending: str) -> None:
    code = f"async function lambda(input) {{ if (input.payload) {{ {statement} }} return 'ok'; }}"
    uuid = client.deployed(code=code)
    answer = client.invoke(uuid, {"fail": True})
    assert (answer.status, answer.code) == (901, f"com.customer.faas.function.{ending}")
    assert set(answer.json) == {"code", "message"}
    assert "secret reason" not in answer.text
    assert client.invoke(uuid).json == "ok"


def test_a_test_invocation_answers_result_and_logs(client: ContractClient) -> None:
    code = "async function lambda() { console.debug('d'); console.info('hello', 'x'); return 7; }"
    uuid = client.deployed(code=code)
    answer = client.call("POST", f"/functions/{uuid}/test?userId=1", ENVELOPE)
    assert (answer.status, set(answer.json), answer.json["result"]) == (200, {"result", "logs"}, 7)
    assert all(set(entry) == {"level", "message", "extras", "timestamp"} for entry in answer.json["logs"])
    written = [(entry["level"], entry["message"], entry["extras"]) for entry in answer.json["logs"]]
    assert written == [("Debug", "d", []), ("Info", "hello", ["x"])]


def test_a_failing_test_invocation_tells_message_and_logs(client: ContractClient) -> None:
    uuid = client.deployed()
    answer = client.call("POST", f"/functions/{uuid}/test", {**ENVELOPE, "payload": {"boom": True}})
    assert (answer.status, answer.code) == (901, "com.customer.faas.function.threw-error")
    assert (set(answer.json), answer.json["message"]) == ({"code", "message", "errorLogs"}, "boom")
    last = answer.json["errorLogs"][-1]
    assert (last["level"], last["message"]) == ("Error", "Received Error - boom")


def test_a_draft_and_an_unknown_function_are_not_found(client: ContractClient) -> None:
    for uuid in (client.pushed(), NOBODY):
        for path in (f"/functions/{uuid}/test", f"/lambdas/{uuid}/invoke"):
            answer = client.call("POST", path, ENVELOPE)
            assert (answer.status, answer.code) == (404, NOT_FOUND)


@pytest.mark.parametrize(
    "body",
    [[], "x", {"headers": {}}, {"headers": ["x"]}, {"headers": [{"key": 1, "value": "x"}]}, {"timestamp": "now"}],
)
def test_a_malformed_envelope_is_refused(client: ContractClient, body: Any) -> None:
    answer = client.call("POST", f"/lambdas/{NOBODY}/invoke", body)
    assert (answer.status, answer.code) == (400, "com.liveperson.faas.evg.invalid")
    test = client.call("POST", f"/functions/{NOBODY}/test", body)
    assert test.status == 400
    assert "validation" in test.code


def test_an_event_invokes_its_deployed_functions_in_name_order(client: ContractClient) -> None:
    expected: list[tuple[str, str]] = []
    for name in ("Beta", "Alpha"):
        uuid = client.deployed(name, f"async function lambda() {{ return '{name}'; }}")
        expected.insert(0, (uuid, name))
    client.pushed("Draft")
    client.deployed("Other", event="bot_connectors_pre_hook")
    answer = client.call("POST", f"/events/{EVENT}/invoke?skillId=1", ENVELOPE)
    assert answer.status == 200
    assert all(set(entry) == {"uuid", "timestamp", "result"} for entry in answer.json)
    assert [(entry["uuid"], entry["result"]) for entry in answer.json] == expected


def test_the_first_failure_ends_an_events_chain(client: ContractClient) -> None:
    client.deployed("A", "async function lambda() { throw new Error('no'); }")
    second = client.deployed("B", "let calls = 0; async function lambda() { return ++calls; }")
    assert client.call("POST", f"/events/{EVENT}/invoke", ENVELOPE).status == 901
    assert client.invoke(second).json == 1


def test_an_event_that_nobody_listens_to_is_not_found(client: ContractClient) -> None:
    client.pushed()
    answer = client.call("POST", f"/events/{EVENT}/invoke", ENVELOPE)
    assert (answer.status, answer.code) == (404, NOT_FOUND)


def test_only_deployed_functions_implement_an_event(client: ContractClient) -> None:
    path = f"/events/{EVENT}/isImplemented?userId=1&skillId="
    uuid = client.pushed()
    assert client.call("GET", path).json == {"implemented": False}
    client.call("POST", f"/deployments/{uuid}")
    client.wait_for_state(uuid, "Productive")
    assert client.call("GET", path).json == {"implemented": True}
    client.push(uuid, "async function lambda() {}")
    assert client.call("GET", path).json == {"implemented": True}


def test_the_gateway_needs_a_bearer(client: ContractClient) -> None:
    path = f"{client.base}/lambdas/{NOBODY}/invoke"
    assert client.send("POST", path, ENVELOPE).status == 401
    assert client.send("POST", path, ENVELOPE, bearer="wrong").status == 403


def test_module_state_lives_on_and_ends_with_a_deployment(client: ContractClient) -> None:
    uuid = client.deployed(code="let calls = 0; async function lambda() { return ++calls; }")
    assert [client.invoke(uuid).json for _ in range(3)] == [1, 2, 3]
    client.call("POST", f"/deployments/{uuid}")
    client.wait_for_deployment()
    assert client.invoke(uuid).json == 1


def test_invocations_are_counted_per_function(client: ContractClient) -> None:
    uuid = client.deployed()
    for payload in ({}, {}, {"boom": True}):
        client.invoke(uuid, payload)
    counted = client.call("GET", "/reports/invocationCounts?userId=1&startTimestamp=0&endTimestamp=99999999999999")
    assert counted.json == [{"successfulInvocations": 2, "failedInvocations": 1}]
    assert client.call("GET", "/reports/invocationCounts?startTimestamp=0&endTimestamp=1000").json == []
    assert client.call("GET", "/reports/invocationCounts?startTimestamp=yesterday").status == 400


def test_a_v1_function_answers_through_its_callback(client: ContractClient) -> None:
    uuid = client.deployed(code="function lambda(input, callback) { callback(null, input.payload.a + 1); }")
    assert client.invoke(uuid, {"a": 1}).json == 2
