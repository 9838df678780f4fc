"""Schedules over HTTP (functions-api §9); reading, changing and deleting mirror V1 (§18, 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.emulator.exchange import answer, json_object, nothing, path_value, resource
from faasctl.emulator.functions.errors import invalid
from faasctl.emulator.refusals import MalformedBody
from faasctl.emulator.schedules.reading import read_change
from faasctl.facts import permissions

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.deployments.work import Deployer
    from faasctl.emulator.schedules.state import Schedules
    from faasctl.emulator.schedules.work import Scheduler
    from faasctl.emulator.sign_in.gate import Gate


class ScheduleRoutes:
    def __init__(
        self, schedules: Schedules, scheduler: Scheduler, deployer: Deployer, accounts: Accounts, gate: Gate
    ) -> None:
        self._schedules = schedules
        self._scheduler = scheduler
        self._deployer = deployer
        self._accounts = accounts
        self._gate = gate

    def routes(self) -> list[Route]:
        base = "/api/account/{account}/schedules"
        return [
            resource(base, get=self.find, post=self.create),
            resource(f"{base}/{{id}}", get=self.read, put=self.update, delete=self.delete),
            resource("/emulator/accounts/{account}/schedules/{id}/run", post=self.run),
        ]

    async def find(self, request: Request) -> Response:
        account = await self._reader(request)
        return answer([schedule.as_json() for schedule in self._schedules.all(account)])

    async def read(self, request: Request) -> Response:
        account = await self._reader(request)
        return answer(self._schedules.get(account, path_value(request, "id")).as_json())

    async def create(self, request: Request) -> Response:
        caller = self._gate.user(request, permissions.SCHEDULES)
        account = path_value(request, "account")
        platform = self._accounts.platform(account)
        change = read_change(await _object(request), platform)
        await self._deployer.settle(account)
        made = self._schedules.create(account, change, platform, by=caller.login)
        self._scheduler.look_again()
        return answer(made.as_json(), 201)

    async def update(self, request: Request) -> Response:
        self._gate.user(request, permissions.SCHEDULES)
        account = path_value(request, "account")
        change = read_change(await _object(request), self._accounts.platform(account))
        await self._deployer.settle(account)
        changed = self._schedules.update(account, path_value(request, "id"), change)
        self._scheduler.look_again()
        return answer(changed.as_json(), 202)

    async def delete(self, request: Request) -> Response:
        self._gate.user(request, permissions.SCHEDULES)
        account = path_value(request, "account")
        await self._deployer.settle(account)
        self._schedules.delete(account, path_value(request, "id"))
        return nothing()

    async def run(self, request: Request) -> Response:
        """Ours: lets the schedule run now, on the very path on which the clock would."""
        self._gate.operator(request)
        due = self._schedules.make_due(path_value(request, "account"), path_value(request, "id"))
        self._scheduler.look_again()
        return answer(due.as_json(), 202)

    async def _reader(self, request: Request) -> str:
        """The account of a call that reads, with what was being undeployed gone."""
        account = path_value(request, "account")
        v1 = self._accounts.platform(account) == "v1"
        self._gate.user(request, permissions.REPORTS_V1 if v1 else permissions.SCHEDULES)
        await self._deployer.settle(account)
        return account


async def _object(request: Request) -> dict[str, Any]:
    try:
        return await json_object(request)
    except MalformedBody as error:
        raise invalid(str(error)) from None
