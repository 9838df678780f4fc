from __future__ import annotations

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.liveperson.retry import (
    ATTEMPTS,
    LONGEST_PAUSE,
    Fate,
    Repeat,
    fate_of,
    parse_retry_after,
    pause_before,
)

NOW = 1_763_700_000.0


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_temporary_platform_error_leaves_the_fate_unclear(status: int) -> None:
    assert fate_of(status) is Fate.UNCLEAR


@pytest.mark.parametrize("status", [301, 304, 400, 401, 403, 404, 405, 409, 501, 901])
def test_a_refusal_and_a_failed_function_are_final(status: int) -> None:
    assert fate_of(status) is Fate.FINAL
    assert not any(repeat.allows(fate_of(status)) for repeat in Repeat)


def test_only_what_was_surely_not_carried_out_is_repeated_for_writes() -> None:
    assert Repeat.UNPROCESSED.allows(Fate.NOT_CONNECTED)
    assert all(Repeat.UNPROCESSED.allows(fate_of(status)) for status in (408, 429))
    assert not Repeat.UNPROCESSED.allows(fate_of(503))


def test_an_invocation_is_repeated_only_when_no_connection_came_about() -> None:
    assert [fate for fate in Fate if Repeat.NOT_CONNECTED.allows(fate)] == [Fate.NOT_CONNECTED]


@given(st.integers(min_value=0, max_value=10**9))
def test_a_retry_after_in_seconds_is_read(seconds: int) -> None:
    assert parse_retry_after(f" {seconds} ", NOW) == seconds


@given(st.integers(min_value=0, max_value=10**8))
def test_a_retry_after_as_a_date_is_read(seconds: int) -> None:
    assert parse_retry_after(formatdate(NOW + seconds, usegmt=True), NOW) == pytest.approx(seconds, abs=1)


def test_a_date_that_lies_in_the_past_means_at_once() -> None:
    assert parse_retry_after(formatdate(NOW - 60, usegmt=True), NOW) == 0


@given(st.text())
def test_any_retry_after_gives_a_pause_or_none(text: str) -> None:
    seconds = parse_retry_after(text, NOW)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize("text", [None, "", "soon", "-1", "1.5", "Fri, 99 Foo 2026"])
def test_nonsense_in_a_retry_after_is_left_aside(text: str | None) -> None:
    assert parse_retry_after(text, NOW) is None


@given(
    repeat=st.integers(min_value=1, max_value=ATTEMPTS - 1),
    remaining=st.floats(min_value=0, max_value=10_000),
    retry_after=st.none() | st.floats(min_value=0, allow_nan=False),
    luck=st.floats(min_value=0, max_value=1, exclude_max=True),
)
def test_a_pause_never_reaches_the_deadline(
    repeat: int, remaining: float, retry_after: float | None, luck: float
) -> None:
    pause = pause_before(repeat, remaining=remaining, retry_after=retry_after, random=lambda: luck)
    if pause is None:
        assert remaining <= max(LONGEST_PAUSE, retry_after or 0)
    else:
        assert 0 <= pause < remaining
        assert pause >= (retry_after or 0)


@given(st.integers(min_value=1, max_value=ATTEMPTS - 1), st.floats(min_value=0, max_value=1, exclude_max=True))
def test_pauses_double_up_to_a_cap(repeat: int, luck: float) -> None:
    pause = pause_before(repeat, remaining=1e9, retry_after=None, random=lambda: luck)
    assert pause == luck * min(LONGEST_PAUSE, 0.25 * 2 ** (repeat - 1))


def test_nothing_is_repeated_without_end() -> None:
    assert pause_before(ATTEMPTS, remaining=1e9, retry_after=None, random=lambda: 0) is None
