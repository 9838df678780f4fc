"""The connector between consumers and a bot's function (third-party-bots §3.8), without I/O of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from faasctl.conversation.connector_calls import Exchange
from faasctl.conversation.connector_events import (
    ConversationEnded,
    Heard,
    Held,
    NotForwarded,
    Opened,
    RateLimited,
    StateChanged,
)
from faasctl.conversation.consumer import Arrival, Clicked, OtherEvent, Said
from faasctl.conversation.consumer_payloads import conversation_id, payload_of, welcome
from faasctl.conversation.open_conversation import Broken, OpenConversation, Story
from faasctl.conversation.sending import CLOSED
from faasctl.conversation.turns import Turns
from faasctl.facts.connector_errors import MAX_CONVERSATIONS, TEST_CONNECTION
from faasctl.facts.connector_limits import (
    MESSAGES_AT_ONCE,
    MESSAGES_AT_ONCE_SECONDS,
    OPEN_CONVERSATIONS,
    RETRY_SECONDS,
)
from faasctl.facts.payloads import neutral_probe

if TYPE_CHECKING:
    from faasctl.conversation.connector_events import BotState, ConnectorEvent
    from faasctl.conversation.connector_settings import ConnectorSettings
    from faasctl.conversation.consumer import ConsumerEvent, Json
    from faasctl.conversation.consumer_payloads import Forwarded
    from faasctl.conversation.invoker import Invoker
    from faasctl.conversation.open_conversation import Fate, Lost
    from faasctl.facts.connector_errors import ConnectorError

_NEW = Arrival()


class Connector:
    """One bot with its conversations. `clock` gives Unix milliseconds, `ids` a new UUID at each call.

    Nothing sleeps: a delay moves the `at` of what follows. A consumer's event comes at `at`, by default at the
    clock's time; it is handled once what came before is (§13, 23). All methods give what happened, in order, and
    raise what the invoker raises; KeyError for a conversation that was not opened here.
    """

    def __init__(
        self,
        settings: ConnectorSettings,
        invoker: Invoker,
        *,
        clock: Callable[[], int],
        ids: Callable[[], str],
    ) -> None:
        self.settings = settings
        self._clock = clock
        self._ids = ids
        self._turns = Turns(settings, invoker, ids=ids)
        self._conversations: dict[str, OpenConversation] = {}
        self._retry_at: int | None = None

    @property
    def state(self) -> BotState:
        return "Online" if self._retry_at is None else "Vendor Interruption"

    def open(self, arrival: Arrival = _NEW, *, at: int | None = None) -> tuple[str, list[ConnectorEvent]]:
        """A conversation is assigned to the bot: its id, and what happened (a welcome where the bot gives one)."""
        at = self._time(at)
        before = self.tick(at=at)
        conversation = OpenConversation(
            id=arrival.id or conversation_id(self._ids(), self.settings), arrival=arrival, free_at=at
        )
        is_full = self._count() >= OPEN_CONVERSATIONS
        self._conversations[conversation.id] = conversation
        story = Story(conversation, at)
        story.tell(
            Opened(at=at, conversation=conversation.id, transferred=arrival.last_consumer_message is not None)
        )
        if is_full:
            message = f"the bot has {OPEN_CONVERSATIONS} open conversations"
            self._turns.escalate(Broken(MAX_CONVERSATIONS, message), Exchange(), story)
        elif self._retry_at is not None:
            self._refuse(story)
        elif self.settings.is_chat or self.settings.welcome_message:
            attributes = self._turns.attributes(story)
            self._handle(welcome(conversation, attributes, self.settings, at), story)
        return conversation.id, [*before, *self._end(story)]

    def hear(self, conversation: str, what: ConsumerEvent, *, at: int | None = None) -> list[ConnectorEvent]:
        """The consumer sends something."""
        at = self._time(at)
        there = self._conversations[conversation]
        events = self.tick(at=at)
        events.append(Heard(at=at, conversation=there.id, what=what))
        why = there.gone
        if not why and isinstance(what, OtherEvent):
            why = f"the connector does not pass on {what.type}"
        if why or isinstance(what, OtherEvent):
            events.append(NotForwarded(at=at, conversation=there.id, what=what, why=why))
        elif not _passes_spam_guard(there, at):
            events.append(RateLimited(at=at, conversation=there.id, what=what))
        elif self.settings.combines is not None and isinstance(what, (Said, Clicked)):
            events += self._hold(there, what, at)
        else:
            events += self._release(there, at)
            events += self._take(there, [what], at)
        return events

    def typing(self, conversation: str, *, at: int | None = None) -> list[ConnectorEvent]:
        """The consumer begins to type: held texts wait the other time frame (§1.3)."""
        at = self._time(at)
        there = self._conversations[conversation]
        events = self.tick(at=at)
        combining = self.settings.combines
        if combining is not None and there.held:
            there.held_until = at + round(combining.after_typing * 1000)
            events.append(Held(at=at, conversation=there.id, until=there.held_until))
        return events

    def close(self, conversation: str, *, at: int | None = None) -> list[ConnectorEvent]:
        """The consumer closes the conversation; texts that are held are handled before."""
        at = self._time(at)
        there = self._conversations[conversation]
        events = [*self.tick(at=at), *self._release(there, at)]
        if not there.is_closed:
            there.gone, there.is_closed = CLOSED, True
            ended_at = max(at, there.free_at)
            events.append(ConversationEnded(at=ended_at, conversation=there.id, by="consumer"))
        return events

    def due(self) -> int | None:
        """When `tick` has work next: held texts, a retry in Vendor Interruption; None for never."""
        times = [there.held_until for there in self._conversations.values() if there.held_until is not None]
        return min([*times, *([] if self._retry_at is None else [self._retry_at])], default=None)

    def tick(self, *, at: int | None = None) -> list[ConnectorEvent]:
        """Does what is due."""
        at = self._time(at)
        events: list[ConnectorEvent] = []
        if self.settings.combines is not None:
            waiting = [
                there
                for there in self._conversations.values()
                if there.held_until is not None and there.held_until <= at
            ]
            for there in sorted(waiting, key=lambda there: there.held_until or 0):
                events += self._release(there, there.held_until or at)
        if self._retry_at is not None and self._retry_at <= at:
            events += self.check_health(at=at)
        return events

    def settle(self) -> list[ConnectorEvent]:
        """Handles all held texts, each when its time is over, without waiting for it."""
        events: list[ConnectorEvent] = []
        for there in list(self._conversations.values()):
            if there.held_until is not None:
                events += self._release(there, there.held_until)
        return events

    def check_health(self, *, at: int | None = None) -> list[ConnectorEvent]:
        """Probes the function; one failed probe interrupts the bot, one that succeeds ends that (§13, 15)."""
        at = self._time(at)
        before = self.state
        result = self._turns.calls.call("function", neutral_probe())
        why = "the function answers"
        self._retry_at = None
        if result.failure is not None:
            why = f"the function does not answer a probe: {result.failure.message or result.failure.kind}"
            self._retry_at = at + round(RETRY_SECONDS * 1000)
        if self.state == before:
            return []
        return [StateChanged(at=at, before=before, after=self.state, why=why)]

    def holds(self, conversation: str) -> bool:
        """Whether the conversation is open, and with the bot."""
        return not self._conversations[conversation].gone

    def fate(self, conversation: str) -> Fate:
        """What has become of the conversation by now."""
        return self._conversations[conversation].fate

    def lose(self, conversation: str, how: Lost) -> None:
        """Somebody else takes the conversation away while the function works on the consumer's next event."""
        self._conversations[conversation].about_to_lose = how

    def break_with(self, conversation: str, error: ConnectorError) -> None:
        """The handling of the consumer's next event ends with this error of the platform's own."""
        self._conversations[conversation].about_to_break = error

    def command(self, conversation: str, body: Json, *, at: int | None = None) -> list[ConnectorEvent]:
        """A command of the Public API (§1.10): messages, or an action, in the form of a reply."""
        at = self._time(at)
        events = self.tick(at=at)
        story = self._story(self._conversations[conversation], at)
        self._turns.command(body, story)
        return [*events, *self._end(story)]

    def _time(self, at: int | None) -> int:
        return self._clock() if at is None else at

    def _count(self) -> int:
        own = sum(not there.gone for there in self._conversations.values())
        return own + self.settings.other_conversations

    def _hold(self, there: OpenConversation, what: Said | Clicked, at: int) -> list[ConnectorEvent]:
        combining = self.settings.combines
        assert combining is not None  # noqa: S101 - asked for by the caller
        there.held.append(what)
        if len(there.held) >= combining.most:
            return self._release(there, at)
        there.held_until = at + round(combining.window * 1000)
        return [Held(at=at, conversation=there.id, until=there.held_until)]

    def _release(self, there: OpenConversation, at: int) -> list[ConnectorEvent]:
        held, there.held, there.held_until = there.held, [], None
        return self._take(there, held, at) if held and not there.gone else []

    def _take(self, there: OpenConversation, what: Sequence[Forwarded], at: int) -> list[ConnectorEvent]:
        """Has one event, or several texts that were combined, answered."""
        story = self._story(there, at)
        if there.gone:  # a text before this one ended it
            return [NotForwarded(at=at, conversation=there.id, what=item, why=there.gone) for item in what]
        if self._retry_at is not None:
            self._refuse(story)
        else:
            attributes = self._turns.attributes(story)
            self._handle(payload_of(what, there, attributes, self.settings, at), story)
        return self._end(story)

    def _handle(self, payload: object, story: Story) -> None:
        if not self._turns.handle(payload, story):
            story.events += self.check_health(at=story.at)

    def _refuse(self, story: Story) -> None:
        """In Vendor Interruption every conversation is escalated at once (§1.6)."""
        self._turns.escalate(Broken(TEST_CONNECTION, "the bot is in Vendor Interruption"), Exchange(), story)

    def _story(self, there: OpenConversation, at: int) -> Story:
        return Story(there, max(at, there.free_at))

    def _end(self, story: Story) -> list[ConnectorEvent]:
        story.conversation.free_at = story.at
        return story.events


def _passes_spam_guard(there: OpenConversation, at: int) -> bool:
    """Whether a message is let pass; those that were swallowed do not count."""
    heard = there.heard_at
    while heard and heard[0] <= at - MESSAGES_AT_ONCE_SECONDS * 1000:
        heard.popleft()
    if len(heard) >= MESSAGES_AT_ONCE:
        return False
    heard.append(at)
    return True
