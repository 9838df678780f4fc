"""When cron expressions are due."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.emulator.refusals import Refusal
from faasctl.emulator.schedules import cron


def at(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


@pytest.mark.parametrize(
    ("expression", "zone", "after", "due"),
    [
        ("* * * * *", "Etc/UTC", "2026-11-20T09:00:30+00:00", "2026-11-20T09:01:00+00:00"),
        ("* * * * *", "UTC", "2026-11-20T09:01:00+00:00", "2026-11-20T09:02:00+00:00"),
        ("*/5 * * * *", "Etc/UTC", "2026-11-20T09:58:00+00:00", "2026-11-20T10:00:00+00:00"),
        ("30 8 * * 1-5", "Europe/Berlin", "2026-11-20T10:00:00+00:00", "2026-11-23T07:30:00+00:00"),
        ("0 0 1 jan *", "America/New_York", "2026-11-20T00:00:00+00:00", "2027-01-01T05:00:00+00:00"),
        ("0 12 29 2 *", "Etc/UTC", "2026-11-20T00:00:00+00:00", "2028-02-29T12:00:00+00:00"),
        ("0,30 9-17/4 * * MON", "Etc/UTC", "2026-11-20T00:00:00+00:00", "2026-11-23T09:00:00+00:00"),
        # The clocks go forward from 2:00 to 3:00, and back from 3:00 to 2:00.
        ("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00+00:00", "2026-03-29T01:00:00+00:00"),
        ("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00"),
    ],
)
def test_the_next_run_is_in_the_time_zone(expression: str, zone: str, after: str, due: str) -> None:
    assert cron.next_run(expression, zone, after=at(after)) == at(due)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "* * * *",
        "* * * * * *",
        "@daily",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "*/0 * * * *",
        "R * * * *",
        "0 0 L * *",
        "0 0 * * 1#2",
        "every minute of the day",
        "0 0 31 2 *",
        "\u0660 * * * *",
    ],
)
def test_what_is_no_expression_is_refused(expression: str) -> None:
    with pytest.raises(Refusal) as refused:
        cron.check(expression, "Etc/UTC")
    assert refused.value.status == 400


@pytest.mark.parametrize("zone", ["Mars/Base", "Europe", "../../etc/passwd", "/etc/localtime", "", "\0", "ü"])
def test_an_unknown_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(Refusal):
        cron.check("* * * * *", zone)


_FIELDS = st.one_of(st.sampled_from("*/-,0123456789LR#?"), st.sampled_from([" ", "*", "*/7", "1-5", "mon", "feb"]))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(timezone.utc))  # noqa: DTZ001


@given(st.one_of(st.text(max_size=20), st.lists(_FIELDS, max_size=15).map("".join)), MOMENTS)
def test_any_text_is_refused_or_due_later(expression: str, after: datetime) -> None:
    try:
        due = cron.next_run(expression, "Etc/UTC", after=after.timestamp())
    except Refusal:
        due = float("inf")
    assert due > after.timestamp()


@given(MOMENTS, st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]))
def test_every_minute_is_at_most_a_minute_away_in_any_zone(after: datetime, zone: str) -> None:
    due = cron.next_run("* * * * *", zone, after=after.timestamp())
    assert timedelta(0) < timedelta(seconds=due - after.timestamp()) <= timedelta(minutes=1)
