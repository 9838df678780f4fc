"""JSON for programs: nothing while the verb runs, one object on stdout at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.report.json_text import json_text
from faasctl.report.streams import to_stdout

if TYPE_CHECKING:
    from faasctl.report.outcome import Outcome
    from faasctl.rollout.events import Event


class JsonReporter:
    def opened(self, outcome: Outcome) -> None:
        pass

    def told(self, event: Event) -> None:
        pass

    def paused(self) -> None:
        pass

    def ended(self, outcome: Outcome) -> None:
        to_stdout(json_text(outcome.as_json(), ensure_ascii=True))
