"""Messages that come quickly: the spam guard, and combining (third-party-bots §1.3, §1.7, §2.7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from faasctl.conversation.clocks import ManualClock
from faasctl.conversation.connector import Connector
from faasctl.conversation.connector_events import Held, Invoked, RateLimited, Sent
from faasctl.conversation.connector_settings import Combining, ConnectorSettings
from faasctl.conversation.consumer import Clicked, Said, SentFile
from faasctl.conversation.invoker import InvocationResult
from faasctl.facts.payloads import FILE_MESSAGE
from tests.conversation.connector.bots import echo
from tests.conversation.numbered_ids import numbered_ids

if TYPE_CHECKING:
    from tests.conversation.connector.conftest import Start

COMBINING = ConnectorSettings(combining=Combining(most=3, window=2, after_typing=5))


def test_a_fifth_message_within_two_seconds_is_swallowed(talk: Start) -> None:
    held = talk(echo)
    for number in range(5):
        held.say(str(number), after=0.4)
    assert held.messages == ["0", "1", "2", "3"]
    assert [event.what for event in held.all(RateLimited)] == [Said(text="4")]
    held.say("later", after=0.5)
    assert held.messages[-1] == "later"


def test_the_spam_guard_looks_at_each_conversation_by_itself(talk: Start) -> None:
    held = talk(echo)
    for _ in range(4):
        held.say(after=0)
    held.open()
    held.say(after=0)
    assert held.all(RateLimited) == []


def test_texts_within_the_window_reach_the_function_as_one(talk: Start) -> None:
    held = talk(echo, COMBINING)
    held.say("my order", after=0)
    held.say("is late", after=1)
    assert held.messages == []
    held.clock.advance(2)
    held.events += held.connector.tick()
    assert held.messages == ["my order is late"]
    assert held.times == [3.0]


def test_the_largest_number_of_texts_does_not_wait(talk: Start) -> None:
    held = talk(echo, COMBINING)
    for text in ("a", "b", "c", "d"):
        held.say(text, after=1)
    assert held.messages == ["a b c"]
    assert held.connector.due() is not None
    held.events += held.connector.settle()
    assert held.messages == ["a b c", "d"]
    assert held.connector.due() is None


def test_typing_replaces_the_window(talk: Start) -> None:
    held = talk(echo, COMBINING)
    held.say("a", after=0)
    held.clock.advance(1)
    held.events += held.connector.typing(held.conversation)
    assert held.all(Held)[-1].until - held.start == 6000
    held.say("b", after=4)
    assert held.messages == []


def test_a_chat_combines_nothing(talk: Start) -> None:
    held = talk(echo, replace(COMBINING, conversation="chat"))
    held.say("my order", after=0)
    held.events += held.connector.typing(held.conversation)
    assert held.messages == ["", "my order"]
    assert held.connector.due() is None


def test_typing_with_nothing_held_changes_nothing(talk: Start) -> None:
    held = talk(echo, COMBINING)
    assert held.connector.typing(held.conversation) == []
    assert held.connector.due() is None


def test_a_text_after_the_window_begins_another_message(talk: Start) -> None:
    held = talk(echo, COMBINING)
    held.say("a", after=0)
    held.say("b", after=3)
    assert held.messages == ["a"]
    assert held.times == [2.0]


def test_a_file_does_not_wait_and_sends_off_what_waits(talk: Start) -> None:
    held = talk(echo, COMBINING)
    held.say("look", after=0)
    held.hear(SentFile(path="/a.png"))
    assert held.messages == ["look", FILE_MESSAGE]


def test_combined_clicks_keep_their_metadata(talk: Start) -> None:
    held = talk(echo, COMBINING)
    held.say("a", after=0)
    held.hear(Clicked(text="yes", metadata=({"type": "ExternalId", "id": "1"},)))
    held.events += held.connector.settle()
    payload = held.bot.payloads()[0]
    assert payload["message"] == "a yes"
    assert payload["context"]["lpEvent"]["metadata"] == [{"type": "ExternalId", "id": "1"}]


def test_texts_that_wait_are_answered_before_the_consumer_closes(talk: Start) -> None:
    held = talk(echo, COMBINING)
    held.say("bye", after=0)
    held.events += held.connector.close(held.conversation)
    assert held.texts == ["You said: bye"]
    assert not held.connector.holds(held.conversation)


class _Echo:
    def invoke(self, _: str, payload: Any) -> InvocationResult:
        return InvocationResult(value=echo(payload))


@given(
    pauses=st.lists(st.floats(min_value=0, max_value=6), max_size=12),
    most=st.integers(min_value=2, max_value=4),
    window=st.floats(min_value=0, max_value=4),
)
def test_no_text_is_lost_or_changes_its_place(pauses: list[float], most: int, window: float) -> None:
    clock = ManualClock()
    settings = ConnectorSettings(combining=Combining(most=most, window=window, after_typing=window))
    connector = Connector(settings, _Echo(), clock=clock, ids=numbered_ids("any"))
    conversation, events = connector.open()
    for number, pause in enumerate(pauses):
        clock.advance(pause)
        events += connector.hear(conversation, Said(text=str(number)))
    events += connector.settle()
    swallowed = {
        event.what.text for event in events if isinstance(event, RateLimited) and isinstance(event.what, Said)
    }
    passed = [str(number) for number in range(len(pauses)) if str(number) not in swallowed]
    called = [event.payload["message"].split(" ") for event in events if isinstance(event, Invoked)]
    assert [text for texts in called for text in texts] == passed
    assert all(len(texts) <= most for texts in called)
    times = [event.at for event in events if isinstance(event, Sent)]
    assert times == sorted(times)
