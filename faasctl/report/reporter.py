"""What shows a run: events as they happen, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from faasctl.report.outcome import Outcome
    from faasctl.rollout.events import Event


class Reporter(Protocol):
    def opened(self, outcome: Outcome) -> None:
        """The definition is read: target and account are known."""
        ...

    def told(self, event: Event) -> None: ...

    def paused(self) -> None:
        """A question is about to be asked: nothing may move on the terminal."""
        ...

    def ended(self, outcome: Outcome) -> None: ...
