"""How the token service refuses: in OAuth's own form (RFC 6749 §5.2), since LivePerson's is not known."""

from __future__ import annotations

from typing import Any

from faasctl.emulator.refusals import Refusal


class TokenRefusal(Refusal):
    def body(self) -> dict[str, Any]:
        return {"error": self.code, "error_description": self.message}


def bad_request(message: str) -> TokenRefusal:
    return TokenRefusal(400, "invalid_request", message)


def other_grant(grant: str) -> TokenRefusal:
    return TokenRefusal(400, "unsupported_grant_type", f"only client_credentials is known here, not {grant!r}")


def other_scope(scope: str) -> TokenRefusal:
    return TokenRefusal(400, "invalid_scope", f"the client has no scope {scope!r}")


def wrong_client() -> TokenRefusal:
    return TokenRefusal(401, "invalid_client", "the client id, the secret or the account is wrong")
