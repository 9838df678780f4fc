"""The operator's service: accounts and bots (ours; third-party-bots §1 and §12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.emulator.conftest import ContractClient

PREFIX = "faasctl.emulator."
CONSENT = {"by": "jane@example.com", "on": "2026-11-20"}


def _bot(uuid: str, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Order bot",
        "agent": {"loginName": "bot@example.com"},
        "errorHandling": {"skill": "Human Agents"},
        "vendor": {"functionUuid": uuid},
        **changes,
    }


def test_health_tells_who_answers_without_a_token(client: ContractClient) -> None:
    answer = client.send("GET", "/emulator/health")
    assert answer.status == 200
    assert set(answer.json) == {"name", "version", "instance", "pid"}
    assert (answer.json["instance"], answer.json["pid"]) == (client.endpoint.instance, client.endpoint.pid)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/emulator/requests"),
        ("GET", "/emulator/accounts/x"),
        ("PUT", "/emulator/accounts/x"),
        ("GET", "/emulator/accounts/x/credentials"),
        ("PUT", "/emulator/accounts/x/bots/b"),
        ("POST", "/emulator/accounts/x/bots/b/start"),
    ],
)
def test_every_other_call_needs_the_operators_token(client: ContractClient, method: str, path: str) -> None:
    client.sign_in()
    assert client.send(method, path, {}).status == 401
    assert client.send(method, path, {}, bearer=client.bearer).status == 403


def test_an_account_is_created_and_then_changed(client: ContractClient) -> None:
    path = "/accounts/a-new-one"
    assert client.operator("GET", path).status == 404
    made = client.operator("PUT", path, {"skills": ["A"], "deployDelay": 1.5})
    assert made.status == 201
    assert made.json == {
        "account": "a-new-one",
        "platform": "v2",
        "hosts": "emulator",
        "allowedDomains": [],
        "skills": ["A"],
        "agents": [],
        "imageHosts": [],
        "deployDelay": 1.5,
        "refuseStaleVersions": False,
        "looseLimits": False,
        "failAtLogLimit": False,
        "executionSeconds": 30.0,
        "secrets": {},
        "bots": [],
    }
    changed = client.operator("PUT", path, {"agents": ["b@example.com"]})
    assert (changed.status, changed.json["skills"], changed.json["agents"]) == (200, ["A"], ["b@example.com"])
    assert client.operator("GET", path).json == changed.json


@pytest.mark.parametrize(
    "body",
    [
        {"skills": "A"},
        {"skills": [1]},
        {"deployDelay": -1},
        {"deployDelay": True},
        {"deploydelay": 1},
        [],
        {"": 1},
    ],
)
def test_malformed_settings_are_refused(client: ContractClient, body: Any) -> None:
    answer = client.of_account("PUT", "", body)
    assert (answer.status, answer.code) == (400, PREFIX + "invalid")


def test_a_malformed_account_id_is_refused(client: ContractClient) -> None:
    assert client.operator("PUT", "/accounts/a%20b", {}).status == 400


def test_a_saved_bot_is_an_offline_draft_with_all_fields(client: ContractClient) -> None:
    uuid = client.pushed()
    answer = client.of_account("PUT", "/bots/order-bot", _bot(uuid))
    assert answer.status == 201
    assert answer.json == {
        "botId": "order-bot",
        "type": "AGENT",
        "name": "Order bot",
        "agent": {"loginName": "bot@example.com", "exclusive": True},
        "conversationType": "MESSAGING",
        "conversation": {
            "welcomeMessage": False,
            "combine": {"enabled": False, "max": 2, "windowSec": 2, "afterTypingSec": 2},
            "engagementAttributes": False,
            "warnAfterSec": None,
            "closeAfterSec": None,
        },
        "errorHandling": {
            "toCustomer": "",
            "toAgent": "",
            "failure": "",
            "skill": "Human Agents",
            "errorHook": None,
        },
        "vendor": {
            "kind": "FAAS",
            "functionUuid": uuid,
            "preHook": None,
            "postHook": None,
            "disclaimer": {"accepted": False, "by": None, "on": None, "at": None},
        },
        "state": "OFFLINE",
        "draft": True,
    }
    assert client.of_account("GET", "/bots/order-bot").json == answer.json
    assert client.of_account("GET", "").json["bots"] == [answer.json]


def test_what_was_read_can_be_saved_again_but_sets_neither_state_nor_consent(client: ContractClient) -> None:
    read = client.of_account("PUT", "/bots/b", _bot(client.pushed())).json
    read["state"], read["draft"], read["vendor"]["disclaimer"]["accepted"] = "ONLINE", False, True
    again = client.of_account("PUT", "/bots/b", read)
    assert again.status == 200
    assert (again.json["state"], again.json["draft"]) == ("OFFLINE", True)
    assert again.json["vendor"]["disclaimer"]["accepted"] is False


def test_a_bot_goes_online_with_consent_and_a_deployed_function(client: ContractClient) -> None:
    uuid = client.pushed()
    client.of_account("PUT", "/bots/b", _bot(uuid))
    refused = client.of_account("POST", "/bots/b/start")
    assert (refused.status, refused.code) == (409, PREFIX + "disclaimer-not-accepted")
    consent = client.of_account("PUT", "/bots/b/disclaimer", CONSENT).json
    assert consent["draft"] is False
    stored = consent["vendor"]["disclaimer"]
    assert (stored["accepted"], stored["by"], stored["on"]) == (True, "jane@example.com", "2026-11-20")
    assert stored["at"].endswith("Z")
    refused = client.of_account("POST", "/bots/b/start")
    assert (refused.status, refused.code) == (409, PREFIX + "function-not-deployed")
    client.call("POST", f"/deployments/{uuid}")
    client.wait_for_state(uuid, "Productive")
    started = client.of_account("POST", "/bots/b/start")
    assert (started.status, started.json["state"]) == (200, "ONLINE")
    assert client.of_account("POST", "/bots/b/start").json["state"] == "ONLINE"


def test_a_bot_is_edited_and_deleted_only_while_offline(client: ContractClient) -> None:
    bot = _bot(client.deployed())
    client.of_account("PUT", "/bots/b", bot)
    client.of_account("PUT", "/bots/b/disclaimer", CONSENT)
    client.of_account("POST", "/bots/b/start")
    for method, body in (("PUT", bot), ("DELETE", None)):
        refused = client.of_account(method, "/bots/b", body)
        assert (refused.status, refused.code) == (409, PREFIX + "bot-online")
    assert client.of_account("POST", "/bots/b/stop").json["state"] == "OFFLINE"
    edited = client.of_account("PUT", "/bots/b", {**bot, "name": "Another name"}).json
    assert (edited["name"], edited["draft"]) == ("Another name", False)
    assert client.of_account("DELETE", "/bots/b").status == 204
    assert client.of_account("GET", "/bots/b").status == 404


def test_a_hook_that_is_not_deployed_keeps_the_bot_offline(client: ContractClient) -> None:
    bot = _bot(client.deployed())
    bot["vendor"]["preHook"] = client.pushed("Hook", event="bot_connectors_pre_hook")
    client.of_account("PUT", "/bots/b", bot)
    client.of_account("PUT", "/bots/b/disclaimer", CONSENT)
    refused = client.of_account("POST", "/bots/b/start")
    assert (refused.status, refused.code) == (409, PREFIX + "function-not-deployed")
    assert "preHook" in refused.json["message"]


def test_what_a_bot_refers_to_must_be_there(client: ContractClient) -> None:
    uuid, hook = client.pushed(), client.pushed("Hook", event="bot_connectors_pre_hook")
    cases: list[tuple[dict[str, Any], str]] = [
        ({"agent": {"loginName": "nobody@example.com"}}, "unknown-agent"),
        ({"errorHandling": {"skill": "No such skill"}}, "unknown-skill"),
        ({"vendor": {"functionUuid": "nothing"}}, "unknown-function"),
        ({"vendor": {"functionUuid": hook}}, "wrong-event"),
        ({"vendor": {"functionUuid": uuid, "postHook": hook}}, "wrong-event"),
        ({"errorHandling": {"errorHook": uuid}}, "wrong-event"),
    ]
    for changes, code in cases:
        refused = client.of_account("PUT", "/bots/b", _bot(uuid, **changes))
        assert (refused.status, refused.code) == (400, PREFIX + code)
    assert client.of_account("GET", "/bots/b").status == 404


def test_an_agent_belongs_to_one_bot(client: ContractClient) -> None:
    uuid = client.pushed()
    assert client.of_account("PUT", "/bots/one", _bot(uuid)).status == 201
    refused = client.of_account("PUT", "/bots/two", _bot(uuid))
    assert (refused.status, refused.code) == (409, PREFIX + "agent-in-use")
    other = _bot(uuid, agent={"loginName": "other@example.com"})
    assert client.of_account("PUT", "/bots/two", other).status == 201


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": 5},
        {"type": "SURVEY"},
        {"conversationType": "FAX"},
        {"conversation": {"welcomeMessage": "yes"}},
        {"conversation": {"combine": {"max": True}}},
        {"conversation": []},
        {"surprise": 1},
        {"vendor": {"functionUuid": "x", "surprise": 1}},
        {"vendor": {}},
        {"agent": {}},
        {"botId": "another"},
    ],
)
def test_a_malformed_bot_is_refused(client: ContractClient, changes: dict[str, Any]) -> None:
    refused = client.of_account("PUT", "/bots/b", _bot("x", **changes))
    assert (refused.status, refused.code) == (400, PREFIX + "invalid")


@pytest.mark.parametrize(
    "body", [{}, {"by": "jane"}, {"by": "jane", "on": "yesterday"}, {"by": 1, "on": "2026-11-20"}]
)
def test_consent_names_a_person_and_a_day(client: ContractClient, body: dict[str, Any]) -> None:
    client.of_account("PUT", "/bots/b", _bot(client.pushed()))
    assert client.of_account("PUT", "/bots/b/disclaimer", body).status == 400
    assert client.of_account("GET", "/bots/b").json["draft"] is True


def test_the_requests_of_this_emulator_can_be_counted(client: ContractClient) -> None:
    client.call("GET", "/functions?userId=secret", headers={"X-Request-ID": "the-one"})
    listed = client.operator("GET", "/requests").json
    mine = [request for request in listed if request["requestId"] == "the-one"]
    assert mine == [{"method": "GET", "path": f"{client.base}/functions", "status": 200, "requestId": "the-one"}]
    assert len(listed) <= 1000
