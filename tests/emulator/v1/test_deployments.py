"""Deployments of lambdas (functions-api §4.4, §6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.emulator.v1.conftest import LambdaClient

NOBODY = "00000000-0000-4000-8000-000000000000"
LAST_DEPLOYMENT = {
    *("uuid", "name", "lambdaUUID", "lambdaVersion", "imageName", "deploymentState"),
    *("createdAt", "updatedAt", "deployedAt", "createdBy", "updatedBy"),
}


def test_a_deployment_stands_in_the_lambda(lambdas: LambdaClient) -> None:
    uuid = lambdas.create().json["uuid"]
    lambdas.deploy(uuid)
    found = lambdas.wait_for_state(uuid, "Productive")
    last = found["lastDeployment"]
    assert set(last) == LAST_DEPLOYMENT
    assert (last["lambdaUUID"], last["lambdaVersion"], last["name"]) == (uuid, 1, "Echo")
    assert last["deploymentState"] == "successful"
    assert last["createdBy"] == lambdas.client.credentials()["user"]["username"]


def test_the_same_call_deploys_again(lambdas: LambdaClient) -> None:
    uuid = lambdas.deployed(code="function lambda(input, callback) { callback(null, 1); }")
    changed = lambdas.change(uuid, code="function lambda(input, callback) { callback(null, 2); }")
    assert (changed.status, changed.json["state"]) == (202, "Modified")
    assert lambdas.test_call(uuid).json["result"] == 1
    lambdas.deploy(uuid)
    assert lambdas.wait_for_state(uuid, "Productive")["lastDeployment"]["lambdaVersion"] == 2
    assert lambdas.test_call(uuid).json["result"] == 2
    lambdas.deploy(uuid)  # and once more, with nothing changed
    lambdas.wait_for_deployment(uuid)


def test_a_failed_deployment_tells_why_in_the_lambda(lambdas: LambdaClient) -> None:
    uuid = lambdas.create(code="require('no-such-module');\nfunction lambda(i, callback) { callback(); }").json[
        "uuid"
    ]
    lambdas.deploy(uuid)
    last = lambdas.wait_for_deployment(uuid)
    assert set(last) == (LAST_DEPLOYMENT | {"deploymentError"}) - {"deployedAt"}
    assert set(last["deploymentError"]) == {"errorCode", "errorMsg", "errorLogs"}
    assert "no-such-module" in last["deploymentError"]["errorMsg"]
    assert lambdas.read(uuid)["state"] == "Draft"


def test_a_lambda_that_is_being_undeployed_is_marked(lambdas: LambdaClient) -> None:
    uuid = lambdas.deployed()
    lambdas.client.of_account("PUT", "", {"deployDelay": 0.5})
    answer = lambdas.call("DELETE", f"/deployments/{uuid}")
    assert (answer.status, answer.json) == (202, {"message": "started undeployment process"})
    assert lambdas.read(uuid)["state"] in ("Marked Undeployed", "Draft")
    lambdas.wait_for_state(uuid, "Draft")
    assert lambdas.call("GET", "/lambdas", query="&state=Marked%20Undeployed").json == []


def test_the_filter_finds_lambdas_that_are_marked_undeployed(lambdas: LambdaClient) -> None:
    uuid = lambdas.deployed()
    lambdas.client.of_account("PUT", "", {"deployDelay": 600})
    lambdas.call("DELETE", f"/deployments/{uuid}")
    listed = lambdas.call("GET", "/lambdas", query="&state=Marked%20Undeployed").json
    assert [found["uuid"] for found in listed] == [uuid]
    assert lambdas.call("GET", "/lambdas", query="&state=Productive").json == []
    busy = lambdas.change(uuid, description="changed")
    assert (busy.status, set(busy.json)) == (409, {"errorCode", "errorMsg"})


def test_a_second_deployment_is_refused_while_one_runs(lambdas: LambdaClient) -> None:
    lambdas.client.of_account("PUT", "", {"deployDelay": 600})
    uuid = lambdas.create().json["uuid"]
    lambdas.deploy(uuid)
    second = lambdas.call("POST", f"/deployments/{uuid}")
    assert (second.status, set(second.json)) == (409, {"errorCode", "errorMsg"})
    assert lambdas.read(uuid)["lastDeployment"]["deploymentState"] == "deploying"


def test_a_fourth_deployment_at_the_same_time_is_refused(lambdas: LambdaClient) -> None:
    lambdas.client.of_account("PUT", "", {"deployDelay": 600})
    for name in ("One", "Two", "Three"):
        lambdas.deploy(lambdas.create(name).json["uuid"])
    fourth = lambdas.call("POST", f"/deployments/{lambdas.create('Four').json['uuid']}")
    assert (fourth.status, set(fourth.json)) == (409, {"errorCode", "errorMsg"})


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_an_unknown_lambda_is_not_deployed(lambdas: LambdaClient, method: str) -> None:
    answer = lambdas.call(method, f"/deployments/{NOBODY}")
    assert (answer.status, answer.json["errorCode"]) == (404, "com.liveperson.faas.es.missinglambda")


def test_what_was_never_deployed_cannot_be_undeployed(lambdas: LambdaClient) -> None:
    answer = lambdas.call("DELETE", f"/deployments/{lambdas.create().json['uuid']}")
    assert (answer.status, "uuid" in answer.json) == (404, False)
