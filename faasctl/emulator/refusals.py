"""How a service refuses: an HTTP status with a JSON body. Each service's `errors` file builds on this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

NOTHING_HERE = "faasctl.emulator.no-such-path"
WRONG_METHOD = "faasctl.emulator.method-not-allowed"
FOREIGN_CALLER = "faasctl.emulator.foreign-caller"
BROKEN = "faasctl.emulator.broken"
NODE_MISSING = "faasctl.emulator.prerequisite-missing"
INVALID = "faasctl.emulator.invalid"
UNAUTHORIZED = "com.liveperson.faas.unauthorized"
"""A name of ours in the platform's manner (functions-api §18, 9)."""


class Refusal(Exception):
    """Ends a request with `status` and the body `{code, message, errorLogs?}` (functions-api §3)."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        logs: Sequence[Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.logs = logs
        self.headers = headers

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.logs is not None:
            body["errorLogs"] = list(self.logs)
        return body


class MalformedBody(Exception):
    """A body that is not what JSON the call takes; the service says with which code it refuses that."""


def not_signed_in(message: str) -> Refusal:
    """No bearer, or one that has ended (functions-api §18, 9)."""
    return Refusal(401, UNAUTHORIZED, message)


def not_allowed(message: str) -> Refusal:
    """A bearer that is none of this account's, or lacks a permission (functions-api §18, 9)."""
    return Refusal(403, UNAUTHORIZED, message)
