"""Invocations of lambdas (functions-api §7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.emulator.v1.conftest import LambdaClient

EVENT = "bot_connectors_custom_integration"
NOBODY = "00000000-0000-4000-8000-000000000000"
FAILURE = {"errorCode", "errorMsg", "errorLogs"}
HANDLER = "com.liveperson.faas.handler."


def test_a_users_call_is_a_test_that_tells_result_and_logs(lambdas: LambdaClient) -> None:
    answer = lambdas.test_call(lambdas.deployed(), {"a": 1})
    assert (answer.status, set(answer.json)) == (200, {"result", "logs"})
    assert answer.json["result"] == {"payload": {"a": 1}}
    (entry,) = answer.json["logs"]
    assert set(entry) == {"level", "message", "extras", "timestamp"}
    assert (entry["level"], entry["message"], entry["extras"]) == ("Info", "heard", [{"a": 1}])


def test_a_failed_test_tells_what_was_thrown_with_the_log(lambdas: LambdaClient) -> None:
    answer = lambdas.test_call(lambdas.deployed(), {"boom": True})
    assert (answer.status, set(answer.json)) == (901, FAILURE)
    assert answer.json["errorCode"] == f"{HANDLER}custom-failure"
    assert "boom" in answer.json["errorMsg"]
    assert any(entry["message"] == "heard" for entry in answer.json["errorLogs"])


def test_an_app_token_gets_the_raw_result(lambdas: LambdaClient) -> None:
    answer = lambdas.invoke(f"/lambdas/{lambdas.deployed()}/invoke", {"a": 1})
    assert (answer.status, answer.json) == (200, {"payload": {"a": 1}})


def test_a_users_call_that_names_its_system_gets_the_raw_result(lambdas: LambdaClient) -> None:
    body = {"headers": [], "payload": 7}
    answer = lambdas.call("POST", f"/lambdas/{lambdas.deployed()}/invoke", body, query="&externalSystem=tests")
    assert (answer.status, answer.json) == (200, {"payload": 7})


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("callback(new Error('no'))", "custom-failure"),
        ("undefined.x", "runtime-exception"),
        ("while (true);", "executiontime-exceeded"),
    ],
)
def test_the_gateway_tells_how_a_function_failed(lambdas: LambdaClient, body: str, code: str) -> None:
    uuid = lambdas.deployed(code=f"function lambda(input, callback) {{ {body}; callback(null, 1); }}")
    answer = lambdas.invoke(f"/lambdas/{uuid}/invoke")
    assert (answer.status, set(answer.json)) == (901, FAILURE)
    assert (answer.json["errorCode"], answer.json["errorLogs"]) == (HANDLER + code, [])


def test_a_lambda_that_is_not_there_is_missing(lambdas: LambdaClient) -> None:
    for answer in (lambdas.invoke(f"/lambdas/{NOBODY}/invoke"), lambdas.test_call(NOBODY)):
        assert (answer.status, answer.json["errorCode"]) == (404, "com.liveperson.faas.es.missinglambda")
        assert answer.json["errorMsg"] == f"There is no {NOBODY} deployed on {lambdas.account}"


def test_a_lambda_that_is_not_deployed_says_so(lambdas: LambdaClient) -> None:
    uuid = lambdas.create().json["uuid"]
    for answer in (lambdas.invoke(f"/lambdas/{uuid}/invoke"), lambdas.test_call(uuid)):
        assert (answer.status, answer.json["errorCode"]) == (404, "com.liveperson.faas.es.notdeployed")


@pytest.mark.parametrize("body", [[], "x", {"headers": {}}, {"headers": ["x"]}, {"timestamp": "now"}])
def test_a_malformed_envelope_is_bad_input(lambdas: LambdaClient, body: Any) -> None:
    token = lambdas.client.app_token()
    for more in ({}, {"bearer": token}):
        answer = lambdas.call("POST", f"/lambdas/{NOBODY}/invoke", body, **more)
        assert (answer.status, answer.json["errorCode"]) == (400, "com.liveperson.faas.es.badinput")


def test_an_event_invokes_its_deployed_lambdas_in_name_order(lambdas: LambdaClient) -> None:
    uuids = {name: lambdas.deployed(name) for name in ("Beta", "Alpha")}
    lambdas.create("Draft")
    answer = lambdas.invoke(f"/events/{EVENT}/invoke", 1)
    assert answer.status == 200
    assert all(set(entry) == {"uuid", "timestamp", "result"} for entry in answer.json)
    assert [entry["uuid"] for entry in answer.json] == [uuids["Alpha"], uuids["Beta"]]
    assert [entry["result"] for entry in answer.json] == [{"payload": 1}, {"payload": 1}]


def test_an_event_that_nobody_listens_to_answers_an_empty_list(lambdas: LambdaClient) -> None:
    lambdas.create()
    for event in (EVENT, "conversational_commands"):
        answer = lambdas.invoke(f"/events/{event}/invoke")
        assert (answer.status, answer.json) == (200, [])


def test_a_failing_listener_fails_the_event(lambdas: LambdaClient) -> None:
    lambdas.deployed()
    answer = lambdas.invoke(f"/events/{EVENT}/invoke", {"boom": True})
    assert (answer.status, answer.json["errorCode"]) == (901, f"{HANDLER}custom-failure")


def test_only_deployed_lambdas_implement_an_event(lambdas: LambdaClient) -> None:
    path, query = f"/events/{EVENT}/isImplemented", "&skillId=&externalSystem=tests"
    assert lambdas.call("GET", path, query=query).json == {"implemented": False}
    lambdas.deployed()
    assert lambdas.call("GET", path, query=query).json == {"implemented": True}


def test_the_gateway_needs_a_bearer_of_the_account(lambdas: LambdaClient) -> None:
    path = f"{lambdas.client.base}/lambdas/{NOBODY}/invoke?v=1"
    none = lambdas.client.send("POST", path, {})
    wrong = lambdas.client.send("POST", path, {}, bearer="wrong")
    assert (none.status, wrong.status) == (401, 403)
    assert set(none.json) == set(wrong.json) == {"errorCode", "errorMsg"}
    assert lambdas.client.send("POST", path, {}, bearer="a.b.c").status == 403


def test_a_login_that_fails_says_so_in_its_own_form(lambdas: LambdaClient) -> None:
    answer = lambdas.client.login({"username": "nobody", "password": "x"})
    assert (answer.status, set(answer.json)) == (401, {"error"})


def test_a_body_that_is_too_large_is_refused_in_v1s_form(lambdas: LambdaClient) -> None:
    lambdas.client.sign_in()
    answer = lambdas.client.call("POST", f"/lambdas/{NOBODY}/invoke", raw=b"x" * (5 * 1024 * 1024 + 1))
    assert (answer.status, set(answer.json)) == (413, {"errorCode", "errorMsg"})
