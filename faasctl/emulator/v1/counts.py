"""What an account uses of what it may use (functions-api §8, V1)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from faasctl.emulator.exchange import answer, path_value, resource
from faasctl.emulator.time_span import read_span
from faasctl.facts import limits, permissions
from faasctl.facts.states import DEPLOYED_STATES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.deployments.work import Deployer
    from faasctl.emulator.functions.state import Functions
    from faasctl.emulator.reports.state import Reports
    from faasctl.emulator.sign_in.gate import Gate


def routes(functions: Functions, reports: Reports, deployer: Deployer, gate: Gate) -> list[Route]:
    async def limit_counts(request: Request) -> Response:
        gate.user(request, permissions.REPORTS_V1)
        most = limits.FUNCTIONS_PER_ACCOUNT.of("v1")
        return answer(
            {
                "limitTotalLambdas": most,
                "limitDeployedLambdas": most,
                "invocationLimitPerMonth": limits.V1_INVOCATIONS_PER_MONTH,
            }
        )

    async def lambda_counts(request: Request) -> Response:
        gate.user(request, permissions.REPORTS_V1)
        account = path_value(request, "account")
        await deployer.settle(account)
        deployed = functions.find(account, in_states=sorted(DEPLOYED_STATES))
        return answer({"accountId": account, "total": functions.count(account), "deployed": len(deployed)})

    async def invocation_counts(request: Request) -> Response:
        gate.user(request, permissions.REPORTS_V1)
        account = path_value(request, "account")
        counts = reports.counts(account, read_span(request, now=time.time(), default_start=0))
        return answer(
            {
                "accountId": account,
                "successfulInvocations": sum(count["successfulInvocations"] for count in counts),
                "unsuccessfulInvocations": sum(count["failedInvocations"] for count in counts),
            }
        )

    base = "/api/account/{account}/reports"
    return [
        resource(f"{base}/limitCounts", get=limit_counts),
        resource(f"{base}/lambdaCounts", get=lambda_counts),
        resource(f"{base}/invocationCounts", get=invocation_counts),
    ]
