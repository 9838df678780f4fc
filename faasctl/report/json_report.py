"""JSON for programs: nothing while the verb runs, one object on stdout at its end."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from faasctl.redaction import redactor

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
        sys.stdout.write(json.dumps(redactor.data(outcome.as_json()), indent=2) + "\n")
        sys.stdout.flush()
