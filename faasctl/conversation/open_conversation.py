"""What the connector keeps of a conversation, and the record of what happens in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from faasctl.conversation.connector_events import ConnectorEvent
    from faasctl.conversation.consumer import Arrival, Clicked, Said
    from faasctl.facts.connector_errors import ConnectorError

Lost = Literal["closed", "transferred"]
Fate = Literal["open", "closed", "transferred"]


@dataclass(slots=True, kw_only=True)
class OpenConversation:
    """`gone` says why the bot has it no more; it is empty while the bot has it. Times are Unix milliseconds.

    `is_closed` besides where it was closed, and not handed on.

    `free_at` is when the bot is done with what came before. `heard_at` has the times of the latest messages that
    the spam guard let pass. `held` waits for further texts until `held_until`.
    """

    id: str
    arrival: Arrival
    gone: str = ""
    is_closed: bool = False
    sequence: int = 0
    free_at: int = 0
    heard_at: deque[int] = field(default_factory=deque)
    held: list[Said | Clicked] = field(default_factory=list)
    held_until: int | None = None
    attributes: Mapping[str, Any] | None = None
    """Engagement attributes, once they are fetched."""
    about_to_lose: Lost | None = None
    about_to_break: ConnectorError | None = None

    @property
    def fate(self) -> Fate:
        if not self.gone:
            return "open"
        return "closed" if self.is_closed else "transferred"


class Story:
    """The events of one piece of work in their order; `at` is the time that it has come to."""

    __slots__ = ("at", "conversation", "events")

    def __init__(self, conversation: OpenConversation, at: int) -> None:
        self.conversation = conversation
        self.at = at
        self.events: list[ConnectorEvent] = []

    @property
    def id(self) -> str:
        return self.conversation.id

    def tell(self, event: ConnectorEvent) -> None:
        self.events.append(event)

    def passes(self, seconds: float) -> None:
        self.at += round(seconds * 1000)


class Broken(Exception):
    """The handling of an event ends with an error of the connector; `tester` is the Conversation Tester's code."""

    def __init__(self, error: ConnectorError, message: str, *, tester: str | None = None) -> None:
        super().__init__(message)
        self.error = error
        self.message = message
        self.tester = tester
