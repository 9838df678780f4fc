"""Lambdas over HTTP (functions-api §4.3): each call carries and answers the whole lambda."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.emulator.accounts import Settings
from faasctl.emulator.exchange import answer, json_object, nothing, path_value, resource
from faasctl.emulator.functions import rules
from faasctl.emulator.functions.errors import invalid
from faasctl.emulator.functions.state import NewFunction, Saving
from faasctl.emulator.refusals import MalformedBody
from faasctl.emulator.v1.shape import lambda_of, read_lambda, state_of
from faasctl.facts import limits, permissions
from faasctl.facts.states import V1_FUNCTION_STATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.deployments.state import Deployments
    from faasctl.emulator.deployments.work import Deployer
    from faasctl.emulator.functions.code import CodeReader
    from faasctl.emulator.functions.model import Function
    from faasctl.emulator.functions.state import CodeKind, Functions
    from faasctl.emulator.sign_in.gate import Gate


class LambdaRoutes:
    def __init__(
        self,
        functions: Functions,
        deployments: Deployments,
        deployer: Deployer,
        code: CodeReader,
        accounts: Accounts,
        gate: Gate,
    ) -> None:
        self._functions = functions
        self._deployments = deployments
        self._deployer = deployer
        self._code = code
        self._accounts = accounts
        self._gate = gate

    def routes(self) -> list[Route]:
        base = "/api/account/{account}/lambdas"
        # Official clients end the list's path with a slash.
        lists = [resource(path, get=self.find, post=self.create) for path in (base, f"{base}/")]
        return [*lists, resource(f"{base}/{{uuid}}", get=self.read, put=self.update, delete=self.delete)]

    async def find(self, request: Request) -> Response:
        """Filters by name and event take parts of them (functions-api §4.3)."""
        self._gate.user(request, permissions.READ)
        account, query = path_value(request, "account"), request.query_params
        in_states = [state for state in query.getlist("state") if state]
        unknown = [state for state in in_states if state not in V1_FUNCTION_STATES]
        if unknown:
            raise invalid(f"there is no state {unknown[0]!r}; states are {', '.join(sorted(V1_FUNCTION_STATES))}")
        await self._deployer.settle(account)
        name, event_id = query.get("name", ""), query.get("eventId", "")
        newest = self._newest_deployments(account)
        return answer(
            [
                self._lambda(function, newest)
                for function in self._functions.find(account)
                if name in function.name
                and event_id in (function.event_id or "")
                and (not in_states or state_of(function) in in_states)
            ]
        )

    async def read(self, request: Request) -> Response:
        """A list of one, as official clients read it."""
        self._gate.user(request, permissions.READ)
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        await self._deployer.settle(account)
        return answer([self._one(account, uuid)])

    async def create(self, request: Request) -> Response:
        caller = self._gate.user(request, permissions.EDIT)
        account, body = path_value(request, "account"), await _object(request)
        event = rules.event_id(body)
        settings = self._accounts.settings(account) or Settings()
        given = read_lambda(body, event, loose=settings.loose_limits)
        new = NewFunction(
            name=rules.function_name(body, "v1", loose=settings.loose_limits),
            description=given.meta.description or "",
            event_id=event,
            skills=given.meta.skills or (),
            size=given.meta.size,
            sample_payload=given.meta.sample_payload,
        )
        kind = await self._kind(given.implementation.code or "")
        function, _ = self._functions.create(account, new, given.implementation, kind, caller.login)
        return answer(self._one(account, function.uuid), 201)

    async def update(self, request: Request) -> Response:
        caller = self._gate.user(request, permissions.EDIT)
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        body = await _object(request)
        await self._deployer.settle(account)
        before = self._functions.get(account, uuid)
        _check_fixed(before, body)
        settings = self._accounts.settings(account) or Settings()
        given = read_lambda(body, before.event_id, loose=settings.loose_limits)
        code = given.implementation.code
        kind = None if code is None else await self._kind(code)
        saving = Saving(
            by=caller.login,
            based_on=given.version,
            refuse_stale=settings.refuse_stale_versions,
            kept=limits.VERSIONS_KEPT.of("v1", loose=settings.loose_limits),
        )
        self._functions.save_whole(account, uuid, given.meta, given.implementation, kind, saving)
        return answer(self._one(account, uuid), 202)

    async def _kind(self, code: str) -> CodeKind:
        return await self._code.read(code, "v1")

    async def delete(self, request: Request) -> Response:
        self._gate.user(request, permissions.EDIT)
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        await self._deployer.settle(account)
        self._functions.delete(account, uuid)
        return nothing()

    def _one(self, account: str, uuid: str) -> dict[str, Any]:
        return self._lambda(self._functions.get(account, uuid), self._newest_deployments(account))

    def _lambda(self, function: Function, newest: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
        return lambda_of(function, self._functions.versions(function.uuid, 1)[0], newest.get(function.uuid))

    def _newest_deployments(self, account: str) -> dict[str, dict[str, Any]]:
        """The newest record of each function that has one."""
        return {record["functionUuid"]: record for record in reversed(self._deployments.records(account))}


def _check_fixed(before: Function, body: Mapping[str, Any]) -> None:
    """Name and event are for creation only, but the body holds them again (functions-api §4.3)."""
    for key, value in (("uuid", before.uuid), ("name", before.name), ("eventId", before.event_id)):
        if body.get(key) not in (None, value):
            raise invalid(f"{key} can only be set when a function is created")


async def _object(request: Request) -> dict[str, Any]:
    try:
        return await json_object(request)
    except MalformedBody as error:
        raise invalid(str(error)) from None
