"""What an account uses of what it may use (functions-api §8, V1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.emulator.v1.conftest import LambdaClient


def test_the_limits_of_the_account_are_told(lambdas: LambdaClient) -> None:
    answer = lambdas.call("GET", "/reports/limitCounts")
    assert answer.status == 200
    assert answer.json == {
        "limitTotalLambdas": 50,
        "limitDeployedLambdas": 50,
        "invocationLimitPerMonth": 150_000,
    }


def test_lambdas_are_counted_all_and_deployed(lambdas: LambdaClient) -> None:
    lambdas.create("Draft")
    lambdas.deployed("Deployed")
    answer = lambdas.call("GET", "/reports/lambdaCounts")
    assert answer.json == {"accountId": lambdas.account, "total": 2, "deployed": 1}


def test_external_invocations_are_counted_and_tests_are_not(lambdas: LambdaClient) -> None:
    path = f"/lambdas/{lambdas.deployed()}/invoke"
    lambdas.invoke(path)
    lambdas.invoke(path)
    lambdas.invoke(path, {"boom": True})
    lambdas.test_call(path.split("/")[2])
    answer = lambdas.call("GET", "/reports/invocationCounts", query="&startTimestamp=0")
    assert answer.json == {
        "accountId": lambdas.account,
        "successfulInvocations": 2,
        "unsuccessfulInvocations": 1,
    }


@pytest.mark.parametrize("report", ["limitCounts", "lambdaCounts", "invocationCounts"])
def test_every_role_reads_reports(lambdas: LambdaClient, report: str) -> None:
    made = lambdas.client.of_account("PUT", "/users/v@example.com", {"roles": ["FaaS-Invocation"]}).json
    lambdas.client.bearer = lambdas.client.login(made).json["bearer"]
    assert lambdas.call("GET", f"/reports/{report}").status == 200
    assert lambdas.client.send("GET", f"{lambdas.client.base}/reports/{report}").status == 401
