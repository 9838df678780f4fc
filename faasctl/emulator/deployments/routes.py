"""Deployments over HTTP (functions-api §6, V2).

No answer to a write carries a `uuid`: official clients take its presence for a failure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.emulator.exchange import answer, path_value, resource
from faasctl.facts import permissions

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.deployments.state import Deployments
    from faasctl.emulator.deployments.work import Deployer
    from faasctl.emulator.sign_in.gate import Gate


def routes(deployments: Deployments, deployer: Deployer, gate: Gate) -> list[Route]:
    async def start(request: Request, *, redeploy: bool) -> Response:
        caller = gate.user(request, permissions.DEPLOY)
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        await deployer.settle(account)
        deployer.deploy(account, uuid, redeploy=redeploy, by=caller.login)
        return answer({"message": "started deployment process"}, 202)

    async def deploy(request: Request) -> Response:
        return await start(request, redeploy=False)

    async def redeploy(request: Request) -> Response:
        return await start(request, redeploy=True)

    async def undeploy(request: Request) -> Response:
        caller = gate.user(request, permissions.DEPLOY)
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        await deployer.settle(account)
        deployer.undeploy(account, uuid, by=caller.login)
        return answer({"message": "started undeployment process"}, 202)

    async def list_all(request: Request) -> Response:
        gate.user(request, permissions.READ)
        account = path_value(request, "account")
        await deployer.settle(account)
        return answer(deployments.records(account))

    async def count(request: Request) -> Response:
        gate.user(request, permissions.READ)
        return answer(deployments.count(path_value(request, "account")))

    base = "/api/account/{account}/deployments"
    return [
        resource(base, get=list_all),
        resource(f"{base}/count", get=count),
        resource(f"{base}/{{uuid}}", post=deploy, patch=redeploy, delete=undeploy),
    ]
