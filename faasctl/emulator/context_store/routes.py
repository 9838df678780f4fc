"""The store over HTTP: paths, statuses and bodies as LivePerson's own client takes them (C)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.emulator.context_store import errors
from faasctl.emulator.context_store.state import BUILT_IN
from faasctl.emulator.exchange import answer, json_object, nothing, path_value, resource
from faasctl.emulator.refusals import MalformedBody

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.context_store.state import ContextStore

_KEY_HEADER = "maven-api-key"


class ContextRoutes:
    """Any API key will do: nobody outside LivePerson can make one."""

    def __init__(self, contexts: ContextStore, accounts: Accounts) -> None:
        self._contexts = contexts
        self._accounts = accounts

    def routes(self) -> list[Route]:
        account = "/v1/account/{account}"
        session = f"{account}/{{namespace}}/{{session}}/properties"
        return [
            resource(account, get=self.namespaces, post=self.create_namespace),
            resource(f"{account}/{{namespace}}", delete=self.delete_namespace),
            resource(f"{account}/{{namespace}}/session-ids", get=self.sessions),
            resource(session, get=self.properties, patch=self.save),
            resource(f"{session}/", delete=self.delete_session),
            resource(f"{session}/{{name}}", get=self.value, delete=self.delete_value),
        ]

    async def namespaces(self, request: Request) -> Response:
        return answer(self._contexts.namespaces(self._account(request)))

    async def create_namespace(self, request: Request) -> Response:
        account, name = self._account(request), (await _object(request)).get("name")
        ttl = request.query_params.get("ttlSecond")
        if not isinstance(name, str) or not name or "/" in name or name in BUILT_IN:
            raise errors.invalid("name must be a text without /, and none of the built-in namespaces")
        if ttl is not None and not (ttl.isascii() and ttl.isdigit() and int(ttl) > 0):
            raise errors.invalid("ttlSecond must be a whole number above 0")
        self._contexts.create_namespace(account, name, None if ttl is None else int(ttl))
        return nothing()

    async def delete_namespace(self, request: Request) -> Response:
        self._contexts.delete_namespace(self._account(request), path_value(request, "namespace"))
        return nothing()

    async def sessions(self, request: Request) -> Response:
        return answer(self._contexts.sessions(self._account(request), path_value(request, "namespace")))

    async def properties(self, request: Request) -> Response:
        return answer(self._contexts.properties(*self._session(request)))

    async def save(self, request: Request) -> Response:
        self._contexts.save_properties(*self._session(request), await _object(request))
        return nothing()

    async def delete_session(self, request: Request) -> Response:
        self._contexts.delete_properties(*self._session(request))
        return nothing()

    async def value(self, request: Request) -> Response:
        properties, name = self._contexts.properties(*self._session(request)), path_value(request, "name")
        if name not in properties:
            raise errors.not_there(f"property {name}")
        return answer(properties[name])

    async def delete_value(self, request: Request) -> Response:
        self._contexts.delete_properties(*self._session(request), path_value(request, "name"))
        return nothing()

    def _account(self, request: Request) -> str:
        account = path_value(request, "account")
        if not request.headers.get(_KEY_HEADER) or not self._accounts.exists(account):
            raise errors.no_key()
        return account

    def _session(self, request: Request) -> tuple[str, str, str]:
        return self._account(request), path_value(request, "namespace"), path_value(request, "session")


async def _object(request: Request) -> dict[str, Any]:
    try:
        return await json_object(request)
    except MalformedBody as error:
        raise errors.invalid(str(error)) from None
