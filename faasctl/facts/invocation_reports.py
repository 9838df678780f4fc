"""How the platform tells invocations by outcome (functions-api §8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.facts.function_errors import EXECUTION_EXCEEDED, FUNCTION_FAILED_STATUS

if TYPE_CHECKING:
    from faasctl.facts.function_errors import FunctionErrorCode

UNKNOWN = "UNKNOWN"
SUCCEEDED = "SUCCEEDED"
CODING_FAILURE = "CODING_FAILURE"
PLATFORM_FAILURE = "PLATFORM_FAILURE"
TIMEOUT = "TIMEOUT"

STATES = (UNKNOWN, SUCCEEDED, CODING_FAILURE, PLATFORM_FAILURE, TIMEOUT)
"""In the order in which a report names them (C)."""

MISSPELLED = {"UNKOWN": UNKNOWN}
"""What V1's official client asks for, and looks for in the answer (C)."""

BUCKETS: dict[int, int] = {300: 3600, 3600: 7 * 86_400, 86_400: 30 * 86_400}
"""Seconds of a bucket, and the longest span in seconds for which the official client asks for it (C)."""

FINEST_BUCKET = min(BUCKETS)
SHORTEST_SPAN = 15 * 60
LONGEST_SPAN = max(BUCKETS.values())
"""Seconds; what the official client asks for at least and at most (C)."""


def state_of(error: FunctionErrorCode | None) -> str:
    """The state of an invocation that failed with `error`; how the platform sorts them is assumed."""
    if error is None:
        return UNKNOWN
    if error.code == EXECUTION_EXCEEDED.code:
        return TIMEOUT
    return CODING_FAILURE if error.status == FUNCTION_FAILED_STATUS else PLATFORM_FAILURE
