"""How the secret store refuses; the codes are the toolbelt's own (functions-api §11), as it hands them on."""

from __future__ import annotations

from faasctl.emulator.refusals import Refusal
from faasctl.facts import limits, secrets


def not_found(account: str, name: str) -> Refusal:
    return Refusal(404, secrets.NOT_FOUND, f"account {account} has no secret {name}")


def system_secret(name: str) -> Refusal:
    return Refusal(403, secrets.FORBIDDEN, f"the secret {name} is the platform's own and cannot be changed")


def wrong_name(name: str) -> Refusal:
    longest = limits.SECRET_NAME_CHARACTERS.value
    return Refusal(
        400, secrets.INVALID, f"{name!r} cannot name a secret: letters, digits, - and _, {longest} at most"
    )


def too_long(name: str, length: int, most: int) -> Refusal:
    return Refusal(
        400, secrets.INVALID, f"the value of the secret {name} may have at most {most} characters, not {length}"
    )


def no_value() -> Refusal:
    return Refusal(400, secrets.INVALID, "the body must be an object with value, which is not null")


def not_granted() -> Refusal:
    return Refusal(403, secrets.AUTH_FAILED, "only functions of the account may do this")
