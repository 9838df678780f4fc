"""Deployments over HTTP (functions-api §6, V1): one call deploys, whether it is the first time or again.

How a deployment went stands in the lambda's `lastDeployment`. No answer here carries a `uuid`: official clients
take its presence for a failure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.emulator.exchange import answer, path_value, resource
from faasctl.facts import permissions

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.deployments.work import Deployer
    from faasctl.emulator.sign_in.gate import Gate


def routes(deployer: Deployer, gate: Gate) -> list[Route]:
    async def deploy(request: Request) -> Response:
        caller = gate.user(request, permissions.DEPLOY)
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        await deployer.settle(account)
        deployer.deploy(account, uuid, redeploy=None, by=caller.login)
        return answer({"message": "started deployment process"}, 202)

    async def undeploy(request: Request) -> Response:
        caller = gate.user(request, permissions.DEPLOY)
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        await deployer.settle(account)
        deployer.undeploy(account, uuid, by=caller.login)
        return answer({"message": "started undeployment process"}, 202)

    return [resource("/api/account/{account}/deployments/{uuid}", post=deploy, delete=undeploy)]
