"""Deployments (functions-api §6) and the states that they lead to (§4.4)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.emulator.conftest import ContractClient

NOBODY = "00000000-0000-4000-8000-000000000000"
RECORD = {
    *("id", "uuid", "functionUuid", "manifestUUID", "manifestVersion", "deploymentState", "createdAt"),
    *("updatedAt", "deployedAt", "createdBy", "updatedBy", "functionSize", "cpu", "memory"),
}
V1 = "async function lambda() { return 'one'; }"
V2 = "async function lambda() { return 'two'; }"
UNLOADABLE = "import nothing from 'no-such-module';\nasync function lambda() { return nothing; }"


def _deploy(client: ContractClient, uuid: str, method: str = "POST") -> int:
    return client.call(method, f"/deployments/{uuid}?userId=1").status


def test_a_deployment_makes_a_draft_productive(client: ContractClient) -> None:
    uuid = client.pushed()
    answer = client.call("POST", f"/deployments/{uuid}?userId=1")
    assert (answer.status, answer.json) == (202, {"message": "started deployment process"})
    client.wait_for_state(uuid, "Productive")
    (record,) = client.call("GET", "/deployments?userId=1").json
    assert set(record) == RECORD
    assert (record["functionUuid"], record["manifestVersion"]) == (uuid, 1)
    assert (record["deploymentState"], record["functionSize"]) == ("successful", "S")
    assert (record["cpu"], record["memory"]) == (0.083, 256)
    assert isinstance(record["id"], int)
    assert record["manifestUUID"] == client.call("GET", f"/functions/{uuid}").json["manifest"]["id"]


def test_without_delay_the_next_read_sees_the_end(client: ContractClient) -> None:
    uuid = client.pushed()
    _deploy(client, uuid)
    assert client.state(uuid) == "Productive"


def test_with_a_delay_the_function_stays_a_draft_meanwhile(client: ContractClient) -> None:
    client.of_account("PUT", "", {"deployDelay": 0.4})
    uuid = client.pushed()
    started = time.monotonic()
    _deploy(client, uuid)
    assert client.state(uuid) == "Draft"
    (record,) = client.call("GET", "/deployments").json
    assert record["deploymentState"] == "deploying"
    assert "deployedAt" not in record
    assert client.invoke(uuid).status == 404
    client.wait_for_state(uuid, "Productive")
    assert time.monotonic() - started >= 0.4


def test_while_a_deployment_runs_nothing_may_change(client: ContractClient) -> None:
    client.of_account("PUT", "", {"deployDelay": 30})
    uuid = client.pushed()
    _deploy(client, uuid)
    assert _deploy(client, uuid) == 409
    assert _deploy(client, uuid, "DELETE") == 409
    assert client.push(uuid, V2).status == 409
    assert client.call("PUT", f"/functions/{uuid}", {"description": "new"}).status == 409
    assert client.call("DELETE", f"/functions/{uuid}").status == 409


def test_three_deployments_run_at_the_same_time_and_no_fourth(client: ContractClient) -> None:
    client.of_account("PUT", "", {"deployDelay": 30})
    uuids = [client.pushed(f"F{number}") for number in range(4)]
    assert [_deploy(client, uuid) for uuid in uuids] == [202, 202, 202, 409]


def test_a_modified_function_serves_the_old_code_until_it_is_redeployed(client: ContractClient) -> None:
    client.of_account("PUT", "", {"deployDelay": 0.2})
    uuid = client.deployed(code=V1)
    client.push(uuid, V2)
    assert client.state(uuid) == "Modified"
    assert client.invoke(uuid).json == "one"
    answer = client.call("PATCH", f"/deployments/{uuid}?userId=1")
    assert answer.status == 202
    assert "uuid" not in answer.json
    assert client.state(uuid) == "Modified"
    assert client.call("GET", "/deployments").json[0]["deploymentState"] == "redeploying"
    assert client.invoke(uuid).json == "one"
    client.wait_for_state(uuid, "Productive")
    assert client.invoke(uuid).json == "two"


def test_only_a_modified_function_is_redeployed_and_it_only_so(client: ContractClient) -> None:
    draft, productive = client.pushed("Draft"), client.deployed("Productive")
    assert _deploy(client, draft, "PATCH") == 400
    assert _deploy(client, productive, "PATCH") == 400
    client.push(productive, V2)
    assert _deploy(client, productive, "POST") == 400
    assert _deploy(client, productive, "PATCH") == 202


def test_a_productive_function_may_be_deployed_again(client: ContractClient) -> None:
    uuid = client.deployed()
    assert _deploy(client, uuid) == 202
    client.wait_for_deployment()
    assert client.state(uuid) == "Productive"


def test_a_function_without_code_cannot_be_deployed(client: ContractClient) -> None:
    uuid = client.create().json["uuid"]
    answer = client.call("POST", f"/deployments/{uuid}")
    assert (answer.status, answer.code) == (400, "com.liveperson.faas.fm.validation.interface-wrong")


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_an_unknown_function_cannot_be_deployed(client: ContractClient, method: str) -> None:
    assert _deploy(client, NOBODY, method) == 404


def test_code_that_cannot_be_loaded_fails_the_deployment(client: ContractClient) -> None:
    uuid = client.pushed(code=UNLOADABLE)
    assert _deploy(client, uuid) == 202
    record = client.wait_for_deployment()
    assert record["deploymentState"] == "failed"
    assert set(record["deploymentError"]) == {"errorCode", "errorMsg", "errorLogs"}
    assert "no-such-module" in record["deploymentError"]["errorMsg"]
    assert client.state(uuid) == "Draft"


def test_a_failed_redeployment_leaves_the_old_code_serving(client: ContractClient) -> None:
    uuid = client.deployed(code=V1)
    client.push(uuid, UNLOADABLE)
    _deploy(client, uuid, "PATCH")
    assert client.wait_for_deployment()["deploymentState"] == "failed"
    assert client.state(uuid) == "Modified"
    assert client.invoke(uuid).json == "one"


def test_a_tests_script_lets_the_next_deployment_fail_and_only_that(client: ContractClient) -> None:
    uuid = client.pushed()
    client.of_account("PUT", "/next-deployment", {"outcome": "failed", "reason": "no room left"})
    _deploy(client, uuid)
    assert client.wait_for_deployment()["deploymentError"]["errorMsg"] == "no room left"
    assert client.state(uuid) == "Draft"
    _deploy(client, uuid)
    assert client.wait_for_deployment()["deploymentState"] == "successful"


def test_undeploying_ends_the_serving_after_the_delay(client: ContractClient) -> None:
    client.of_account("PUT", "", {"deployDelay": 0.3})
    uuid = client.deployed(code=V1)
    answer = client.call("DELETE", f"/deployments/{uuid}?userId=1")
    assert (answer.status, answer.json) == (202, {"message": "started undeployment process"})
    assert client.state(uuid) == "Productive"
    assert client.invoke(uuid).json == "one"
    assert client.push(uuid, V2).status == 409
    assert _deploy(client, uuid) == 409
    client.wait_for_state(uuid, "Draft")
    assert client.invoke(uuid).status == 404
    assert "undeployedAt" in client.call("GET", "/deployments").json[0]
    assert client.call("DELETE", f"/functions/{uuid}").status == 204


def test_a_draft_cannot_be_undeployed(client: ContractClient) -> None:
    assert _deploy(client, client.pushed(), "DELETE") == 404


def test_the_newest_five_deployments_of_a_function_are_kept_newest_first(client: ContractClient) -> None:
    uuid = client.deployed()
    for _ in range(6):
        assert _deploy(client, uuid) == 202
        client.wait_for_deployment()
    records = client.call("GET", "/deployments").json
    assert len(records) == 5
    assert [record["id"] for record in records] == sorted((record["id"] for record in records), reverse=True)
    assert client.call("GET", "/deployments/count").json == 5


def test_the_served_version_outlives_five_newer_ones(client: ContractClient) -> None:
    uuid = client.deployed(code=V1)
    for number in range(7):
        client.push(uuid, f"async function lambda() {{ return {number}; }}")
    assert client.invoke(uuid).json == "one"
    assert len(client.call("GET", f"/functions/{uuid}").json["versions"]) == 5
