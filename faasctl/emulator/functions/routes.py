"""Functions over HTTP (functions-api §4.2, V2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from faasctl.emulator.exchange import answer, json_object, nothing, path_value, resource
from faasctl.emulator.functions import rules
from faasctl.emulator.functions.errors import invalid
from faasctl.emulator.functions.model import Function, Version, manifest, meta
from faasctl.emulator.functions.state import CodeKind, NewFunction, Saving
from faasctl.emulator.refusals import MalformedBody
from faasctl.facts import limits, permissions
from faasctl.facts.states import FUNCTION_STATES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.deployments.work import Deployer
    from faasctl.emulator.functions.code import CodeReader
    from faasctl.emulator.functions.state import Functions
    from faasctl.emulator.sign_in.gate import Gate

_FIXED_AFTER_CREATION = ("eventId", "name")


class FunctionRoutes:
    def __init__(
        self, functions: Functions, deployer: Deployer, code: CodeReader, accounts: Accounts, gate: Gate
    ) -> None:
        self._functions = functions
        self._deployer = deployer
        self._code = code
        self._accounts = accounts
        self._gate = gate

    def routes(self) -> list[Route]:
        base = "/api/account/{account}/functions"
        return [
            resource(base, get=self.find, post=self.create),
            resource(f"{base}/count", get=self.count),
            resource(f"{base}/{{uuid}}", get=self.read, put=self.update, delete=self.delete),
            resource(f"{base}/{{uuid}}/manifest", put=self.update_manifest),
        ]

    async def find(self, request: Request) -> Response:
        self._gate.user(request, permissions.READ)
        account, query = path_value(request, "account"), request.query_params
        in_states = [state for state in query.getlist("state") if state]
        unknown = [state for state in in_states if state not in FUNCTION_STATES]
        if unknown:
            raise invalid(f"there is no state {unknown[0]!r}; states are {', '.join(sorted(FUNCTION_STATES))}")
        await self._deployer.settle(account)
        # Official clients name the same filter differently, and send it empty when they do not filter (§4.2).
        name = query.get("functionName") or query.get("name")
        found = self._functions.find(account, in_states=in_states, event_id=query.get("eventId"), name=name)
        return answer([meta(function) for function in found])

    async def count(self, request: Request) -> Response:
        self._gate.user(request, permissions.READ)
        return answer(self._functions.count(path_value(request, "account")))

    async def read(self, request: Request) -> Response:
        self._gate.user(request, permissions.READ)
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        await self._deployer.settle(account)
        return answer(_history(*self._functions.with_versions(account, uuid, self._versions_kept(account))))

    def _versions_kept(self, account: str) -> int:
        return limits.VERSIONS_KEPT.of("v2", loose=self._is_loose(account))

    def _is_loose(self, account: str) -> bool:
        settings = self._accounts.settings(account)
        return settings is not None and settings.loose_limits

    async def create(self, request: Request) -> Response:
        caller = self._gate.user(request, permissions.EDIT)
        body = await _object(request)
        event, account = rules.event_id(body), path_value(request, "account")
        new = NewFunction(
            name=rules.function_name(body, loose=self._is_loose(account)),
            description=rules.description(body) or "",
            event_id=event,
            skills=rules.skills(body, event) or (),
            size=rules.size(body),
        )
        given = body.get("manifest")
        if given is not None and not isinstance(given, dict):
            raise invalid("manifest must be an object")
        change = None if given is None else rules.manifest_change(given)
        kind = await self._code.read(change.code) if change is not None and change.code else CodeKind()
        made = self._functions.create(account, new, change, kind, caller.login)
        return answer(_whole(*made), 201)

    async def update(self, request: Request) -> Response:
        caller = self._gate.user(request, permissions.EDIT)
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        body = await _object(request)
        for key in _FIXED_AFTER_CREATION:
            if key in body:
                raise invalid(f"{key} can only be set when a function is created")
        await self._deployer.settle(account)
        change = rules.MetaChange(
            description=rules.description(body),
            skills=rules.skills(body, self._functions.get(account, uuid).event_id),
            size=rules.size(body),
        )
        changed = self._functions.update(account, uuid, change, by=caller.login)
        return answer(_whole(*changed), 202)

    async def update_manifest(self, request: Request) -> Response:
        caller = self._gate.user(request, permissions.EDIT)
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        body = await _object(request)
        version, change = rules.manifest_version(body), rules.manifest_change(body)
        await self._deployer.settle(account)
        function, versions = self._functions.with_versions(account, uuid)
        if body.get("id") not in (None, function.manifest_id):
            raise invalid(f"{function.name} has no manifest {body['id']!r}")
        kind = await self._kind(change.code, versions[0])
        settings = self._accounts.settings(account)
        saving = Saving(
            by=caller.login,
            based_on=version,
            refuse_stale=settings is not None and settings.refuse_stale_versions,
            kept=self._versions_kept(account),
        )
        changed = self._functions.save_manifest(account, uuid, change, kind, saving)
        return answer(_whole(*changed), 202)

    async def _kind(self, code: str | None, current: Version) -> CodeKind | None:
        if code is None:
            return None
        if code == current.code:
            return CodeKind(interface=current.interface, module=current.module)
        return await self._code.read(code)

    async def delete(self, request: Request) -> Response:
        self._gate.user(request, permissions.EDIT)
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        await self._deployer.settle(account)
        self._functions.delete(account, uuid)
        return nothing()


async def _object(request: Request) -> dict[str, Any]:
    try:
        return await json_object(request)
    except MalformedBody as error:
        raise invalid(str(error)) from None


def _whole(function: Function, version: Version) -> dict[str, Any]:
    return {**meta(function), "manifest": manifest(function, version)}


def _history(function: Function, versions: Sequence[Version]) -> dict[str, Any]:
    """Official clients read `versions` or `manifest`; both are there (functions-api §4.2)."""
    manifests = [manifest(function, version) for version in versions]
    return {**meta(function), "versions": manifests, "manifest": manifests[0]}
