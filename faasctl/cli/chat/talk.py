"""The conversation that `faasctl chat` holds: the connector, what may be clicked, and what can be saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from faasctl.conversation.connector import Connector
from faasctl.conversation.connector_events import Invoked, Sent
from faasctl.conversation.consumer import Arrival
from faasctl.conversation.offers import offers_of
from faasctl.conversation.saved_talk import HeldTurn, step_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from faasctl.conversation.connector_events import ConnectorEvent
    from faasctl.conversation.connector_settings import ConnectorSettings
    from faasctl.conversation.consumer import ConsumerEvent
    from faasctl.conversation.invoker import Invoker
    from faasctl.conversation.offers import Offer
    from faasctl.report.chat_view import ChatView


class Talk:
    """One conversation after the other with one bot. `invoker` may be exchanged while it goes on."""

    def __init__(
        self,
        settings: ConnectorSettings,
        invoker: Invoker,
        view: ChatView,
        *,
        clock: Callable[[], int],
        ids: Callable[[], str],
    ) -> None:
        self.settings = settings
        self.invoker = invoker
        self.attributes: Mapping[str, Any] | None = None
        self.setup: dict[str, Any] = {}
        """What a scenario of the present conversation needs besides the definition."""
        self.turns: list[HeldTurn] = []
        self.last_call: Invoked | None = None
        self._view = view
        self._clock, self._ids = clock, ids
        self._connector = Connector(settings, self, clock=clock, ids=ids)
        self._conversation: str | None = None
        self._offers: list[Offer] = []
        self.ends_at = 0

    def invoke(self, function: str, payload: Any) -> Any:
        """Implements Invoker, by the present one."""
        return self.invoker.invoke(function, payload)

    @property
    def is_open(self) -> bool:
        return self._conversation is not None and self._connector.holds(self._conversation)

    def start(self, *, welcome: bool = False, last_message: str | None = None) -> None:
        """A new conversation; with `welcome`, one that the bot opens, whatever its switch says."""
        settings = replace(self.settings, welcome_message=True) if welcome else self.settings
        greets = settings.welcome_message or settings.is_chat
        self.setup = {}
        if greets and not (self.settings.welcome_message or settings.is_chat):
            self.setup["welcome_message"] = True
        if self.attributes is not None and settings.engagement_attributes:
            self.setup["engagement_attributes"] = self.attributes
        self.turns = []
        if greets:
            step = {"welcome": True if last_message is None else {"last_message": last_message}}
            self.turns.append(HeldTurn(step=step))
        self._connector = Connector(settings, self, clock=self._clock, ids=self._ids)
        arrival = Arrival(engagement_attributes=self.attributes, last_consumer_message=last_message)
        self._offers = []
        self._conversation = None  # should it not come about: the connector does not know the former one
        self._conversation, events = self._connector.open(arrival)
        self._tell(events)

    def hear(self, what: ConsumerEvent, *, step: Mapping[str, Any] | None = None) -> None:
        """`step` are the words of a scenario for it, where there are better ones than its own."""
        there = self._there
        self.turns.append(HeldTurn(step=dict(step or step_of(what))))
        try:
            events = self._connector.hear(there, what)
        except BaseException:
            self.turns.pop()  # what came of it is not known
            raise
        self._tell(events)

    def typing(self) -> None:
        self._tell(self._connector.typing(self._there))

    def close(self) -> None:
        self.turns.append(HeldTurn(step={"meanwhile": "consumer-closes"}))
        self._tell(self._connector.close(self._there))

    def offer(self, number: int) -> Offer | None:
        """What was offered last under this number, from 1; it stays until the bot offers something else."""
        return self._offers[number - 1] if 0 < number <= len(self._offers) else None

    def words_for(self, number: int) -> int | str:
        """How a scenario names the offer: by its title, where no other has the same."""
        title = self._offers[number - 1].title
        return title if [offer.title for offer in self._offers].count(title) == 1 else number

    def due(self) -> int | None:
        """When the connector has work by itself, in Unix milliseconds."""
        return self._connector.due()

    def tick(self) -> None:
        self._tell(self._connector.tick())

    def settle(self) -> None:
        self._tell(self._connector.settle())

    @property
    def _there(self) -> str:
        if self._conversation is None:
            self.start()
        assert self._conversation is not None  # noqa: S101 - `start` gives one
        return self._conversation

    def _tell(self, events: list[ConnectorEvent]) -> None:
        offers: list[Offer] = []
        for event in events:
            if isinstance(event, Invoked):
                self.last_call = event
            first = len(offers) + 1
            if isinstance(event, Sent):
                offers += offers_of(event.item)
            self.ends_at = max(self.ends_at, event.at)
            if self.turns:
                self.turns[-1].events.append(event)
            self._view.show(event, first)
        self._offers = offers or self._offers
