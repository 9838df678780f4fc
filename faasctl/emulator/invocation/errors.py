"""How invocations end badly (functions-api §7.2, §7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from faasctl.emulator.refusals import Refusal
from faasctl.facts import stack_header
from faasctl.facts.function_errors import BAD_INPUT, FUNCTION_FAILED_STATUS, GENERAL, NOT_FOUND, RUNTIME_ERROR
from faasctl.facts.isolation import DURATION_HEADER

if TYPE_CHECKING:
    from faasctl.emulator.runtime.outcome import Outcome

_GATEWAY_TEXT = "Function invocation failed because of customer code"
"""The gateway does not tell what was thrown (§7.4, D)."""


def bad_input(message: str) -> Refusal:
    return Refusal(BAD_INPUT.status, BAD_INPUT.code, message)


def not_serving(account: str, uuid: str) -> Refusal:
    return Refusal(NOT_FOUND.status, NOT_FOUND.code, f"account {account} has no deployed function {uuid}")


def nobody_listens(account: str, event_id: str) -> Refusal:
    return Refusal(
        NOT_FOUND.status, NOT_FOUND.code, f"no deployed function of account {account} listens to {event_id}"
    )


def all_busy(function: str) -> Refusal:
    """Only the status is known (§7.4, D)."""
    return Refusal(429, GENERAL.code, f"all instances of {function} are busy")


def failed_in_gateway(outcome: Outcome) -> Refusal:
    return Refusal(FUNCTION_FAILED_STATUS, _code(outcome), _GATEWAY_TEXT)


def failed_in_test(outcome: Outcome, *, in_new_process: bool = False) -> Refusal:
    """A test tells the thrown message and the log (§7.2). Beside the body is told where it was thrown and, of a
    call that waited for a process, what the function itself took."""
    logs = [entry.as_json() for entry in outcome.logs]
    stack = quote((outcome.stack or "")[: stack_header.LONGEST])
    headers = {stack_header.HEADER: stack} if stack else {}
    if in_new_process:
        headers[DURATION_HEADER] = f"{outcome.duration:.6f}"
    return Refusal(FUNCTION_FAILED_STATUS, _code(outcome), outcome.message or "", logs=logs, headers=headers)


def _code(outcome: Outcome) -> str:
    return (outcome.error or RUNTIME_ERROR).code
