"""JSON for programs: nothing while the verb runs, one object on stdout at its end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from faasctl.redaction import redactor
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
        to_stdout(json.dumps(redactor.data(outcome.as_json()), indent=2))
