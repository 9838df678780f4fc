"""A point in time by which a whole piece of work, retries included, must have ended."""

from __future__ import annotations

import time
from collections.abc import Callable


class Deadline:
    """Counts down from `seconds`; `clock` and `sleep` are passed in by tests."""

    def __init__(
        self,
        seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.seconds = seconds
        self._clock = clock
        self._sleep = sleep
        self._end = clock() + seconds

    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self._end - self._clock())

    @property
    def passed(self) -> bool:
        return self.remaining() <= 0

    def sleep(self, seconds: float) -> None:
        """Sleeps, but never past the deadline."""
        self._sleep(min(seconds, self.remaining()))

    def sooner(self, seconds: float) -> Deadline:
        """A deadline that lies at most `seconds` from now and never after this one."""
        return Deadline(min(seconds, self.remaining()), clock=self._clock, sleep=self._sleep)
