"""Login and refresh over HTTP (functions-api §2.1, §2.2)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from faasctl.emulator.domains import base_uris
from faasctl.emulator.exchange import answer, json_object, nothing, path_value, resource
from faasctl.emulator.refusals import MalformedBody
from faasctl.emulator.sign_in.errors import malformed, session_over
from faasctl.facts.permissions import ADMIN
from faasctl.facts.services import LOGIN_VERSION, SESSION_SECONDS

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.sign_in.state import Session, Sessions

_VARIANTS = (("password",), ("appKey", "secret", "accessToken", "accessTokenSecret"))


def routes(sessions: Sessions, accounts: Accounts) -> list[Route]:
    async def login(request: Request) -> Response:
        account = path_value(request, "account")
        if request.query_params.get("v") != LOGIN_VERSION:
            raise malformed(f"the query must carry v={LOGIN_VERSION}")
        body = await _body(request)
        variant = next((names for names in _VARIANTS if all(name in body for name in names)), None)
        if variant is None or "username" not in body:
            raise malformed("the body must hold username and password, or username and the API key's parts")
        values = {name: body[name] for name in ("username", *variant)}
        if not all(isinstance(value, str) for value in values.values()):
            raise malformed("the credentials must be strings")
        session = sessions.sign_in(account, values.pop("username"), values)
        response = answer(_signed_in(account, session, base_uris(accounts, account)))
        response.set_cookie("Session_id", session.session_id, path="/", httponly=True, samesite="lax")
        return response

    async def refresh(request: Request) -> Response:
        body = await _body(request)
        session_id = request.cookies.get("session_id") or request.cookies.get("Session_id")
        csrf = body.get("csrf")
        if not session_id or not isinstance(csrf, str):
            raise session_over()
        sessions.check(path_value(request, "account"), session_id, csrf)
        return nothing(200)

    return [
        resource("/api/account/{account}/login", post=login),
        resource("/api/account/{account}/refresh", post=refresh),
    ]


async def _body(request: Request) -> dict[str, Any]:
    try:
        return await json_object(request)
    except MalformedBody as error:
        raise malformed(str(error)) from None


def _signed_in(account: str, session: Session, domains: list[dict[str, str]]) -> dict[str, Any]:
    """The answer in full; numbers of privileges are the platform's own and not known, so the list is empty."""
    user = session.user
    return {
        "csrf": session.csrf,
        "wsuk": "0",
        "sessionId": session.session_id,
        "config": {
            "loginName": user.login,
            "userId": user.user_id,
            "userPrivileges": [],
            "serverCurrentTime": int(time.time() * 1000),
            "timeDiff": 0,
            "serverTimeZoneName": "UTC",
            "serverTimeGMTDiff": 0,
            "isLPA": False,
            "isAdmin": ADMIN in user.roles,
            "accountTimeZoneId": "UTC",
        },
        "csdsCollectionResponse": {"baseURIs": domains},
        "accountData": {},
        "sessionTTl": str(SESSION_SECONDS * 1000),
        "bearer": session.bearer,
    }
