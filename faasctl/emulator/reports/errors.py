"""How reports refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.emulator.functions.errors import invalid
from faasctl.facts.invocation_reports import BUCKETS, STATES

if TYPE_CHECKING:
    from faasctl.emulator.refusals import Refusal


def unknown_state(state: str) -> Refusal:
    return invalid(f"there is no invocation state {state!r}; states are {', '.join(STATES)}")


def unknown_bucket() -> Refusal:
    return invalid(f"bucketSize must be one of {', '.join(map(str, BUCKETS))} (seconds)")


def span_too_long(bucket: int) -> Refusal:
    return invalid(f"a report in buckets of {bucket} s spans at most {BUCKETS[bucket]} s")
