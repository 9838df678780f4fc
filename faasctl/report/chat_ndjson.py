"""A conversation as lines of JSON, one an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.conversation.event_json import event_json
from faasctl.report.chat_lines import listed
from faasctl.report.json_text import json_line
from faasctl.report.streams import to_stdout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faasctl.conversation.connector_events import ConnectorEvent
    from faasctl.report.outcome import Outcome
    from faasctl.rollout.events import Event


class ChatNdjson:
    """Implements ChatView."""

    logs = True
    latency = True
    is_read = True

    def show(self, event: ConnectorEvent, first_offer: int) -> None:
        self._put(event_json(event))

    def ended(self, outcome: Outcome) -> None:
        self._put({"event": "ended", **outcome.as_json()})

    def heard(self, text: str) -> None:
        """The event says it."""

    def note(self, text: str) -> None:
        self._put({"event": "note", "text": text})

    def plain(self, text: str) -> None:
        self.note(text)

    def listing(self, rows: Sequence[tuple[str, str]]) -> None:
        self.note(listed(rows))

    def _put(self, value: Any) -> None:
        self.is_read = to_stdout(json_line(value)) and self.is_read


class NdjsonReporter:
    """Implements Reporter: notes as events, and the envelope of every verb as the last one."""

    def __init__(self, view: ChatNdjson) -> None:
        self._view = view

    def opened(self, outcome: Outcome) -> None:
        pass

    def told(self, event: Event) -> None:
        from faasctl.rollout.events import Noted

        if isinstance(event, Noted):
            self._view.note(event.text)

    def paused(self) -> None:
        pass

    def ended(self, outcome: Outcome) -> None:
        self._view.ended(outcome)
