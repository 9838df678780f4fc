"""Invocations by time and outcome: what is asked for, and the report that comes (functions-api §8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.facts.invocation_reports import STATES
from faasctl.liveperson.model import InvocationBucket

if TYPE_CHECKING:
    from faasctl.liveperson.reading import Fields


def report_query(start: int, end: int, bucket: int) -> tuple[tuple[str, str], ...]:
    """The query of one report; times are Unix time in milliseconds, `bucket` is seconds."""
    span = (("startTimestamp", str(start)), ("endTimestamp", str(end)), ("bucketSize", str(bucket)))
    return (*span, *(("invocationStates", state) for state in STATES))


def parse_report(fields: Fields) -> tuple[InvocationBucket, ...]:
    """The buckets by time; one alone has also been seen without its list (M)."""
    single = isinstance(fields.value("invocationStatistics"), dict)
    found = (fields.child("invocationStatistics"),) if single else fields.children("invocationStatistics")
    buckets = [
        InvocationBucket(
            start=bucket.whole_number("from"),
            end=bucket.whole_number("to"),
            counts={state: bucket.optional_whole_number(state) or 0 for state in STATES},
        )
        for bucket in found
    ]
    return tuple(sorted(buckets, key=lambda bucket: bucket.start))
