"""The gate before the services: who may pass, by the request's Authorization header (functions-api §2.4, §2.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.emulator.exchange import path_value
from faasctl.emulator.refusals import not_allowed, not_signed_in

if TYPE_CHECKING:
    from starlette.requests import Request

    from faasctl.emulator.oauth.state import AppTokens
    from faasctl.emulator.sign_in.state import Caller, Sessions


class Gate:
    def __init__(self, sessions: Sessions, app_tokens: AppTokens) -> None:
        self._sessions = sessions
        self._app_tokens = app_tokens

    def user(self, request: Request, allowed: frozenset[str]) -> Caller:
        """The signed-in user of a management call, who has one of the roles in `allowed`."""
        caller = self._sessions.caller(path_value(request, "account"), bearer(request))
        if caller.roles.isdisjoint(allowed):
            raise not_allowed(f"this needs one of the roles {', '.join(sorted(allowed))}")
        return caller

    def invoker(self, request: Request, allowed: frozenset[str]) -> None:
        """Lets a gateway call pass: an app token of the account, or a user with one of the roles (§2.5)."""
        if is_app_token(bearer(request)):
            self._app_tokens.verify(path_value(request, "account"), bearer(request))
        else:
            self.user(request, allowed)

    def operator(self, request: Request) -> None:
        """Lets only this machine's faasctl pass, which read the token from the private folder."""
        if not self._sessions.is_operator(bearer(request)):
            raise not_allowed("this needs the operator's token")


def is_app_token(token: str) -> bool:
    """Whether the token is one of Sentinel's: a JSON Web Token has three parts."""
    return token.count(".") == 2


def bearer(request: Request) -> str:
    """The bearer of the request; refused with 401 when it has none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise not_signed_in("the request has no Authorization: Bearer header")
    return token
