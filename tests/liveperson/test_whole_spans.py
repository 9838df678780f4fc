"""Reading logs and reports that are more than one call gives; the platform here is a list."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faasctl.liveperson.log_following import follow_log
from faasctl.liveperson.model import InvocationBucket, KeptEntry
from faasctl.liveperson.whole_spans import read_log, read_report, report_calls
from faasctl.log_entry import LogEntry

DAY_MS = 86_400_000


def kept(moment: int, message: str = "") -> KeptEntry:
    return KeptEntry(request_id="r", entry=LogEntry(level="Info", message=message, timestamp=moment))


class Log:
    """Exports 500 entries at most: the oldest of the span or the newest, with or without its ends."""

    def __init__(self, entries: Sequence[KeptEntry], *, newest: bool = False, ends: str = "[]") -> None:
        self.entries = sorted(entries, key=lambda entry: entry.entry.timestamp)
        self.calls: list[tuple[int, int]] = []
        self._newest = newest
        self._ends = ends

    def kept_logs(self, _: str, *, start: int, end: int, **__: Any) -> tuple[KeptEntry, ...]:
        assert end - start <= 7 * DAY_MS
        self.calls.append((start, end))
        first = start + (self._ends[0] == "(")
        last = end - (self._ends[1] == ")")
        found = [entry for entry in self.entries if first <= entry.entry.timestamp <= last]
        return tuple(found[-500:] if self._newest else found[:500])


def read(log: Log, start: int, end: int) -> tuple[list[KeptEntry], bool]:
    whole = read_log(log, "f", start=start, end=end)  # type: ignore[arg-type]  # the one call that is used
    return list(whole.entries), whole.complete


def test_a_short_log_takes_one_call() -> None:
    log = Log([kept(moment) for moment in range(499)])
    assert read(log, 0, 1000) == (log.entries, True)
    assert log.calls == [(0, 1000)]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 300)), max_size=25),
    st.booleans(),
    st.sampled_from(["[]", "[)", "(]"]),
)
def test_a_long_log_is_read_whole_and_nothing_twice(
    bursts: list[tuple[int, int]], newest: bool, ends: str
) -> None:
    """Bursts of the same entry within a millisecond, as a loop logs them."""
    per_moment: dict[int, int] = {}
    for moment, count in bursts:
        per_moment[moment] = min(per_moment.get(moment, 0) + count, 240)
    entries = [kept(moment) for moment, count in per_moment.items() for _ in range(count)]
    log = Log(entries, newest=newest, ends=ends)
    assert read(log, 0, 6000) == (log.entries, True)


def test_a_long_log_takes_few_calls() -> None:
    log = Log([kept(1_000_000 + moment, str(moment)) for moment in range(5000)])
    assert read(log, 0, 6 * DAY_MS)[0] == log.entries
    assert len(log.calls) < 60


@pytest.mark.parametrize("newest", [True, False])
def test_more_than_one_moment_exports_is_told(newest: bool) -> None:
    log = Log([*(kept(5) for _ in range(700)), kept(9)], newest=newest)
    entries, complete = read(log, 0, 10)
    assert not complete
    assert [entry.entry.timestamp for entry in entries] == [5] * 500 + [9]


def test_a_month_is_read_in_weeks() -> None:
    log = Log([kept(day * DAY_MS, str(day)) for day in range(31)])
    assert read(log, 0, 30 * DAY_MS) == (log.entries, True)
    assert len(log.calls) == 5


class Stop(Exception):
    pass


def test_following_shows_each_entry_once_and_late_ones_too() -> None:
    now = [100.0]
    log = Log([kept(99_000, "before"), kept(99_999, "twice"), kept(99_999, "twice")])
    looks = [
        [kept(101_000, "new")],
        [kept(99_500, "late"), kept(99_999, "twice")],
        [],
        [kept(106_000, "last")],
    ]
    shown = []

    def sleep(seconds: float) -> None:
        if not looks:
            raise Stop
        now[0] += seconds
        log.entries = sorted([*log.entries, *looks.pop(0)], key=lambda entry: entry.entry.timestamp)

    def follow() -> None:
        entries = follow_log(
            log,  # type: ignore[arg-type]  # the one call that is used
            "f",
            start=99_000,
            levels=(),
            seconds=10,
            clock=lambda: now[0],
            sleep=sleep,
        )
        for entry in entries:
            assert entry is not None
            shown.append(entry.entry.message)

    with pytest.raises(Stop):
        follow()
    assert shown == ["before", "twice", "twice", "new", "late", "twice", "last"]


def test_following_forgets_what_is_long_past() -> None:
    now = [0.0]
    log = Log([])

    def sleep(seconds: float) -> None:
        now[0] += seconds
        if now[0] > 600:
            raise Stop

    entries = follow_log(
        log,  # type: ignore[arg-type]  # the one call that is used
        "f",
        start=0,
        levels=(),
        seconds=10,
        clock=lambda: now[0],
        sleep=sleep,
    )
    with pytest.raises(Stop):
        next(entries)
    assert max(end - start for start, end in log.calls) <= 32_000


@given(
    st.integers(0, 2 * 10**12),
    st.sampled_from([300, 3600, 86_400]),
    st.integers(0, 30 * DAY_MS),
)
def test_report_calls_cover_the_span_once_and_keep_to_the_longest_span(start: int, bucket: int, span: int) -> None:
    longest = {300: 3600, 3600: 7 * 86_400, 86_400: 30 * 86_400}[bucket] * 1000
    span = min(span, longest * 40)
    calls = report_calls(start, start + span, bucket)
    assert calls[0][0] == start
    assert calls[-1][1] == start + span
    assert all(last - first <= longest for first, last in calls)
    assert all(before[1] + 1 == after[0] for before, after in itertools.pairwise(calls))
    assert all(first % (bucket * 1000) == 0 for first, _ in calls[1:])


def test_a_report_in_fine_buckets_is_put_together() -> None:
    class Reports:
        def invocation_report(self, _: str, *, start: int, end: int, bucket: int) -> tuple[InvocationBucket, ...]:
            first = start // 300_000 * 300_000
            return tuple(
                InvocationBucket(start=at, end=at + 300_000, counts={}) for at in range(first, end + 1, 300_000)
            )

    end = 3 * 3_600_000 + 120_000
    found = read_report(Reports(), "f", start=60_000, end=end, bucket=300)  # type: ignore[arg-type]
    assert [bucket.start for bucket in found] == list(range(0, end, 300_000))
