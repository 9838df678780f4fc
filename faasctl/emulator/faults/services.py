"""Names for the routes that a fault may be put on, so that a plan holds for V1 and V2 alike."""

from __future__ import annotations

import re

ROUTES: dict[str, str] = {
    "domains": r"/api/account/[^/]+/service(/[^/]+)?/baseURI\.json",
    "sign-in": r"/api/account/[^/]+/login",
    "refresh": r"/api/account/[^/]+/refresh",
    "oauth": r"/sentinel/api/(v2/)?account/[^/]+/app/token",
    "functions": r"/api/account/[^/]+/(functions(?!/count$)(/[^/]+)?|lambdas(/[^/]+)?|runtimes)",
    "manifest": r"/api/account/[^/]+/(functions/[^/]+/manifest|lambdas/[^/]+)",
    "deployments": r"/api/account/[^/]+/deployments(/[^/]+)?",
    "test": r"/api/account/[^/]+/functions/[^/]+/test",
    "gateway": r"/api/account/[^/]+/(lambdas/[^/]+/invoke|events/[^/]+/(invoke|isImplemented))",
    "events": r"/api/account/[^/]+/events",
    "logs": r"/api/account/[^/]+/(functions/[^/]+/)?logs/export",
    "reports": r"/api/account/[^/]+/(reports/.+|functions/count|deployments/count)",
    "bots": r"/emulator/accounts/[^/]+/bots/.+",
}
"""Paths by service, as patterns. `functions` are the calls for functions as a whole; V1 has `manifest` in them and
its test call on the `gateway`."""

_ACCOUNT = re.compile(r"/(?:sentinel/)?(?:api/(?:v2/)?account|emulator/accounts)/([^/]+)/")
_OPERATORS = re.compile(r"/emulator/(?!accounts/[^/]+/bots/)")


def account_of(path: str) -> str | None:
    """The account that a path is about; None for what no fault may touch: the operator's own calls."""
    found = _ACCOUNT.match(path)
    return None if found is None or _OPERATORS.match(path) else found[1]
