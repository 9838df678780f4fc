"""Functions and manifests (functions-api §4.2), with every limit on it and one past (§15)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.emulator.conftest import ContractClient

META = {
    *("uuid", "name", "description", "state", "eventId", "skills", "size", "isCompV1"),
    *("createdAt", "createdBy", "updatedAt", "updatedBy"),
}
MANIFEST = {
    *("id", "version", "runtime", "spec", "code", "customDependencies", "environment"),
    *("createdAt", "createdBy", "updatedAt", "updatedBy"),
}
CUSTOM_INTEGRATION = "bot_connectors_custom_integration"
INTERFACE_WRONG = "com.liveperson.faas.fm.validation.interface-wrong"
UNCHANGED = "com.liveperson.faas.function.unchanged"
NOT_FOUND = "com.liveperson.faas.function.not-found"
NOBODY = "00000000-0000-4000-8000-000000000000"
SIMPLE = "async function lambda(input) { return 1; }"


def test_a_new_function_is_a_draft_with_an_empty_manifest(client: ContractClient) -> None:
    answer = client.create("Echo")
    assert answer.status == 201
    data = answer.json
    assert set(data) == META | {"manifest"}
    assert set(data["manifest"]) == MANIFEST
    assert (data["state"], data["isCompV1"], data["skills"], data["size"]) == ("Draft", False, [], "S")
    assert (data["manifest"]["version"], data["manifest"]["code"]) == (0, "")
    assert data["createdBy"] == client.credentials()["user"]["username"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", data["createdAt"])


def test_a_function_without_event_has_no_event_id(client: ContractClient) -> None:
    assert "eventId" not in client.create("Echo", None).json


def test_a_function_may_be_created_with_its_manifest(client: ContractClient) -> None:
    made = client.create("Echo", manifest={"code": SIMPLE, "environment": {"A": "b"}}).json["manifest"]
    assert (made["version"], made["code"], made["environment"]) == (1, SIMPLE, {"A": "b"})


def test_the_list_holds_meta_only_in_name_order(client: ContractClient) -> None:
    for name in ("Zebra", "Ant", "Middle"):
        client.create(name)
    listed = client.call("GET", "/functions?userId=1").json
    assert [function["name"] for function in listed] == ["Ant", "Middle", "Zebra"]
    assert all(set(function) == META for function in listed)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("eventId=&userId=&functionName=", ["Bot", "Free", "Hook"]),
        ("functionName=Bot", ["Bot"]),
        ("name=Hook", ["Hook"]),
        ("eventId=bot_connectors_pre_hook", ["Hook"]),
        ("eventId=unknown", []),
        ("state=Draft&state=Productive", ["Bot", "Free", "Hook"]),
        ("state=Productive", []),
        ("state=", ["Bot", "Free", "Hook"]),
    ],
)
def test_filters_narrow_the_list(client: ContractClient, query: str, names: list[str]) -> None:
    client.create("Bot")
    client.create("Hook", "bot_connectors_pre_hook")
    client.create("Free", None)
    assert [function["name"] for function in client.call("GET", f"/functions?{query}").json] == names


def test_an_unknown_state_in_the_filter_is_refused(client: ContractClient) -> None:
    assert client.call("GET", "/functions?state=active").status == 400


def test_one_function_holds_its_versions_newest_first_and_the_manifest(client: ContractClient) -> None:
    uuid = client.create().json["uuid"]
    for number in range(1, 8):
        assert client.push(uuid, f"async function lambda() {{ return {number}; }}").status == 202
    data = client.call("GET", f"/functions/{uuid}?userId=1").json
    assert set(data) == META | {"versions", "manifest"}
    assert [version["version"] for version in data["versions"]] == [7, 6, 5, 4, 3]
    assert data["manifest"] == data["versions"][0]
    assert len({version["id"] for version in data["versions"]}) == 1


def test_ten_versions_are_kept_where_the_looser_limits_are_chosen(client: ContractClient) -> None:
    client.of_account("PUT", "", {"looseLimits": True})
    uuid = client.create().json["uuid"]
    for number in range(1, 12):
        assert client.push(uuid, f"async function lambda() {{ return {number}; }}").status == 202
    data = client.call("GET", f"/functions/{uuid}?userId=1").json
    assert [version["version"] for version in data["versions"]] == list(range(11, 1, -1))


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_unknown_function_is_not_found(client: ContractClient, method: str) -> None:
    answer = client.call(method, f"/functions/{NOBODY}", {"description": "x"} if method == "PUT" else None)
    assert (answer.status, answer.code) == (404, NOT_FOUND)


def test_another_accounts_function_is_not_found(client: ContractClient) -> None:
    uuid = client.create().json["uuid"]
    client.operator("PUT", "/accounts/neighbour", {})
    path = f"/api/account/neighbour/functions/{uuid}"
    assert client.send("GET", path, bearer=client.endpoint.operator_token).status == 404


def test_an_update_of_the_meta_data_answers_202_with_the_whole_function(client: ContractClient) -> None:
    uuid = client.create().json["uuid"]
    answer = client.call("PUT", f"/functions/{uuid}?userId=1", {"timestamp": 0, "description": "new"})
    assert answer.status == 202
    assert set(answer.json) == META | {"manifest"}
    assert answer.json["description"] == "new"


def test_an_update_that_changes_nothing_is_told(client: ContractClient) -> None:
    made = client.create().json
    uuid = made["uuid"]
    client.push(uuid, SIMPLE, environment={"A": "b"})
    for path, body in (
        ("", {"description": "a function", "skills": []}),
        ("", {}),
        ("/manifest", {"version": 1, "code": SIMPLE}),
        ("/manifest", {"version": 1, "environment": {"A": "b"}}),
        ("/manifest", {"version": 1}),
    ):
        answer = client.call("PUT", f"/functions/{uuid}{path}", body)
        assert (answer.status, answer.code) == (400, UNCHANGED)
    assert client.call("GET", f"/functions/{uuid}").json["manifest"]["version"] == 1


@pytest.mark.parametrize("key", ["eventId", "name"])
def test_event_and_name_are_for_creation_only(client: ContractClient, key: str) -> None:
    uuid = client.create().json["uuid"]
    answer = client.call("PUT", f"/functions/{uuid}", {"description": "x", key: CUSTOM_INTEGRATION})
    assert (answer.status, answer.code) == (400, INTERFACE_WRONG)


def test_a_manifest_update_keeps_what_it_does_not_name(client: ContractClient) -> None:
    uuid = client.create().json["uuid"]
    client.push(uuid, SIMPLE, environment={"A": "b"})
    changed = client.call("PUT", f"/functions/{uuid}/manifest", {"version": 1, "environment": {"C": "d"}})
    manifest = changed.json["manifest"]
    assert (manifest["version"], manifest["code"], manifest["environment"]) == (2, SIMPLE, {"C": "d"})


def test_any_version_is_taken_unless_the_account_refuses_stale_ones(client: ContractClient) -> None:
    made = client.create().json
    uuid, path = made["uuid"], f"/functions/{made['uuid']}/manifest"
    assert client.call("PUT", path, {"version": 17, "code": SIMPLE}).status == 202
    client.of_account("PUT", "", {"refuseStaleVersions": True})
    stale = client.call("PUT", path, {"version": 0, "code": f"{SIMPLE} "})
    assert (stale.status, stale.code) == (409, "com.liveperson.faas.function.conflict")
    for version in (1, -1):
        current = client.call("PUT", path, {"version": version, "code": f"{SIMPLE} // {version}"})
        assert current.status == 202
    assert client.call("GET", f"/functions/{uuid}").json["manifest"]["version"] == 3


@pytest.mark.parametrize(
    "body",
    [
        {"code": SIMPLE},
        {"version": "1", "code": SIMPLE},
        {"version": True, "code": SIMPLE},
        {"version": 0, "code": 5},
        {"version": 0, "environment": []},
        {"version": 0, "environment": {"A": 1}},
        {"version": 0, "code": SIMPLE, "id": "another"},
    ],
)
def test_a_malformed_manifest_is_refused(client: ContractClient, body: dict[str, Any]) -> None:
    uuid = client.create().json["uuid"]
    answer = client.call("PUT", f"/functions/{uuid}/manifest", body)
    assert (answer.status, answer.code) == (400, INTERFACE_WRONG)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"x"', b"{'a': 1}", b"NaN", b'{"name": "\\ud800"}', b"\xff"])
def test_a_body_that_is_no_json_object_is_refused(client: ContractClient, raw: bytes) -> None:
    answer = client.call("POST", "/functions", raw=raw)
    assert (answer.status, answer.code) == (400, INTERFACE_WRONG)


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("a" * 50, True),
        ("a" * 51, False),
        ("with_underscore_9", True),
        ("Name!", False),
        ("with space", False),
        ("trailing\n", False),
        ("", False),
        (None, False),
        (7, False),
    ],
)
def test_names_follow_the_rules(client: ContractClient, name: Any, taken: bool) -> None:
    answer = client.call("POST", "/functions", {"name": name, "description": "d"})
    assert (answer.status == 201) is taken
    if not taken:
        assert answer.code == INTERFACE_WRONG


def test_a_name_is_there_once_in_an_account(client: ContractClient) -> None:
    client.create("Echo")
    again = client.create("Echo")
    assert (again.status, again.code) == (400, INTERFACE_WRONG)
    assert client.call("GET", "/functions/count").json == 1


@pytest.mark.parametrize(("length", "status"), [(200, 201), (201, 400)])
def test_a_description_has_200_characters_at_most(client: ContractClient, length: int, status: int) -> None:
    body = {"name": "Echo", "description": "d" * length}
    assert client.call("POST", "/functions", body).status == status


@pytest.mark.parametrize(("length", "status"), [(100_000, 202), (100_001, 400)])
def test_code_has_100000_characters_at_most(client: ContractClient, length: int, status: int) -> None:
    uuid = client.create().json["uuid"]
    code = SIMPLE + " " * (length - len(SIMPLE))
    assert client.push(uuid, code).status == status


@pytest.mark.parametrize(
    ("environment", "status"),
    [
        ({f"K{number}": "v" for number in range(512)}, 202),
        ({f"K{number}": "v" for number in range(513)}, 400),
        ({"K" * 200: "v"}, 202),
        ({"K" * 201: "v"}, 400),
        ({"K": "v" * 1024}, 202),
        ({"K": "v" * 1025}, 400),
        ({"lower": "v"}, 400),
        ({"9K": "v"}, 400),
        ({"": "v"}, 400),
        ({"NODE_ENV": "v"}, 400),
        ({"VAULT_X": "v"}, 400),
        ({"_OK": "v"}, 202),
    ],
)
def test_environment_variables_follow_the_rules(
    client: ContractClient, environment: dict[str, str], status: int
) -> None:
    uuid = client.create().json["uuid"]
    assert client.push(uuid, SIMPLE, environment=environment).status == status


@pytest.mark.parametrize(("size", "status"), [("XXL", 201), ("S", 201), ("XS", 400), (1, 400)])
def test_sizes_are_the_platforms(client: ContractClient, size: Any, status: int) -> None:
    assert client.create(size=size).status == status


def test_an_unknown_event_is_refused(client: ContractClient) -> None:
    answer = client.create("Echo", "no_such_event")
    assert (answer.status, answer.code) == (400, INTERFACE_WRONG)


@pytest.mark.parametrize(("count", "status"), [(500, 201), (501, 400)])
def test_a_function_has_500_skills_at_most(client: ContractClient, count: int, status: int) -> None:
    skills = [f"skill {number}" for number in range(count)]
    assert client.create("Echo", "controllerbot_messaging_ttr", skills=skills).status == status


@pytest.mark.parametrize("event", [CUSTOM_INTEGRATION, None])
def test_skills_need_an_event_that_supports_them(client: ContractClient, event: str | None) -> None:
    assert client.create("Echo", event, skills=["Billing"]).status == 400
    assert client.create("Echo", event, skills=[]).status == 201


def test_functions_share_an_event_of_one_only_with_skills_of_their_own(client: ContractClient) -> None:
    event = "controllerbot_messaging_ttr"
    assert client.create("A", event, skills=["Billing"]).status == 201
    assert client.create("B", event, skills=["Billing", "Sales"]).status == 400
    assert client.create("C", event).status == 400
    other = client.create("D", event, skills=["Sales"])
    assert other.status == 201
    path = f"/functions/{other.json['uuid']}"
    assert client.call("PUT", path, {"skills": ["Billing"]}).status == 400
    assert client.call("PUT", path, {"skills": ["Sales", "Returns"]}).status == 202


def test_fifteen_functions_listen_to_a_bot_event_and_fifty_are_in_an_account(client: ContractClient) -> None:
    for number in range(15):
        assert client.create(f"Bot{number}").status == 201
    assert client.create("Bot15").status == 400
    for number in range(35):
        assert client.create(f"Free{number}", None).status == 201
    assert client.create("Free35", None).status == 400
    assert client.call("GET", "/functions/count?userId=1").json == 50


def test_code_with_a_mistake_is_refused_with_its_place(client: ContractClient) -> None:
    uuid = client.create().json["uuid"]
    answer = client.push(uuid, "async function lambda(input) {\n  return {;\n}\n")
    assert (answer.status, answer.code) == (400, INTERFACE_WRONG)
    assert re.match(r"index\.js:2:\d+: ", answer.json["message"])


@pytest.mark.parametrize(
    "code", ["const x = 1;", "", "async function lambda() { eval('1'); }", "async function handler() {}"]
)
def test_code_that_the_platform_cannot_run_is_refused(client: ContractClient, code: str) -> None:
    uuid = client.create().json["uuid"]
    client.push(uuid, SIMPLE)
    answer = client.push(uuid, code)
    assert (answer.status, answer.code) == (400, INTERFACE_WRONG)


def test_a_draft_can_be_deleted_and_a_deployed_function_not(client: ContractClient) -> None:
    draft, deployed = client.pushed("Draft"), client.deployed("Deployed")
    answer = client.call("DELETE", f"/functions/{draft}?userId=1")
    assert (answer.status, answer.text) == (204, "")
    assert client.call("DELETE", f"/functions/{deployed}").status == 400
    assert [function["name"] for function in client.call("GET", "/functions").json] == ["Deployed"]


def test_saving_code_or_size_of_a_deployed_function_makes_it_modified(client: ContractClient) -> None:
    first, second, third = (client.deployed(name) for name in ("First", "Second", "Third"))
    client.push(first, SIMPLE)
    client.call("PUT", f"/functions/{second}", {"size": "L"})
    client.call("PUT", f"/functions/{third}", {"description": "other"})
    assert [client.state(uuid) for uuid in (first, second, third)] == ["Modified", "Modified", "Productive"]


def test_unicode_comes_back_as_it_was(client: ContractClient) -> None:
    uuid = client.create(description="Grüße 👋 \u0000 \u2028").json["uuid"]
    code = "async function lambda() { return 'ü👋\u2028'; }"
    client.push(uuid, code, environment={"K": "ü👋"})
    data = client.call("GET", f"/functions/{uuid}").json
    assert data["description"] == "Grüße 👋 \u0000 \u2028"
    assert (data["manifest"]["code"], data["manifest"]["environment"]) == (code, {"K": "ü👋"})


def test_the_event_catalogue_holds_the_bot_events(client: ContractClient) -> None:
    listed = client.call("GET", "/events?userId=1").json
    assert all(set(event) == {"eventId", "eventName", "description", "lambdaLimit"} for event in listed)
    by_id = {event["eventId"]: event for event in listed}
    assert by_id[CUSTOM_INTEGRATION]["eventName"] == "Third-Party Bots Custom Integration"
    assert by_id[CUSTOM_INTEGRATION]["lambdaLimit"] == 15
    assert len(by_id) == 15
