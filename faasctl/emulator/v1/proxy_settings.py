"""The allow-list over HTTP (functions-api §9): entries are `{id, domain, name}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.emulator.domains import DOMAIN
from faasctl.emulator.exchange import answer, json_object, nothing, path_value, resource
from faasctl.emulator.refusals import MalformedBody
from faasctl.emulator.v1.errors import domain_refused
from faasctl.facts import permissions
from faasctl.facts.network import DEFAULT_ALLOWED_SERVICES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.sign_in.gate import Gate
    from faasctl.emulator.v1.allow_list import AllowedDomain, AllowList

_DEFAULTS = [
    {"id": -number, "domain": f"{service.lower()}.{DOMAIN}", "name": service}
    for number, service in enumerate(DEFAULT_ALLOWED_SERVICES, 1)
]
"""Numbers below zero: these cannot be removed."""


def routes(allow_list: AllowList, gate: Gate) -> list[Route]:
    async def list_all(request: Request) -> Response:
        gate.user(request, permissions.ALLOW_LIST_READ)
        own = [_entry(entry) for entry in allow_list.entries(path_value(request, "account"))]
        with_default = request.query_params.get("includeDefault") == "true"
        return answer([*_DEFAULTS, *own] if with_default else own)

    async def add(request: Request) -> Response:
        gate.user(request, permissions.ALLOW_LIST_WRITE)
        try:
            domain = (await json_object(request)).get("domain")
        except MalformedBody as error:
            raise domain_refused(str(error)) from None
        if not isinstance(domain, str):
            raise domain_refused("domain must be a string")
        return answer(_entry(allow_list.add(path_value(request, "account"), domain)), 201)

    async def remove(request: Request) -> Response:
        gate.user(request, permissions.ALLOW_LIST_WRITE)
        allow_list.remove(path_value(request, "account"), path_value(request, "id"))
        return nothing()

    base = "/api/account/{account}/proxy-settings"
    return [resource(base, get=list_all, post=add), resource(f"{base}/{{id}}", delete=remove)]


def _entry(entry: AllowedDomain) -> dict[str, Any]:
    return {"id": entry.id, "domain": entry.domain, "name": entry.domain}
