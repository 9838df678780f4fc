"""How the store refuses. Clients read the status and `message` alone (C); the codes are ours."""

from __future__ import annotations

from faasctl.emulator.refusals import Refusal

NO_KEY = "faasctl.emulator.context.no-api-key"
NOT_THERE = "faasctl.emulator.context.not-there"
INVALID = "faasctl.emulator.context.invalid"


def no_key() -> Refusal:
    return Refusal(403, NO_KEY, "the request has no header maven-api-key, or the account does not exist")


def not_there(what: str) -> Refusal:
    return Refusal(404, NOT_THERE, f"there is no {what}")


def invalid(message: str) -> Refusal:
    return Refusal(400, INVALID, message)
