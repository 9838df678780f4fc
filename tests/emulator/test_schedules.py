"""Schedules over HTTP (functions-api §9), and that they really run."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.emulator.server import Emulator
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from faasctl.emulator.endpoint import Endpoint
    from tests.emulator.conftest import Answer, ContractClient, OpenClient

NOBODY = "00000000-0000-4000-8000-000000000000"
SHAPE = {
    "id",
    "uuid",
    "functionUuid",
    "lambdaUUID",
    "cronExpression",
    "isActive",
    "description",
    "timeZone",
    "nextExecution",
    "lastExecution",
    "didLastExecutionFail",
    "createdBy",
    "invocationBody",
}
LOGGING = """async function lambda(input) {
  console.info("scheduled", { payload: input.payload, headers: input.headers });
  if (input.payload.fail) throw new Error("boom");
}
"""
YEARLY = "0 0 1 1 *"
"""Not due while a test runs."""


def create(client: ContractClient, uuid: str, cron: str = YEARLY, **more: Any) -> Answer:
    """As the type of V2 has it."""
    return client.call("POST", "/schedules?userId=1", {"functionUuid": uuid, "cronExpression": cron, **more})


def created(client: ContractClient, uuid: str, cron: str = YEARLY, **more: Any) -> Any:
    answer = create(client, uuid, cron, **more)
    assert answer.status == 201, answer.text
    return answer.json


def ran(client: ContractClient, schedule_id: str) -> Any:
    """The schedule, once it has run and the outcome is known."""

    def known() -> Any:
        schedule = client.call("GET", f"/schedules/{schedule_id}").json
        told = schedule["lastExecution"] is not None and logged(client, schedule["functionUuid"])
        return schedule if told else None

    return until(known, "a run of the schedule")


def logged(client: ContractClient, uuid: str) -> list[str]:
    path = f"/functions/{uuid}/logs/export?startTimestamp={int(time.time() * 1000) - 600_000}"
    return client.call("GET", path).text.splitlines()[1:]


def test_a_schedule_is_created_as_the_official_client_asks(client: ContractClient) -> None:
    uuid = client.deployed()
    body = {"timestamp": 0, "lambdaUUID": uuid, "cronExpression": "* * * * *", "isActive": True, "uuid": ""}
    answer = client.call("POST", "/schedules?userId=1", body)
    assert (answer.status, set(answer.json)) == (201, SHAPE)
    made = answer.json
    assert made["id"] == made["uuid"] != ""
    assert made["functionUuid"] == made["lambdaUUID"] == uuid
    assert (made["timeZone"], made["isActive"], made["didLastExecutionFail"]) == ("Etc/UTC", True, False)
    assert made["lastExecution"] is None
    next_at = datetime.fromisoformat(made["nextExecution"].replace("Z", "+00:00"))
    assert timedelta(seconds=-5) < next_at - datetime.now(timezone.utc) <= timedelta(minutes=1)
    client.call("DELETE", f"/schedules/{made['id']}")


def test_schedules_are_listed_read_changed_and_deleted(client: ContractClient) -> None:
    uuid = client.deployed()
    first = created(client, uuid, description="first")
    second = created(client, uuid, "0 12 * * *", timeZone="Europe/Berlin", isActive=False)
    assert second["nextExecution"] is None
    assert client.call("GET", "/schedules?userId=1").json == [first, second]
    assert client.call("GET", f"/schedules/{first['id']}").json == first
    body = {"isActive": True, "description": "noon", "invocationBody": {"payload": {"a": 1}}}
    changed = client.call("PUT", f"/schedules/{second['id']}", body)
    assert changed.status == 202
    assert changed.json == {
        **second,
        "isActive": True,
        "description": "noon",
        "nextExecution": changed.json["nextExecution"],
        "invocationBody": {"headers": [], "payload": {"a": 1}},
    }
    assert changed.json["nextExecution"] is not None
    assert client.call("DELETE", f"/schedules/{first['id']}").status == 204
    assert [entry["id"] for entry in client.call("GET", "/schedules").json] == [second["id"]]
    assert client.call("GET", f"/schedules/{first['id']}").status == 404


def test_a_schedule_that_is_due_invokes_the_function_with_its_body(client: ContractClient) -> None:
    uuid = client.deployed(code=LOGGING)
    body = {"headers": {"X-From": "the clock"}, "payload": {"a": 1}}
    made = created(client, uuid, invocationBody=body)
    due = client.of_account("POST", f"/schedules/{made['id']}/run")
    assert due.status == 202
    after = ran(client, made["id"])
    (line,) = logged(client, uuid)
    extras = json.loads(line.split(";")[-1].strip('"').replace('""', '"'))
    assert extras == [{"payload": {"a": 1}, "headers": [{"key": "X-From", "value": "the clock"}]}]
    assert after["didLastExecutionFail"] is False
    assert after["nextExecution"] == made["nextExecution"]
    counts = client.call("GET", "/reports/invocationCounts").json
    assert counts == [{"successfulInvocations": 1, "failedInvocations": 0}]


def test_a_run_that_fails_is_told(client: ContractClient) -> None:
    uuid = client.deployed(code=LOGGING)
    made = created(client, uuid, invocationBody={"payload": {"fail": True}})
    client.of_account("POST", f"/schedules/{made['id']}/run")
    ran(client, made["id"])
    path = f"/schedules/{made['id']}"
    assert until(lambda: client.call("GET", path).json["didLastExecutionFail"], "the failure being told")


def test_only_the_operator_lets_a_schedule_run_and_only_an_active_one(client: ContractClient) -> None:
    made = created(client, client.deployed(), isActive=False)
    path = f"/schedules/{made['id']}/run"
    assert client.call("POST", f"/../../../emulator/accounts/{client.account}{path}").status in (403, 404)
    assert client.send("POST", f"/emulator/accounts/{client.account}{path}", bearer=client.bearer).status == 403
    assert client.of_account("POST", path).status == 400
    assert client.of_account("POST", f"/schedules/{NOBODY}/run").status == 404


def test_only_deployed_functions_are_scheduled(client: ContractClient) -> None:
    draft, deployed = client.pushed("Draft"), client.deployed("Deployed")
    assert create(client, draft).status == 400
    assert create(client, NOBODY).status == 404
    made = created(client, deployed)
    assert client.call("PUT", f"/schedules/{made['id']}", {"functionUuid": draft}).status == 400


def test_undeploying_a_function_deletes_its_schedules_and_no_others(client: ContractClient) -> None:
    goes, stays = client.deployed("Goes"), client.deployed("Stays")
    created(client, goes)
    kept = created(client, stays)
    client.call("DELETE", f"/deployments/{goes}")
    client.wait_for_state(goes, "Draft")
    assert client.call("GET", "/schedules").json == [kept]


def test_an_account_holds_fifty_schedules(client: ContractClient) -> None:
    uuid = client.deployed()
    assert [create(client, uuid).status for _ in range(51)] == [201] * 50 + [400]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"cronExpression": "*/5" + " " * 110 + "* * * *"}, 201),
        ({"cronExpression": "*/5" + " " * 111 + "* * * *"}, 400),
        ({"cronExpression": "* * * * * *"}, 400),
        ({"cronExpression": "0 0 31 2 *"}, 400),
        ({"cronExpression": 5}, 400),
        ({"cronExpression": None}, 400),
        ({"description": "d" * 200}, 201),
        ({"description": "d" * 201}, 400),
        ({"invocationBody": {"payload": "p" * 14_998}}, 201),
        ({"invocationBody": {"payload": "p" * 14_999}}, 400),
        ({"invocationBody": []}, 400),
        ({"invocationBody": {"headers": ["x"]}}, 400),
        ({"invocationBody": {"headers": {"a": 1}}}, 400),
        ({"timeZone": "Asia/Tokyo"}, 201),
        ({"timeZone": "Asia/Nowhere"}, 400),
        ({"timeZone": 9}, 400),
        ({"isActive": "yes"}, 400),
        ({"functionUuid": 5}, 400),
        ({"functionUuid": None}, 400),
        ({"lambdaUUID": NOBODY}, 400),
    ],
)
def test_a_schedule_follows_the_rules(client: ContractClient, change: dict[str, Any], status: int) -> None:
    body = {"functionUuid": client.deployed(), "cronExpression": YEARLY, **change}
    assert client.call("POST", "/schedules", body).status == status


def test_a_refused_change_changes_nothing(client: ContractClient) -> None:
    made = created(client, client.deployed())
    path = f"/schedules/{made['id']}"
    assert client.call("PUT", path, {"description": "new", "cronExpression": "no"}).status == 400
    assert client.call("PUT", path, {"description": "new", "timeZone": "Moon"}).status == 400
    assert client.call("PUT", path, raw=b"[]").status == 400
    assert client.call("GET", path).json == made


def test_another_accounts_schedule_is_not_found(
    client: ContractClient, endpoint: Endpoint, open_client: OpenClient
) -> None:
    made = created(client, client.deployed())
    other = open_client(endpoint)
    for method in ("GET", "PUT", "DELETE"):
        body: Any = {} if method == "PUT" else None
        assert other.call(method, f"/schedules/{made['id']}", body).status == 404
    assert other.call("GET", "/schedules").json == []


def test_schedules_need_a_role_that_may(client: ContractClient) -> None:
    uuid = client.deployed()
    caller = client.of_account("PUT", "/users/caller@example.com", {"roles": ["FaaS-Invocation"]}).json
    admin = client.of_account("PUT", "/users/admin@example.com", {"roles": ["FaaS-Admin"]}).json
    client.bearer = client.login(caller).json["bearer"]
    assert client.call("GET", "/schedules").status == 403
    assert create(client, uuid).status == 403
    client.bearer = client.login(admin).json["bearer"]
    assert create(client, uuid).status == 201


def test_v1_takes_ten_schedules_in_utc_with_smaller_payloads(endpoint: Endpoint, open_client: OpenClient) -> None:
    client = open_client(endpoint, platform="v1")
    client.bearer = endpoint.operator_token
    uuid = _deployed_lambda(client)
    assert create(client, uuid, timeZone="Europe/Berlin").status == 400
    assert create(client, uuid, invocationBody={"payload": "p" * 7_999}).status == 400
    assert create(client, uuid, invocationBody={"payload": "p" * 7_998}).status == 201
    assert [create(client, uuid, timeZone="UTC").status for _ in range(10)] == [201] * 9 + [400]


def _deployed_lambda(client: ContractClient) -> str:
    implementation: dict[str, Any] = {
        "code": "function lambda(input, callback) { callback(null, 'hi'); }",
        "dependencies": [],
        "environmentVariables": [],
    }
    body = {"name": "Old", "description": "d", "state": "Draft", "implementation": implementation}
    made = client.call("POST", "/lambdas?v=1", body)
    assert made.status == 201, made.text
    uuid = str(made.json["uuid"])
    assert client.call("POST", f"/deployments/{uuid}?v=1").status < 300
    path = f"/lambdas/{uuid}?v=1"
    until(lambda: client.call("GET", path).json[0]["state"] == "Productive", "the deployment")
    return uuid


def test_schedules_outlive_a_stop(folder: Path, open_client: OpenClient) -> None:
    with Emulator(folder) as emulator:
        client = open_client(emulator.endpoint)
        account, uuid = client.account, client.deployed(code=LOGGING)
        made = created(client, uuid)
    with Emulator(folder) as emulator:
        client = open_client(emulator.endpoint, account)
        assert client.call("GET", "/schedules").json == [made]
        client.of_account("POST", f"/schedules/{made['id']}/run")
        assert ran(client, made["id"])["lastExecution"] is not None
