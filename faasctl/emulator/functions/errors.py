"""How the function service refuses. Codes that start with `faasctl.` are ours: the platform's are not known."""

from __future__ import annotations

from faasctl.emulator.refusals import Refusal
from faasctl.facts.function_errors import INTERFACE_WRONG, NOT_FOUND, UNCHANGED

STALE_VERSION = "com.liveperson.faas.function.conflict"
"""A name of ours in the platform's manner (functions-api §18, 4)."""
BUSY = "faasctl.emulator.deployment-under-way"
STILL_DEPLOYED = "faasctl.emulator.function-deployed"


def invalid(message: str) -> Refusal:
    """A value that the platform does not take; of its validation codes only one is known (§7.4)."""
    return Refusal(INTERFACE_WRONG.status, INTERFACE_WRONG.code, message)


def not_found(account: str, uuid: str) -> Refusal:
    return Refusal(NOT_FOUND.status, NOT_FOUND.code, f"account {account} has no function {uuid}")


def unchanged() -> Refusal:
    return Refusal(UNCHANGED.status, UNCHANGED.code, "the update changes nothing")


def stale(given: int, current: int) -> Refusal:
    return Refusal(409, STALE_VERSION, f"the manifest is at version {current}, not {given}")


def busy(name: str) -> Refusal:
    return Refusal(409, BUSY, f"{name} cannot be changed while its deployment is under way")


def still_deployed(name: str) -> Refusal:
    """400 is assumed (functions-api §18, 10)."""
    return Refusal(400, STILL_DEPLOYED, f"{name} is deployed; undeploy it before you delete it")
