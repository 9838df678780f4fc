"""The whole platform put together: state, services, one router."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Router

from faasctl.emulator import domains, events
from faasctl.emulator.accounts import Accounts
from faasctl.emulator.deployments import routes as deployment_routes
from faasctl.emulator.deployments.state import Deployments
from faasctl.emulator.deployments.work import Deployer
from faasctl.emulator.front import Front, nothing_here
from faasctl.emulator.functions.code import CodeReader
from faasctl.emulator.functions.routes import FunctionRoutes
from faasctl.emulator.functions.state import Functions
from faasctl.emulator.invocation.routes import InvocationRoutes
from faasctl.emulator.invocation.serving import Serving
from faasctl.emulator.oauth import routes as oauth_routes
from faasctl.emulator.oauth.state import AppTokens
from faasctl.emulator.operator.bots import Bots
from faasctl.emulator.operator.routes import OperatorRoutes
from faasctl.emulator.sign_in import routes as sign_in_routes
from faasctl.emulator.sign_in.gate import Gate
from faasctl.emulator.sign_in.state import Sessions

if TYPE_CHECKING:
    from faasctl.emulator.runtime.host import FunctionHost
    from faasctl.emulator.store import Store
    from faasctl.javascript.inspector import Inspector


class Platform:
    """`application` is what the server serves; `close` ends the deployments that run."""

    def __init__(
        self, store: Store, host: FunctionHost, inspector: Inspector, *, process: int, instance: str
    ) -> None:
        accounts = Accounts(store)
        functions = Functions(store)
        serving = Serving(store, functions)
        deployments = Deployments(store, functions, accounts, f"{process}:{instance}")
        sessions = Sessions(store, accounts)
        app_tokens = AppTokens(store, accounts)
        gate = Gate(sessions, app_tokens)
        self.deployer = Deployer(deployments, serving, host)
        router = Router(redirect_slashes=False, default=nothing_here)
        self.application = Front(router)
        # A route is looked for from the front, so what is called most comes first, and fixed paths come before
        # those with a uuid.
        router.routes += [
            *InvocationRoutes(serving, host, self.deployer, gate).routes(),
            *FunctionRoutes(functions, self.deployer, CodeReader(inspector), accounts, gate).routes(),
            *deployment_routes.routes(deployments, self.deployer, gate),
            *events.routes(gate),
            *domains.routes(accounts),
            *sign_in_routes.routes(sessions),
            *oauth_routes.routes(app_tokens),
            *OperatorRoutes(
                accounts,
                Bots(store, accounts, functions),
                self.deployer,
                gate,
                instance=instance,
                requests=self.application.requests,
            ).routes(),
        ]

    async def close(self) -> None:
        await self.deployer.close()
