"""The domain API: at which host each service of an account lives (functions-api §1).

Hosts come without scheme and port, and are such that clients take the account for V2 (§0.3).
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

HOSTS = {
    services.FUNCTIONS_UI: "functions.emulator.localhost",
    services.FUNCTIONS_GATEWAY: f"{services.V2_GATEWAY_MARK}.emulator.localhost",
    services.AGENT_VEP: "agentvep.emulator.localhost",
    services.SENTINEL: "sentinel.emulator.localhost",
}
BAD_QUERY = "faasctl.emulator.bad-domain-query"
NO_SUCH_SERVICE = "faasctl.emulator.no-such-service"


def base_uris(account: str) -> list[dict[str, str]]:
    return [{"service": name, "account": account, "baseURI": host} for name, host in HOSTS.items()]


def routes(accounts: Accounts) -> list[Route]:
    async def all_services(request: Request) -> Response:
        _check_version(request)
        account = path_value(request, "account")
        return answer({"baseURIs": base_uris(account) if accounts.exists(account) else []})

    async def one_service(request: Request) -> Response:
        _check_version(request)
        account, service = path_value(request, "account"), path_value(request, "service")
        if service not in HOSTS or not accounts.exists(account):
            raise Refusal(404, NO_SUCH_SERVICE, f"account {account} has no service {service}")
        return answer({"service": service, "account": account, "baseURI": HOSTS[service]})

    return [
        resource("/api/account/{account}/service/baseURI.json", get=all_services),
        resource("/api/account/{account}/service/{service}/baseURI.json", get=one_service),
    ]


def _check_version(request: Request) -> None:
    """400 for a bad query (§1, D); that a missing version is one is inferred: every client sends it."""
    if request.query_params.get("version") != "1.0":
        raise Refusal(400, BAD_QUERY, "the query must carry version=1.0")
