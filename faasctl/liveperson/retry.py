"""Which failed calls are repeated, and after what pause. Pure: no clock, no socket.

urllib3's `Retry` is not used: it knows neither a deadline for the whole of a call nor a re-read of the account,
and it sleeps through a `Retry-After` that lies past our deadline instead of telling at once what is wrong.
"""

from __future__ import annotations

from datetime import timezone
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ATTEMPTS = 5
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 8.0
"""Seconds; without a Retry-After the pause before repeat n is a random part of 0.25 * 2^(n-1), at most this."""

_NOT_TAKEN = frozenset({408, 429})
"""408 says that the request did not arrive whole (functions-api §7.4, D)."""
_TEMPORARY = frozenset({500, 502, 503, 504})


class Fate(Enum):
    """What is known of a call that failed."""

    NOT_CONNECTED = "no connection came about: nothing was sent"
    BUSY = "the platform did not take it for now (429, 408): nothing was done"
    UNCLEAR = "it was sent, and may have been carried out"
    FINAL = "a repeat would end the same way"


class Repeat(Enum):
    """Which fates allow a call to be repeated as it is."""

    ALWAYS = frozenset({Fate.NOT_CONNECTED, Fate.BUSY, Fate.UNCLEAR})
    UNPROCESSED = frozenset({Fate.NOT_CONNECTED, Fate.BUSY})
    NOT_CONNECTED = frozenset({Fate.NOT_CONNECTED})

    def allows(self, fate: Fate) -> bool:
        return fate in self.value


def fate_of(status: int) -> Fate:
    """The fate of a call that was answered with an error status."""
    if status in _NOT_TAKEN:
        return Fate.BUSY
    return Fate.UNCLEAR if status in _TEMPORARY else Fate.FINAL


def parse_retry_after(value: str | None, now: float) -> float | None:
    """Seconds to wait from `now` (Unix time) by a Retry-After header in either form; None for nonsense."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text) if len(text) < 12 else float("inf")
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone.utc)
        return max(0.0, moment.timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None


def pause_before(
    repeat: int, *, remaining: float, retry_after: float | None, random: Callable[[], float]
) -> float | None:
    """Seconds to sleep before the `repeat`-th repeat (from 1); None to give up now.

    Full jitter, so that clients that failed together do not come back together. `random` gives 0 up to 1. Given
    up when the attempts are used, or when less than nothing would remain of the deadline after the pause.
    """
    if repeat >= ATTEMPTS:
        return None
    pause = random() * min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (repeat - 1))
    if retry_after is not None:
        pause = max(pause, retry_after)
    return pause if pause < remaining else None
