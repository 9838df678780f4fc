"""One router for each generation: an account answers the routes of its own alone (functions-api §0.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from faasctl.emulator.front import DIALECT
from faasctl.emulator.v1.errors import in_v1

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from faasctl.emulator.accounts import Accounts

_OF_ACCOUNT = re.compile(r"/api/account/([^/]+)/")


class Dialects:
    """The ASGI application that chooses by the account in the path; paths without one are V2's router's.

    Both routers hold what is the same for both: domain API, sign-in, tokens, the operator.
    """

    def __init__(self, accounts: Accounts, *, v1: ASGIApp, v2: ASGIApp) -> None:
        self._accounts = accounts
        self._v1 = v1
        self._v2 = v2

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _OF_ACCOUNT.match(scope["path"])
        if found is None or self._accounts.platform(found[1]) == "v2":
            await self._v2(scope, receive, send)
            return
        scope[DIALECT] = in_v1
        await self._v1(scope, receive, send)
