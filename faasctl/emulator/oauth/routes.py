"""Tokens over HTTP: parameters come as a form or in the query, below either of two paths (functions-api §2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from faasctl.emulator.exchange import answer, path_value, resource
from faasctl.emulator.oauth.errors import bad_request, other_grant, other_scope
from faasctl.facts.permissions import INVOCATION_SCOPE
from faasctl.facts.services import APP_TOKEN_SECONDS

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.oauth.state import AppTokens

_GRANT = "client_credentials"


def routes(tokens: AppTokens) -> list[Route]:
    async def issue(request: Request) -> Response:
        form = parse_qsl((await request.body()).decode("utf-8", "replace"))
        given = {**dict(request.query_params), **dict(form)}
        missing = [name for name in ("grant_type", "client_id", "client_secret") if not given.get(name)]
        if missing:
            raise bad_request(f"missing: {', '.join(missing)}")
        if given["grant_type"] != _GRANT:
            raise other_grant(given["grant_type"])
        if given.get("scope", INVOCATION_SCOPE) != INVOCATION_SCOPE:
            raise other_scope(given["scope"])
        token = tokens.issue(path_value(request, "account"), given["client_id"], given["client_secret"])
        # A string, because official clients take nothing else (§2.5, C).
        return answer({"access_token": token, "token_type": "Bearer", "expires_in": str(APP_TOKEN_SECONDS)})

    async def keys(_: Request) -> Response:
        return answer(tokens.key_set())

    return [
        resource("/sentinel/api/account/{account}/app/token", post=issue),
        resource("/sentinel/api/v2/account/{account}/app/token", post=issue),
        resource("/sentinel/well-known/jwks", get=keys),
    ]
