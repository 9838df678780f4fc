"""Time for conversations that is the same at every run."""

from __future__ import annotations

START = 1_760_000_000_000
"""Where a clock of our own starts, in Unix milliseconds."""


class ManualClock:
    """Stands still until it is told to move; gives Unix milliseconds."""

    def __init__(self, start: int = START) -> None:
        self.now = start

    def __call__(self) -> int:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += round(seconds * 1000)

    def reach(self, at: int) -> None:
        """Moves on to `at`; never back."""
        self.now = max(self.now, at)
