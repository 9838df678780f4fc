"""The domain API: at which host each service of an account lives (functions-api §1).

Hosts come without scheme and port, and are such that clients take the account for what it is, V1 or V2 (§0.3). An
account may be set to LivePerson's own host names, for clients that take no others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.emulator.exchange import answer, path_value, resource
from faasctl.emulator.refusals import Refusal
from faasctl.facts import services

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.accounts import Accounts
    from faasctl.facts.services import Generation

DOMAIN = "emulator.localhost"
_OF_BOTH = {
    services.AGENT_VEP: f"agentvep.{DOMAIN}",
    services.SENTINEL: f"sentinel.{DOMAIN}",
    services.CONTEXT_STORE: f"context.{DOMAIN}",
}
HOSTS: dict[Generation, dict[str, str]] = {
    "v1": {
        services.FUNCTIONS_UI: f"faasui.{DOMAIN}",
        services.FUNCTIONS_GATEWAY: f"faasgw.{DOMAIN}",
        **_OF_BOTH,
    },
    "v2": {
        services.FUNCTIONS_UI: f"functions.{DOMAIN}",
        services.FUNCTIONS_GATEWAY: f"{services.V2_GATEWAY_MARK}.{DOMAIN}",
        **_OF_BOTH,
    },
}
BAD_QUERY = "faasctl.emulator.bad-domain-query"
NO_SUCH_SERVICE = "faasctl.emulator.no-such-service"


def hosts_of(accounts: Accounts, account: str) -> dict[str, str]:
    """The host of each service; none for an account that does not exist."""
    settings = accounts.settings(account)
    if settings is None:
        return {}
    told = services.LIVEPERSON_HOSTS if settings.hosts == "liveperson" else HOSTS
    return told[settings.platform]


def base_uris(accounts: Accounts, account: str) -> list[dict[str, str]]:
    hosts = hosts_of(accounts, account)
    return [{"service": name, "account": account, "baseURI": host} for name, host in hosts.items()]


def routes(accounts: Accounts) -> list[Route]:
    async def all_services(request: Request) -> Response:
        _check_version(request)
        account = path_value(request, "account")
        return answer({"baseURIs": base_uris(accounts, account)})

    async def one_service(request: Request) -> Response:
        _check_version(request)
        account, service = path_value(request, "account"), path_value(request, "service")
        hosts = hosts_of(accounts, account)
        if service not in hosts:
            raise Refusal(404, NO_SUCH_SERVICE, f"account {account} has no service {service}")
        return answer({"service": service, "account": account, "baseURI": hosts[service]})

    return [
        resource("/api/account/{account}/service/baseURI.json", get=all_services),
        resource("/api/account/{account}/service/{service}/baseURI.json", get=one_service),
    ]


def _check_version(request: Request) -> None:
    """400 for a bad query (§1, D); that a missing version is one is inferred: every client sends it."""
    if request.query_params.get("version") != "1.0":
        raise Refusal(400, BAD_QUERY, "the query must carry version=1.0")
