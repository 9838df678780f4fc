"""What happened in one step of a scenario, as expectations ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from faasctl.conversation.connector_events import (
    ActionDone,
    ConnectorEvent,
    ErrorRecorded,
    HookRan,
    Invoked,
    Sent,
    Waited,
)
from faasctl.conversation.replies import PrivateText, QuickReplies, RichContent, Text

if TYPE_CHECKING:
    from faasctl.conversation.open_conversation import Fate
    from faasctl.log_entry import LogEntry

_E = TypeVar("_E")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """`state` is the bot's after the step, `fate` what has become of the conversation by then."""

    events: tuple[ConnectorEvent, ...]
    state: str = "Online"
    fate: Fate = "open"

    def of(self, kind: type[_E]) -> list[_E]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def messages(self) -> list[Text | PrivateText | RichContent | QuickReplies | Waited]:
        """What the function said, in order, with its waits."""
        found: list[Text | PrivateText | RichContent | QuickReplies | Waited] = []
        for event in self.events:
            if isinstance(event, Waited):
                found.append(event)
            elif isinstance(event, Sent) and not event.by_connector:
                found.append(event.item)
        return found

    @property
    def texts(self) -> list[str]:
        """Those of the function, without what the connector says itself."""
        return [item.text for item in self.messages if isinstance(item, Text)]

    @property
    def heard(self) -> list[str]:
        """Every text that the consumer reads, the connector's and those above quick replies too."""
        texts: list[str] = []
        for sent in self.of(Sent):
            if isinstance(sent.item, Text):
                texts.append(sent.item.text)
            elif isinstance(sent.item, QuickReplies):
                texts.append(sent.item.message)
        return texts

    @property
    def is_silent(self) -> bool:
        return all(isinstance(sent.item, PrivateText) for sent in self.of(Sent))

    @property
    def logs(self) -> list[LogEntry]:
        """Of all functions that ran."""
        return [
            entry
            for event in self.events
            if isinstance(event, (Invoked, HookRan, ActionDone))
            for entry in event.logs
        ]

    @property
    def errors(self) -> list[ErrorRecorded]:
        return self.of(ErrorRecorded)

    @property
    def durations(self) -> list[float]:
        """Seconds that the bot's own function took, call by call."""
        return [event.duration for event in self.of(Invoked)]


def titles(content: Any, *, buttons_only: bool = False) -> list[str]:
    """Texts and titles somewhere in rich content, in order; with `buttons_only`, the titles of buttons."""
    found: list[str] = []
    if isinstance(content, list):
        for item in content:
            found.extend(titles(item, buttons_only=buttons_only))
    if isinstance(content, dict):
        is_button = content.get("type") in ("button", "submitButton")
        own = (
            ("title",)
            if buttons_only and is_button
            else ()
            if buttons_only
            else ("text", "title", "alt", "caption")
        )
        found.extend(content[key] for key in own if isinstance(content.get(key), str))
        for key, value in content.items():
            if key not in ("click", "metadata") and isinstance(value, (dict, list)):
                found.extend(titles(value, buttons_only=buttons_only))
    return found
