"""Reading logs and reports over any span, by as many calls as the platform's limits ask for (functions-api §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faasctl.facts.invocation_reports import BUCKETS
from faasctl.facts.limits import LOG_EXPORT_ENTRIES, LOG_WINDOW_DAYS

if TYPE_CHECKING:
    from faasctl.deadline import Deadline
    from faasctl.liveperson.model import InvocationBucket, KeptEntry
    from faasctl.liveperson.platform import Platform

_WINDOW_MS = LOG_WINDOW_DAYS.value * 86_400_000
_Export = Callable[[int, int], Sequence["KeptEntry"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeLog:
    """Entries by time; `complete` is false when one moment held more than the platform exports."""

    entries: tuple[KeptEntry, ...]
    complete: bool


def read_log(
    platform: Platform,
    uuid: str,
    *,
    start: int,
    end: int,
    levels: Sequence[str] = (),
    deadline: Deadline | None = None,
) -> WholeLog:
    """All that the function logged in a span (Unix milliseconds, both included).

    An export that is full is read again as two, cut at its middle entry. So it does not matter which entries the
    platform leaves out, nor whether it counts the ends of a span in.
    """

    def export(first: int, last: int) -> Sequence[KeptEntry]:
        return platform.kept_logs(uuid, start=first, end=last, levels=levels, deadline=deadline)

    entries: list[KeptEntry] = []
    complete = True
    for first, last in _windows(start, end, _WINDOW_MS):
        part = _read(export, first, last)
        entries = _joined(entries, part.entries, first)
        complete = complete and part.complete
    return WholeLog(entries=tuple(entries), complete=complete)


def _read(export: _Export, start: int, end: int) -> WholeLog:
    found = export(start, end)
    if len(found) < LOG_EXPORT_ENTRIES.value:
        return WholeLog(entries=tuple(found), complete=True)
    if end - start < 2:  # nothing lies between
        return WholeLog(entries=tuple(found), complete=False)
    middle = min(max(found[len(found) // 2].entry.timestamp, start + 1), end - 1)
    before, after = _read(export, start, middle), _read(export, middle, end)
    return WholeLog(
        entries=tuple(_joined(before.entries, after.entries, middle)),
        complete=before.complete and after.complete,
    )


def _joined(before: Sequence[KeptEntry], after: Sequence[KeptEntry], cut: int) -> list[KeptEntry]:
    """Both parts, with the entries of the moment at which they meet once: those of the part that has more."""
    ending = [kept for kept in before if kept.entry.timestamp >= cut]
    beginning = [kept for kept in after if kept.entry.timestamp <= cut]
    shared = max(ending, beginning, key=len)
    return [*before[: len(before) - len(ending)], *shared, *after[len(beginning) :]]


def read_report(
    platform: Platform, uuid: str, *, start: int, end: int, bucket: int
) -> tuple[InvocationBucket, ...]:
    """The function's invocations in a span (Unix milliseconds), in buckets of so many seconds."""
    parts = [
        platform.invocation_report(uuid, start=first, end=last, bucket=bucket)
        for first, last in report_calls(start, end, bucket)
    ]
    return tuple(found for part in parts for found in part)


def report_calls(start: int, end: int, bucket: int) -> list[tuple[int, int]]:
    """The spans of the calls: one where it is short enough for the bucket, else cut where buckets begin."""
    longest = BUCKETS[bucket] * 1000
    if end - start <= longest:
        return [(start, end)]
    calls = []
    while start <= end:
        following = start // (bucket * 1000) * bucket * 1000 + longest
        calls.append((start, min(following - 1, end)))
        start = following
    return calls


def _windows(start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """Spans that meet: the end of one is the start of the next."""
    while end - start > longest:
        yield start, start + longest
        start += longest
    yield start, end
