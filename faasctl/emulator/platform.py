"""The whole platform put together: state, services, one router."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Router

from faasctl.emulator import domains, events
from faasctl.emulator.accounts import Accounts
from faasctl.emulator.context_store.routes import ContextRoutes
from faasctl.emulator.context_store.state import ContextStore
from faasctl.emulator.deployments import routes as deployment_routes
from faasctl.emulator.deployments.state import Deployments
from faasctl.emulator.deployments.work import Deployer
from faasctl.emulator.faults import routes as fault_routes
from faasctl.emulator.faults.layer import FaultLayer
from faasctl.emulator.faults.plan import FaultPlans
from faasctl.emulator.faults.work import FaultWork
from faasctl.emulator.front import Front, nothing_here
from faasctl.emulator.functions.code import CodeReader
from faasctl.emulator.functions.routes import FunctionRoutes
from faasctl.emulator.functions.state import Functions
from faasctl.emulator.invocation import isolation
from faasctl.emulator.invocation.gateway import Gateway
from faasctl.emulator.invocation.recording import Recorder
from faasctl.emulator.invocation.routes import InvocationRoutes
from faasctl.emulator.invocation.serving import Serving
from faasctl.emulator.logs import routes as log_routes
from faasctl.emulator.logs.state import Logs
from faasctl.emulator.oauth import routes as oauth_routes
from faasctl.emulator.oauth.state import AppTokens
from faasctl.emulator.operator.bots import Bots
from faasctl.emulator.operator.routes import OperatorRoutes
from faasctl.emulator.reports import routes as report_routes
from faasctl.emulator.reports.state import Reports
from faasctl.emulator.schedules.routes import ScheduleRoutes
from faasctl.emulator.schedules.state import Schedules
from faasctl.emulator.schedules.work import Scheduler
from faasctl.emulator.secrets.routes import SecretRoutes
from faasctl.emulator.secrets.state import Secrets
from faasctl.emulator.sign_in import routes as sign_in_routes
from faasctl.emulator.sign_in.gate import Gate
from faasctl.emulator.sign_in.state import Sessions
from faasctl.emulator.v1 import counts, proxy_settings, runtimes
from faasctl.emulator.v1 import deployments as lambda_deployments
from faasctl.emulator.v1.allow_list import AllowList
from faasctl.emulator.v1.dialect import Dialects
from faasctl.emulator.v1.invocation import LambdaInvocationRoutes
from faasctl.emulator.v1.lambdas import LambdaRoutes

if TYPE_CHECKING:
    from faasctl.emulator.runtime.host import FunctionHost
    from faasctl.emulator.sealing import Seal
    from faasctl.emulator.store import Store
    from faasctl.javascript.inspector import Inspector


class Platform:
    """`application` is what the server serves; `close` ends what runs by itself: schedules, deployments."""

    def __init__(
        self,
        store: Store,
        host: FunctionHost,
        inspector: Inspector,
        seal: Seal,
        *,
        process: int,
        instance: str,
    ) -> None:
        accounts = Accounts(store)
        functions = Functions(store, seal)
        secrets = Secrets(store, accounts, seal)
        allow_list = AllowList(store, accounts)
        serving = Serving(store, functions, allow_list.for_functions, accounts.settings)
        deployments = Deployments(store, functions, accounts, f"{process}:{instance}")
        sessions = Sessions(store, accounts)
        app_tokens = AppTokens(store, accounts)
        gate = Gate(sessions, app_tokens)
        self.deployer = Deployer(deployments, serving, host)
        self._recorder = Recorder(store)
        gateway = Gateway(host, self._recorder)
        schedules = Schedules(store, functions)
        self._scheduler = Scheduler(schedules, serving, gateway)
        v1, v2 = (Router(redirect_slashes=False, default=nothing_here) for _ in ("v1", "v2"))
        faults = FaultPlans()
        prepare = FaultWork(accounts, sessions, deployments).prepare
        self.application = Front(
            Dialects(accounts, v1=FaultLayer(v1, faults, prepare), v2=FaultLayer(v2, faults, prepare))
        )
        code = CodeReader(inspector)
        reports = Reports(store, functions, self._recorder)
        invocation = InvocationRoutes(serving, gateway, host, self.deployer, gate)
        v2_export, v1_export = log_routes.routes(Logs(store, functions, self._recorder), gate)
        # A route is looked for from the front, so what is called most comes first, and fixed paths come before
        # those with a uuid.
        v1.routes += [
            *LambdaInvocationRoutes(invocation, functions).routes(),
            *LambdaRoutes(functions, deployments, self.deployer, code, accounts, gate).routes(),
            *lambda_deployments.routes(self.deployer, gate),
            *counts.routes(functions, reports, self.deployer, gate),
            *proxy_settings.routes(allow_list, gate),
            *runtimes.routes(gate),
            v1_export,
        ]
        v2.routes += [
            *invocation.routes(),
            *FunctionRoutes(functions, self.deployer, code, accounts, gate).routes(),
            *deployment_routes.routes(deployments, self.deployer, gate),
            v2_export,
        ]
        both = [
            *isolation.routes(host, gate),
            *report_routes.routes(reports, accounts, gate),
            *ScheduleRoutes(schedules, self._scheduler, self.deployer, accounts, gate).routes(),
            *events.routes(gate),
            *domains.routes(accounts),
            *sign_in_routes.routes(sessions, accounts),
            *oauth_routes.routes(app_tokens),
            *fault_routes.routes(faults, accounts, gate, self.deployer.hurry),
            *ContextRoutes(ContextStore(store), accounts).routes(),
            *SecretRoutes(secrets, accounts, gate, operator_token=store.identity("operator_token") or "").routes(),
            *OperatorRoutes(
                accounts,
                allow_list,
                secrets,
                Bots(store, accounts, functions),
                self.deployer,
                gate,
                instance=instance,
                requests=self.application.requests,
            ).routes(),
        ]
        v1.routes += both
        v2.routes += both

    def start(self) -> None:
        """Starts what runs by the clock."""
        self._scheduler.start()

    async def close(self) -> None:
        await self._scheduler.close()
        await self.deployer.close()
        self._recorder.flush()
