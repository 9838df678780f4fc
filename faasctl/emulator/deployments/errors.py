"""How deployments are refused, and how they fail. The platform's own codes are not known, so these are ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from faasctl.emulator.functions.errors import BUSY
from faasctl.emulator.refusals import Refusal
from faasctl.facts.function_errors import NOT_FOUND
from faasctl.facts.limits import CONCURRENT_DEPLOYMENTS, TOO_MANY_DEPLOYMENTS

WRONG_STATE = "faasctl.emulator.wrong-state"
FAILED = "faasctl.emulator.deployment-failed"


def under_way(name: str) -> Refusal:
    """409 is assumed (functions-api §6)."""
    return Refusal(409, BUSY, f"{name} is being deployed or undeployed already")


def too_many() -> Refusal:
    most = CONCURRENT_DEPLOYMENTS.value
    return Refusal(409, TOO_MANY_DEPLOYMENTS, f"{most} deployments of the account are under way already")


def needs_redeploy(name: str) -> Refusal:
    return Refusal(400, WRONG_STATE, f"{name} is deployed and modified; redeploy it with PATCH")


def not_modified(name: str, state: str) -> Refusal:
    return Refusal(400, WRONG_STATE, f"only a modified function can be redeployed; {name} is {state}")


def not_deployed(name: str) -> Refusal:
    return Refusal(NOT_FOUND.status, NOT_FOUND.code, f"{name} is not deployed")


def failure(message: str, logs: Sequence[Any] = ()) -> dict[str, Any]:
    """A deployment record's `deploymentError`, in the form that V1 documents (functions-api §4.3)."""
    return {"errorCode": FAILED, "errorMsg": message, "errorLogs": list(logs)}
