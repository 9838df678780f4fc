"""How the login refuses. The body's form is assumed (functions-api §18, 19): clients look at the status alone."""

from __future__ import annotations

from typing import Any

from faasctl.emulator.refusals import Refusal


class LoginRefusal(Refusal):
    def body(self) -> dict[str, Any]:
        return {"error": {"message": self.message}}


def malformed(message: str) -> LoginRefusal:
    return LoginRefusal(400, "", message)


def wrong_credentials() -> LoginRefusal:
    """One text for an unknown account, user or password, as 401 stands for all of them (§2.1, D)."""
    return LoginRefusal(401, "", "the credentials or the account are wrong")


def session_over() -> LoginRefusal:
    return LoginRefusal(401, "", "the session is unknown or over")
