"""The operator's service over HTTP, below /emulator/; every call but `health` needs the operator's token."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from faasctl import __version__
from faasctl.emulator.accounts import developer_login
from faasctl.emulator.exchange import answer, json_object, nothing, path_value, resource
from faasctl.emulator.operator import errors, reading
from faasctl.emulator.operator.manifest import read_manifest
from faasctl.emulator.refusals import MalformedBody

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.accounts import Accounts, User
    from faasctl.emulator.deployments.work import Deployer
    from faasctl.emulator.operator.bots import Bots
    from faasctl.emulator.secrets.state import Secrets
    from faasctl.emulator.sign_in.gate import Gate
    from faasctl.emulator.v1.allow_list import AllowList

NAME = "faasctl-emulator"


class OperatorRoutes:
    def __init__(
        self,
        accounts: Accounts,
        allow_list: AllowList,
        secrets: Secrets,
        bots: Bots,
        deployer: Deployer,
        gate: Gate,
        *,
        instance: str,
        requests: Iterable[dict[str, Any]],
    ) -> None:
        self._accounts = accounts
        self._allow_list = allow_list
        self._secrets = secrets
        self._bots = bots
        self._deployer = deployer
        self._gate = gate
        self._instance = instance
        self._requests = requests

    def routes(self) -> list[Route]:
        account = "/emulator/accounts/{account}"
        bot = f"{account}/bots/{{botId}}"
        return [
            resource("/emulator/health", get=self.health),
            resource("/emulator/requests", get=self.list_requests),
            resource(account, get=self.read_account, put=self.save_account),
            resource(f"{account}/credentials", get=self.credentials),
            resource(f"{account}/users/{{login}}", put=self.save_user),
            resource(f"{account}/next-deployment", put=self.script_next_deployment),
            resource(bot, get=self.read_bot, put=self.save_bot, delete=self.delete_bot),
            resource(f"{bot}/disclaimer", put=self.accept_disclaimer),
            resource(f"{bot}/start", post=self.start_bot),
            resource(f"{bot}/stop", post=self.stop_bot),
        ]

    async def health(self, _: Request) -> Response:
        return answer({"name": NAME, "version": __version__, "instance": self._instance, "pid": os.getpid()})

    async def list_requests(self, request: Request) -> Response:
        self._gate.operator(request)
        return answer(list(self._requests))

    async def read_account(self, request: Request) -> Response:
        return answer(self._account(self._existing_account(request)))

    async def save_account(self, request: Request) -> Response:
        self._gate.operator(request)
        account = path_value(request, "account")
        reading.check_account(account)
        body = await _object(request)
        changes, domains = reading.settings_changes(body), reading.allowed_domains(body)
        if domains is not None:
            self._allow_list.replace(account, domains)
        created = self._accounts.save(account, changes)
        return answer(self._account(account), 201 if created else 200)

    async def credentials(self, request: Request) -> Response:
        account = self._existing_account(request)
        client = self._accounts.client(account)
        developer = self._accounts.user(account, developer_login(account))
        if client is None or developer is None:
            raise errors.no_account(account)
        return answer(
            {
                "user": _user(developer),
                "client": {"clientId": client.client_id, "clientSecret": client.client_secret},
                "users": [_user(user) for user in self._accounts.users(account)],
            }
        )

    async def save_user(self, request: Request) -> Response:
        account, login = self._existing_account(request), path_value(request, "login")
        reading.check_identifier(login)
        body = await _object(request)
        password = reading.text(body, "password") if "password" in body else None
        created = self._accounts.save_user(account, login, password=password, roles=reading.roles(body))
        user = self._accounts.user(account, login)
        return answer(None if user is None else _user(user), 201 if created else 200)

    async def script_next_deployment(self, request: Request) -> Response:
        account = self._existing_account(request)
        body = await _object(request)
        outcome = reading.text(body, "outcome")
        if outcome not in ("failed", "successful"):
            raise errors.invalid("outcome must be failed or successful")
        self._accounts.script_next_deployment(
            account, reading.text(body, "reason") if outcome == "failed" else None
        )
        return answer({"outcome": outcome})

    async def read_bot(self, request: Request) -> Response:
        return answer(self._bots.get(self._existing_account(request), path_value(request, "botId")))

    async def save_bot(self, request: Request) -> Response:
        account, bot_id = self._existing_account(request), path_value(request, "botId")
        reading.check_identifier(bot_id)
        bot, created = self._bots.save(account, bot_id, read_manifest(bot_id, await _object(request)))
        return answer(bot, 201 if created else 200)

    async def delete_bot(self, request: Request) -> Response:
        self._bots.delete(self._existing_account(request), path_value(request, "botId"))
        return nothing()

    async def accept_disclaimer(self, request: Request) -> Response:
        account, bot_id = self._existing_account(request), path_value(request, "botId")
        body = await _object(request)
        by, day = reading.text(body, "by"), reading.text(body, "on")
        try:
            date.fromisoformat(day)
        except ValueError:
            raise errors.invalid("on must be a day such as 2026-11-20") from None
        return answer(self._bots.accept_disclaimer(account, bot_id, by=by, on=day))

    async def start_bot(self, request: Request) -> Response:
        account = self._existing_account(request)
        await self._deployer.settle(account)
        return answer(self._bots.start(account, path_value(request, "botId")))

    async def stop_bot(self, request: Request) -> Response:
        return answer(self._bots.stop(self._existing_account(request), path_value(request, "botId")))

    def _existing_account(self, request: Request) -> str:
        """The account that the path names; only for the operator, and only if there is one."""
        self._gate.operator(request)
        account = path_value(request, "account")
        if not self._accounts.exists(account):
            raise errors.no_account(account)
        return account

    def _account(self, account: str) -> dict[str, Any]:
        settings = self._accounts.settings(account)
        if settings is None:
            raise errors.no_account(account)
        return {
            "account": account,
            "platform": settings.platform,
            "hosts": settings.hosts,
            "allowedDomains": [entry.domain for entry in self._allow_list.entries(account)],
            "skills": list(settings.skills),
            "agents": list(settings.agents),
            "imageHosts": list(settings.image_hosts),
            "deployDelay": settings.deploy_delay,
            "refuseStaleVersions": settings.refuse_stale_versions,
            "looseLimits": settings.loose_limits,
            "failAtLogLimit": settings.fail_at_log_limit,
            "executionSeconds": settings.execution_seconds,
            "secrets": self._secrets.digests(account),
            "bots": self._bots.all(account),
        }


def _user(user: User) -> dict[str, Any]:
    return {
        "username": user.login,
        "password": user.password,
        "userId": user.user_id,
        "roles": sorted(user.roles),
        "apiKey": dict(user.api_key),
    }


async def _object(request: Request) -> dict[str, Any]:
    try:
        return await json_object(request)
    except MalformedBody as error:
        raise errors.invalid(str(error)) from None
