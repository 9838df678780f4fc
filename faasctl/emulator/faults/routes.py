"""Fault plans over HTTP, below /emulator/; every call needs the operator's token."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from faasctl.emulator.exchange import answer, json_object, nothing, path_value, resource
from faasctl.emulator.faults.plan import FaultPlan
from faasctl.emulator.faults.reading import read_plan, written_plan
from faasctl.emulator.operator import errors
from faasctl.emulator.refusals import MalformedBody

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.faults.plan import FaultPlans
    from faasctl.emulator.sign_in.gate import Gate

PATH = "/emulator/accounts/{account}/faults"


def routes(plans: FaultPlans, accounts: Accounts, gate: Gate, release: Callable[[str], None]) -> list[Route]:
    """`release` ends what hangs in an account, once its plan is gone or another one is there."""

    def account_of(request: Request) -> str:
        gate.operator(request)
        account = path_value(request, "account")
        if not accounts.exists(account):
            raise errors.no_account(account)
        return account

    async def read(request: Request) -> Response:
        return answer(written_plan(plans.of(account_of(request)) or FaultPlan()))

    async def put(request: Request) -> Response:
        account = account_of(request)
        try:
            plan = read_plan(await json_object(request))
        except MalformedBody as error:
            raise errors.invalid(str(error)) from None
        plans.put(account, plan)
        release(account)
        return answer(written_plan(plan))

    async def delete(request: Request) -> Response:
        account = account_of(request)
        plans.remove(account)
        release(account)
        return nothing()

    return [resource(PATH, get=read, put=put, delete=delete)]
