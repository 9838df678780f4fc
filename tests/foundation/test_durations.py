from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.deadline import Deadline
from faasctl.durations import parse_duration, show_duration


@pytest.mark.parametrize(
    ("text", "seconds"), [("500ms", 0.5), ("30s", 30), ("2m", 120), ("1h", 3600), ("1.5", 1.5), (" 2 s ", 2)]
)
def test_a_duration_is_read(text: str, seconds: float) -> None:
    assert parse_duration(text) == pytest.approx(seconds)


def test_days_are_read_up_to_as_many_as_are_taken() -> None:
    assert parse_duration("7d", days=30) == 7 * 86_400
    assert parse_duration("1d") == 86_400
    for text, days in (("25h", 1), ("31d", 30)):
        with pytest.raises(ValueError, match="longer than"):
            parse_duration(text, days=days)


@given(st.text(max_size=12))
def test_anything_else_is_refused_with_a_message(text: str) -> None:
    try:
        seconds = parse_duration(text)
    except ValueError as error:
        seconds, told = 0, str(error)
    else:
        told = "a duration"
    assert told
    assert 0 <= seconds <= 86_400


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0384, "38 ms"), (0.9999, "1.00 s"), (1.236, "1.24 s"), (12.34, "12.3 s"), (125, "2 min 5 s")],
)
def test_a_duration_is_shown_with_three_digits(seconds: float, text: str) -> None:
    assert show_duration(seconds) == text


def test_a_deadline_never_sleeps_past_its_end() -> None:
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    deadline = Deadline(3, clock=lambda: now[0], sleep=sleep)
    deadline.sleep(2)
    assert deadline.remaining() == 1
    assert deadline.sooner(10).remaining() == 1
    deadline.sleep(5)
    assert now[0] == 3
    assert deadline.passed
