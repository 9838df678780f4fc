"""A conversation as lines of JSON, one an event."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from faasctl.conversation.event_json import event_json
from faasctl.redaction import redactor
from faasctl.report.streams import to_stdout

if TYPE_CHECKING:
    from faasctl.conversation.connector_events import ConnectorEvent
    from faasctl.report.outcome import Outcome
    from faasctl.rollout.events import Event


class ChatNdjson:
    """Implements ChatView."""

    logs = True
    latency = True

    def show(self, event: ConnectorEvent, first_offer: int) -> None:
        write_line(event_json(event))

    def heard(self, text: str) -> None:
        """The event says it."""

    def note(self, text: str) -> None:
        write_line({"event": "note", "text": text})

    def plain(self, text: str) -> None:
        write_line({"event": "note", "text": text})


def write_line(value: Any) -> None:
    to_stdout(json.dumps(redactor.data(value), ensure_ascii=False))


class NdjsonReporter:
    """Implements Reporter: notes as events, and the envelope of every verb as the last one."""

    def opened(self, outcome: Outcome) -> None:
        pass

    def told(self, event: Event) -> None:
        from faasctl.rollout.events import Noted

        if isinstance(event, Noted):
            write_line({"event": "note", "text": event.text})

    def paused(self) -> None:
        pass

    def ended(self, outcome: Outcome) -> None:
        write_line({"event": "ended", **outcome.as_json()})
