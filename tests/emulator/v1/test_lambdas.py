"""Lambdas (functions-api §4.3), with every limit of V1 on it and one past (§15)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.emulator.v1.conftest import LambdaClient

CUSTOM_INTEGRATION = "bot_connectors_custom_integration"
NOBODY = "00000000-0000-4000-8000-000000000000"
SIMPLE = "function lambda(input, callback) { callback(null, 1); }"
FIELDS = {
    *("uuid", "version", "name", "description", "eventId", "samplePayload", "state", "runtime", "size", "skills"),
    *("createdAt", "createdBy", "updatedAt", "updatedBy", "minInstances", "lastDeployment", "implementation"),
}


def _refused(answer: Any) -> bool:
    """The form and the code in which V1 refuses what is to be saved."""
    assert set(answer.json) == {"errorCode", "errorMsg"}
    return answer.status == 400 and "contract-error" in answer.json["errorCode"]


def test_a_created_lambda_is_a_draft_with_its_code(lambdas: LambdaClient) -> None:
    answer = lambdas.create("Echo", SIMPLE, environment=[{"key": "K", "value": "v"}])
    assert answer.status == 201
    made = answer.json
    assert set(made) == FIELDS
    assert (made["state"], made["version"], made["lastDeployment"]) == ("Draft", 1, {})
    assert made["runtime"] == lambdas.runtime()
    assert made["implementation"] == {
        "code": SIMPLE,
        "dependencies": [],
        "environmentVariables": [{"key": "K", "value": "v"}],
    }
    assert made["createdBy"] == lambdas.client.credentials()["user"]["username"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", made["createdAt"])


def test_a_lambda_without_event_has_no_event_id(lambdas: LambdaClient) -> None:
    assert set(lambdas.create("Echo", event=None).json) == FIELDS - {"eventId"}


def test_one_lambda_is_read_as_a_list_of_one(lambdas: LambdaClient) -> None:
    made = lambdas.create().json
    answer = lambdas.call("GET", f"/lambdas/{made['uuid']}")
    assert (answer.status, answer.json) == (200, [made])


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_unknown_lambda_is_not_found(lambdas: LambdaClient, method: str) -> None:
    answer = lambdas.call(method, f"/lambdas/{NOBODY}", {"description": "x"} if method == "PUT" else None)
    assert answer.status == 404
    assert answer.json["errorCode"] == "com.liveperson.faas.es.missinglambda"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Bot", "BotHook", "Free"]),
        ("&name=Bot", ["Bot", "BotHook"]),
        ("&name=bot", []),
        ("&name=", ["Bot", "BotHook", "Free"]),
        ("&eventId=pre_hook", ["BotHook"]),
        ("&eventId=bot_connectors", ["Bot", "BotHook"]),
        ("&state=Draft", ["Bot", "BotHook", "Free"]),
        ("&state=Draft&state=Productive&name=Free", ["Free"]),
        ("&state=Marked%20Undeployed", []),
        ("&eventId=&state=&externalSystem=tests", ["Bot", "BotHook", "Free"]),
    ],
)
@pytest.mark.parametrize("path", ["/lambdas", "/lambdas/"])
def test_filters_take_parts_of_name_and_event(
    lambdas: LambdaClient, path: str, query: str, names: list[str]
) -> None:
    lambdas.create("Bot")
    lambdas.create("BotHook", event="bot_connectors_pre_hook")
    lambdas.create("Free", event=None)
    listed = lambdas.call("GET", path, query=query)
    assert listed.status == 200
    assert [found["name"] for found in listed.json] == names


def test_the_list_holds_whole_lambdas(lambdas: LambdaClient) -> None:
    made = lambdas.create().json
    assert lambdas.call("GET", "/lambdas").json == [made]


def test_an_unknown_state_in_the_filter_is_refused(lambdas: LambdaClient) -> None:
    assert lambdas.call("GET", "/lambdas", query="&state=active").status == 400


def test_a_whole_lambda_that_changes_nothing_is_not_modified(lambdas: LambdaClient) -> None:
    uuid = lambdas.create().json["uuid"]
    before = lambdas.read(uuid)
    answer = lambdas.change(uuid)
    assert (answer.status, answer.text) == (304, "")
    assert lambdas.read(uuid) == before
    assert lambdas.call("GET", "/lambdas").status == 200  # the connection goes on


def test_an_update_saves_meta_data_and_code_together(lambdas: LambdaClient) -> None:
    uuid = lambdas.create().json["uuid"]
    implementation = {"code": SIMPLE, "dependencies": [], "environmentVariables": [{"key": "A", "value": "b"}]}
    answer = lambdas.change(uuid, description="new", size="M", implementation=implementation)
    assert answer.status == 202
    assert set(answer.json) == FIELDS
    saved = lambdas.read(uuid)
    assert (saved["description"], saved["size"], saved["version"]) == ("new", "M", 2)
    assert saved["implementation"] == implementation
    assert lambdas.change(uuid, description="newer").json["version"] == 2


def test_the_sample_payload_is_kept(lambdas: LambdaClient) -> None:
    made = lambdas.create().json
    assert made["samplePayload"] == {"headers": [], "payload": {}}
    sample = {"headers": [{"key": "A", "value": "b"}], "payload": {"convId": "1"}}
    changed = lambdas.change(made["uuid"], samplePayload=sample)
    assert (changed.status, changed.json["samplePayload"], changed.json["version"]) == (202, sample, 1)
    assert lambdas.change(made["uuid"]).status == 304
    assert lambdas.create("Other", samplePayload=sample).json["samplePayload"] == sample


def test_an_update_without_skills_and_size_keeps_them(lambdas: LambdaClient) -> None:
    event = "controllerbot_messaging_ttr"
    made = lambdas.create("Skilled", event=event, skills=["Support"], size="L").json
    body = {key: made[key] for key in ("uuid", "version", "state", "name", "eventId", "runtime", "implementation")}
    answer = lambdas.call("PUT", f"/lambdas/{made['uuid']}", {**body, "description": "changed"})
    assert (answer.status, answer.json["skills"], answer.json["size"]) == (202, ["Support"], "L")


@pytest.mark.parametrize(
    ("key", "value"), [("name", "Other"), ("eventId", "bot_connectors_pre_hook"), ("uuid", "x")]
)
def test_name_and_event_are_for_creation_only(lambdas: LambdaClient, key: str, value: str) -> None:
    uuid = lambdas.create().json["uuid"]
    assert _refused(lambdas.change(uuid, **{key: value}))


def test_an_old_version_is_taken_unless_the_account_refuses_it(lambdas: LambdaClient) -> None:
    made = lambdas.create().json
    lambdas.change(made["uuid"], code=SIMPLE)
    lambdas.client.of_account("PUT", "", {"refuseStaleVersions": True})
    stale = lambdas.call("PUT", f"/lambdas/{made['uuid']}", {**made, "description": "mine"})
    assert (stale.status, set(stale.json)) == (409, {"errorCode", "errorMsg"})
    lambdas.client.of_account("PUT", "", {"refuseStaleVersions": False})
    assert lambdas.call("PUT", f"/lambdas/{made['uuid']}", {**made, "description": "mine"}).status == 202


@pytest.mark.parametrize("state", ["Draft", "Modified", "Productive"])
def test_the_state_that_a_client_sends_is_not_taken(lambdas: LambdaClient, state: str) -> None:
    made = lambdas.create().json
    body = {**made, "state": state, "description": "changed"}
    assert lambdas.call("PUT", f"/lambdas/{made['uuid']}", body).json["state"] == "Draft"


@pytest.mark.parametrize(
    "change",
    [
        {"state": "Running"},
        {"state": 1},
        {"version": "4"},
        {"version": True},
        {"runtime": "nodejs"},
        {"runtime": {"uuid": NOBODY}},
        {"implementation": "code"},
        {"implementation": {"code": 1}},
        {"implementation": {"environmentVariables": {"A": "b"}}},
        {"implementation": {"environmentVariables": [{"key": "A"}]}},
        {"implementation": {"environmentVariables": [{"key": "A", "value": "1"}, {"key": "A", "value": "2"}]}},
        {"implementation": {"environmentVariables": [{"key": "", "value": ""}]}},
        {"implementation": {"environmentVariables": [{"key": "BRAND_ID", "value": "1"}]}},
        {"implementation": {"dependencies": "lodash"}},
        {"size": "XXXL"},
        {"skills": "Support"},
        {"description": 1},
        {"samplePayload": []},
    ],
)
def test_a_malformed_field_is_refused(lambdas: LambdaClient, change: dict[str, Any]) -> None:
    uuid = lambdas.create().json["uuid"]
    assert _refused(lambdas.change(uuid, **change))


def test_a_body_that_is_no_object_is_refused(lambdas: LambdaClient) -> None:
    assert _refused(lambdas.call("POST", "/lambdas", ["x"]))
    assert _refused(lambdas.client.call("POST", "/lambdas", raw=b"{"))


@pytest.mark.parametrize(
    "code",
    [
        "",
        "function lambda(input, callback) {",
        "function other(input, callback) { callback(null, 1); }",
    ],
)
def test_code_that_cannot_be_a_lambda_is_refused(lambdas: LambdaClient, code: str) -> None:
    assert _refused(lambdas.create("Broken", code))
    assert lambdas.call("GET", "/lambdas").json == []
    uuid = lambdas.create().json["uuid"]
    assert _refused(lambdas.change(uuid, code=code))


@pytest.mark.parametrize(
    "code",
    [
        "async function lambda(input) { return 1; }",
        "function lambda(input, callback) { return 1; }",
        "function lambda(input, callback) { callback(null, eval('1')); }",
    ],
)
def test_v1_wants_a_callback_that_is_called_and_no_eval(lambdas: LambdaClient, code: str) -> None:
    assert _refused(lambdas.create("Broken", code))


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=9), part, max_size=3),
    max_leaves=6,
)
_KEYS = ("description", "skills", "size", "samplePayload", "state", "version", "runtime", "implementation")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.dictionaries(st.sampled_from([*_KEYS, "eventId", "uuid", "name", "timestamp"]), _JSON, max_size=4)
)
def test_whatever_an_update_holds_is_taken_or_refused_in_v1s_form(
    lambdas: LambdaClient, changes: dict[str, Any]
) -> None:
    existing = lambdas.call("GET", "/lambdas").json
    uuid = existing[0]["uuid"] if existing else lambdas.create("Fuzzed", SIMPLE).json["uuid"]
    answer = lambdas.call("PUT", f"/lambdas/{uuid}", changes)
    assert answer.status in (202, 304, 400)
    assert answer.status != 400 or _refused(answer)
    assert lambdas.read(uuid)["name"] == "Fuzzed"


def test_a_name_is_taken_once(lambdas: LambdaClient) -> None:
    assert lambdas.create("Echo").status == 201
    assert _refused(lambdas.create("Echo"))


def test_a_draft_can_be_deleted(lambdas: LambdaClient) -> None:
    uuid = lambdas.create().json["uuid"]
    assert lambdas.call("DELETE", f"/lambdas/{uuid}").status == 204
    assert lambdas.call("GET", "/lambdas").json == []


def test_a_deployed_lambda_is_not_deleted(lambdas: LambdaClient) -> None:
    uuid = lambdas.deployed()
    answer = lambdas.call("DELETE", f"/lambdas/{uuid}")
    assert (answer.status, set(answer.json)) == (400, {"errorCode", "errorMsg"})


def test_the_one_runtime_is_named_as_official_clients_read_it(lambdas: LambdaClient) -> None:
    answer = lambdas.call("GET", "/runtimes")
    assert answer.status == 200
    (runtime,) = answer.json
    assert set(runtime) == {"uuid", "name", "baseImageName"}
    assert re.fullmatch(r"Node\.js \d+", runtime["name"])


# ---- limits, on it and one past --------------------------------------------------------------------------------


def _environment(key: str, value: str) -> list[dict[str, str]]:
    return [{"key": key, "value": value}]


@pytest.mark.parametrize(
    ("on_it", "past_it"),
    [
        ({"description": "x" * 100}, {"description": "x" * 101}),
        ({"environment": _environment("K" * 200, "v")}, {"environment": _environment("K" * 201, "v")}),
        ({"environment": _environment("K", "v" * 200)}, {"environment": _environment("K", "v" * 201)}),
        ({"name": "N" * 50}, {"name": "N" * 51}),
        ({"code": SIMPLE.ljust(100_000)}, {"code": SIMPLE.ljust(100_001)}),
        (
            {"event": "controllerbot_messaging_ttr", "skills": [f"skill {n}" for n in range(50)]},
            {"event": "controllerbot_messaging_ttr", "skills": [f"skill {n}" for n in range(51)]},
        ),
        ({"samplePayload": {"payload": "x" * 9_986}}, {"samplePayload": {"payload": "x" * 9_987}}),
    ],
    ids=["description", "environment key", "environment value", "name", "code", "skills", "sample payload"],
)
def test_a_limit_is_taken_and_one_past_it_refused(
    lambdas: LambdaClient, on_it: dict[str, Any], past_it: dict[str, Any]
) -> None:
    assert _refused(lambdas.create(**past_it))
    assert lambdas.create(**on_it).status == 201


def test_the_looser_limit_of_the_description_can_be_chosen(lambdas: LambdaClient) -> None:
    lambdas.client.of_account("PUT", "", {"looseLimits": True})
    assert _refused(lambdas.create(description="x" * 201))
    assert lambdas.create(description="x" * 200).status == 201


def test_an_account_holds_fifty_lambdas(lambdas: LambdaClient) -> None:
    for number in range(50):
        assert lambdas.create(f"Function{number}", SIMPLE, event=None).status == 201
    assert _refused(lambdas.create("OneMore", SIMPLE, event=None))
    counts = lambdas.call("GET", "/reports/lambdaCounts").json
    assert counts == {"accountId": lambdas.account, "total": 50, "deployed": 0}


def test_an_event_takes_as_many_lambdas_as_its_limit(lambdas: LambdaClient) -> None:
    for number in range(15):
        assert lambdas.create(f"Hook{number}", SIMPLE, event="bot_connectors_pre_hook").status == 201
    assert _refused(lambdas.create("OneMore", SIMPLE, event="bot_connectors_pre_hook"))
