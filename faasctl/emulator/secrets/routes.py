"""Secrets over HTTP: what the operator does, and what a function's toolbelt does (all paths are ours)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.emulator.exchange import answer, json_object, nothing, path_value, resource
from faasctl.emulator.operator.errors import no_account
from faasctl.emulator.refusals import MalformedBody
from faasctl.emulator.secrets import errors
from faasctl.emulator.secrets.grants import is_function_token
from faasctl.emulator.sign_in.gate import bearer

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.secrets.state import Secrets
    from faasctl.emulator.sign_in.gate import Gate


class SecretRoutes:
    """`operator_token` is the secret that the tokens of functions are derived from."""

    def __init__(self, secrets: Secrets, accounts: Accounts, gate: Gate, *, operator_token: str) -> None:
        self._secrets = secrets
        self._accounts = accounts
        self._gate = gate
        self._operator_token = operator_token

    def routes(self) -> list[Route]:
        account = "/emulator/accounts/{account}"
        return [
            resource(f"{account}/secrets", get=self.names),
            resource(f"{account}/secrets/{{name}}", put=self.save, delete=self.delete),
            resource(f"{account}/toolbelt/secrets/{{name}}", get=self.read, put=self.update),
        ]

    async def names(self, request: Request) -> Response:
        """Names, and what tells whether a value is a given one; never a value."""
        digests = self._secrets.digests(self._of_operator(request))
        return answer([{"name": name, "digest": digest} for name, digest in digests.items()])

    async def save(self, request: Request) -> Response:
        account, name = self._of_operator(request), path_value(request, "name")
        created = self._secrets.save(account, name, await _value(request))
        return answer({"name": name}, 201 if created else 200)

    async def delete(self, request: Request) -> Response:
        self._secrets.delete(self._of_operator(request), path_value(request, "name"))
        return nothing()

    async def read(self, request: Request) -> Response:
        account, name = self._of_function(request), path_value(request, "name")
        return answer({"key": name, "value": self._secrets.read(account, name)})

    async def update(self, request: Request) -> Response:
        account, name = self._of_function(request), path_value(request, "name")
        value = await _value(request)
        self._secrets.update(account, name, value)
        return answer({"key": name, "value": value})

    def _of_operator(self, request: Request) -> str:
        self._gate.operator(request)
        account = path_value(request, "account")
        if not self._accounts.exists(account):
            raise no_account(account)
        return account

    def _of_function(self, request: Request) -> str:
        account = path_value(request, "account")
        if not is_function_token(bearer(request), self._operator_token, account):
            raise errors.not_granted()
        return account


async def _value(request: Request) -> Any:
    try:
        value = (await json_object(request)).get("value")
    except MalformedBody:
        value = None
    if value is None:
        raise errors.no_value()
    return value
