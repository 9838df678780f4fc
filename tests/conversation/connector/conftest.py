"""A bot whose functions are written in Python, and the connector around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import pytest

from faasctl.conversation.clocks import ManualClock
from faasctl.conversation.connector import Connector
from faasctl.conversation.connector_events import ConnectorEvent, ErrorRecorded, Invoked, Sent
from faasctl.conversation.connector_settings import ConnectorSettings
from faasctl.conversation.consumer import Arrival, ConsumerEvent, Said
from faasctl.conversation.invoker import Failure, InvocationResult
from faasctl.conversation.replies import PrivateText, QuickReplies, RichContent, Text
from tests.conversation.numbered_ids import numbered_ids

Event = TypeVar("Event")
Function = Callable[[Any], Any]
"""From a payload to a reply, a Failure, or a whole InvocationResult."""


@dataclass(kw_only=True)
class Bot:
    """Implements Invoker; `calls` are role or UUID with payload."""

    functions: Mapping[str, Function]
    calls: list[tuple[str, Any]] = field(default_factory=list)

    def invoke(self, function: str, payload: Any) -> InvocationResult:
        self.calls.append((function, payload))
        if function not in self.functions:
            return InvocationResult(failure=Failure(kind="not-deployed", message="no such function"))
        given = self.functions[function](payload)
        if isinstance(given, InvocationResult):
            return given
        if isinstance(given, Failure):
            return InvocationResult(failure=given)
        return InvocationResult(value=given)

    def payloads(self, function: str = "function") -> list[Any]:
        return [payload for called, payload in self.calls if called == function]


@dataclass(kw_only=True)
class Talk:
    """One conversation with a bot; `events` are all since the opening."""

    connector: Connector
    bot: Bot
    clock: ManualClock
    conversation: str = ""
    events: list[ConnectorEvent] = field(default_factory=list)

    def open(self, arrival: Arrival | None = None) -> list[ConnectorEvent]:
        self.conversation, events = self.connector.open(arrival or Arrival())
        self.events += events
        return events

    def hear(self, what: ConsumerEvent) -> list[ConnectorEvent]:
        events = self.connector.hear(self.conversation, what)
        self.events += events
        return events

    def say(self, text: str = "hello", *, after: float = 3) -> list[ConnectorEvent]:
        self.clock.advance(after)
        return self.hear(Said(text=text))

    def all(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def texts(self) -> list[str]:
        """What the consumer read."""
        return [_words(event) for event in self.all(Sent) if not isinstance(event.item, PrivateText)]

    @property
    def codes(self) -> list[str]:
        return [event.error.code.partition(".error.")[2] for event in self.all(ErrorRecorded)]

    @property
    def times(self) -> list[float]:
        """Seconds since the clock's start at which the bot's messages were sent."""
        return [(event.at - self.start) / 1000 for event in self.all(Sent)]

    start: int = ManualClock().now

    @property
    def messages(self) -> list[str]:
        """What the function was called with."""
        return [event.payload["message"] for event in self.all(Invoked)]


def _words(event: Sent) -> str:
    match event.item:
        case Text(text=text) | PrivateText(text=text):
            return text
        case QuickReplies(message=message):
            return message
        case RichContent(content=content):
            return str(content.get("type"))


Start = Callable[..., Talk]


@pytest.fixture
def talk() -> Start:
    """`talk(function, settings, …)` opens a conversation; `is_open=False` leaves that to the test."""

    def start(
        function: Function | Any,
        settings: ConnectorSettings | None = None,
        *,
        others: Mapping[str, Function] | None = None,
        arrival: Arrival | None = None,
        is_open: bool = True,
    ) -> Talk:
        given = function if callable(function) else lambda _: function
        functions: dict[str, Function] = {"function": given, **(others or {})}
        hooks = frozenset(role for role in ("pre", "post", "error") if role in functions)
        bot, clock = Bot(functions=functions), ManualClock()
        settings = replace(settings or ConnectorSettings(), hooks=hooks)
        connector = Connector(settings, bot, clock=clock, ids=numbered_ids("test"))
        made = Talk(connector=connector, bot=bot, clock=clock)
        if is_open:
            made.open(arrival)
        return made

    return start
