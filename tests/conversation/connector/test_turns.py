"""What the connector does between the consumer and the function, in the order of third-party-bots §3.8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from faasctl.conversation.connector_events import (
    ActionDone,
    ConversationEnded,
    Dropped,
    ErrorRecorded,
    IntentRecorded,
    NotForwarded,
    ProblemFound,
    Sent,
    Waited,
)
from faasctl.conversation.connector_settings import ConnectorSettings
from faasctl.conversation.consumer import (
    Arrival,
    Clicked,
    OtherEvent,
    SentFile,
    SentPayload,
    SentRichContent,
)
from faasctl.conversation.invoker import InvocationResult
from faasctl.conversation.replies import PrivateText, RichContent, Transfer
from faasctl.facts import tester_codes
from faasctl.facts.payloads import FILE_MESSAGE, RICH_CONTENT_MESSAGE
from faasctl.log_entry import LogEntry
from tests.conversation.connector.bots import CARD, HI, UUID, act

if TYPE_CHECKING:
    from tests.conversation.connector.conftest import Start

CHAT = ConnectorSettings(conversation="chat")
LOG = LogEntry(level="Info", message="hi")

# ---- openings --------------------------------------------------------------------------------------------------


def test_a_chat_is_greeted_as_soon_as_it_is_routed_to_the_bot(talk: Start) -> None:
    held = talk(HI, CHAT)
    assert held.texts == ["Hi"]
    (payload,) = held.bot.payloads()
    assert payload["context"]["lpEvent"]["isWelcomeEvent"] is True
    assert payload["convId"].startswith("H")


def test_messaging_is_greeted_only_where_the_bot_has_a_welcome_message(talk: Start) -> None:
    assert talk(HI).bot.calls == []
    held = talk(HI, ConnectorSettings(welcome_message=True))
    assert held.bot.payloads()[0]["event"] == {"name": "WELCOME"}


def test_a_conversation_that_is_transferred_in_brings_the_last_message(talk: Start) -> None:
    held = talk(HI, ConnectorSettings(welcome_message=True), arrival=Arrival(last_consumer_message="help"))
    assert held.bot.payloads()[0]["context"]["lpEvent"]["lastConsumerMessage"] == "help"


def test_the_welcome_passes_the_hooks(talk: Start) -> None:
    held = talk(HI, CHAT, others={"pre": lambda payload: payload, "post": lambda reply: reply})
    assert [function for function, _ in held.bot.calls] == ["pre", "function", "post"]


# ---- what is heard ---------------------------------------------------------------------------------------------


def test_a_click_brings_its_metadata(talk: Start) -> None:
    held = talk(HI)
    held.hear(Clicked(text="yes", metadata=({"type": "ExternalId", "id": "yes-1"},)))
    (payload,) = held.bot.payloads()
    assert payload["message"] == "yes"
    assert payload["context"]["lpEvent"]["metadata"] == [{"type": "ExternalId", "id": "yes-1"}]


def test_files_and_rich_content_come_with_their_own_message(talk: Start) -> None:
    held = talk(HI)
    held.hear(SentFile(path="/a.png"))
    held.hear(SentRichContent(content=CARD))
    assert held.messages == [FILE_MESSAGE, RICH_CONTENT_MESSAGE]


def test_a_payload_made_by_hand_reaches_the_function_as_it_is(talk: Start) -> None:
    held = talk(HI)
    held.hear(SentPayload(payload={"message": "mine", "odd": True}))
    assert held.bot.payloads() == [{"message": "mine", "odd": True}]


def test_other_events_are_not_passed_on(talk: Start) -> None:
    held = talk(HI)
    held.hear(OtherEvent(type="AcceptStatusEvent"))
    assert held.bot.calls == []
    assert "AcceptStatusEvent" in held.all(NotForwarded)[0].why


def test_engagement_attributes_are_fetched_once_and_sent_each_time(talk: Start) -> None:
    known: dict[str, Any] = {"unauthenticatedSdes": {"personalInfo": {}}}
    arrival = Arrival(engagement_attributes=known)
    held = talk(HI, ConnectorSettings(engagement_attributes=True), arrival=arrival)
    held.say()
    held.say()
    assert [payload["context"]["lpSdes"] for payload in held.bot.payloads()] == [known, known]


def test_engagement_attributes_stay_away_where_the_bot_does_not_ask(talk: Start) -> None:
    held = talk(HI, arrival=Arrival(engagement_attributes={"unauthenticatedSdes": {}}))
    held.say()
    assert held.bot.payloads()[0]["context"]["lpSdes"] == {}
    assert held.all(ErrorRecorded) == []


def test_missing_attributes_are_recorded_once_and_the_conversation_goes_on(talk: Start) -> None:
    held = talk(HI, ConnectorSettings(engagement_attributes=True))
    held.say()
    held.say()
    assert [error.escalates for error in held.all(ErrorRecorded)] == [False]
    assert held.texts == ["Hi", "Hi"]


# ---- what is sent ----------------------------------------------------------------------------------------------


def test_messages_come_in_order_and_the_older_form_of_rich_content_last(talk: Start) -> None:
    reply = {
        "messages": ["one", {"structuredContent": CARD}, "two"],
        "context": {"structuredContent": {"type": "vertical", "elements": [{"type": "text", "text": "old"}]}},
    }
    held = talk(reply)
    held.say()
    assert held.texts == ["one", "vertical", "two", "vertical"]
    last = held.all(Sent)[-1].item
    assert isinstance(last, RichContent)
    assert last.content["elements"][0]["text"] == "old"


def test_a_delay_moves_what_follows_and_sleeps_for_nobody(talk: Start) -> None:
    held = talk({"messages": ["a", {"delay": 2}, "b", {"delay": 3, "typing": False}]})
    held.say(after=5)
    assert held.times == [5.0, 7.0]
    assert [(wait.seconds, wait.typing) for wait in held.all(Waited)] == [(2, True), (3, False)]


@pytest.mark.parametrize("settings", [ConnectorSettings(), CHAT])
def test_a_delay_that_no_clock_holds_lasts_a_day(talk: Start, settings: ConnectorSettings) -> None:
    held = talk({"messages": [{"delay": 1e308}, "b"]}, settings, is_open=False)
    held.bot.functions = {"function": lambda _: HI}
    held.open()
    held.bot.functions = {"function": lambda _: {"messages": [{"delay": 1e308}, "b"]}}
    held.say(after=0)
    assert held.times[-1] == 86_400
    held.clock.reach(held.all(Sent)[-1].at)
    held.say()
    assert held.codes == []


def test_what_is_said_meanwhile_is_answered_after_the_delay(talk: Start) -> None:
    held = talk({"messages": ["a", {"delay": 10}, "b"]})
    held.say(after=1)
    held.say(after=1)
    assert held.times == [1.0, 11.0, 11.0, 21.0]


def test_the_time_that_functions_take_counts(talk: Start) -> None:
    slow = InvocationResult(value=HI, duration=1.5)
    held = talk(lambda _: slow, others={"pre": lambda payload: InvocationResult(value=payload, duration=0.25)})
    held.say(after=1)
    assert held.times == [2.75]


def test_the_time_that_an_invoked_function_takes_counts(talk: Start) -> None:
    reply = act("INVOCATION", lambdaUuid=UUID, payload={})
    held = talk(reply, others={UUID: lambda _: InvocationResult(value={}, duration=4, logs=(LOG,))})
    held.say(after=1)
    held.say(after=1)
    assert held.times == [1.0, 5.0]
    assert [(done.duration, done.logs) for done in held.all(ActionDone)] == [(4, (LOG,))] * 2


def test_a_delay_alone_is_no_answer_and_no_error(talk: Start) -> None:
    held = talk({"messages": [{"delay": 1, "typing": False}]})
    held.say()
    assert (held.texts, held.codes) == ([], [])


def test_private_text_goes_to_agents(talk: Start) -> None:
    private = {"text": "note", "messageAudience": "AGENTS_AND_MANAGERS"}
    held = talk({"messages": ["a", private, "b"], "context": act("TRANSFER", skill="Billing")["context"]})
    held.say()
    assert held.texts == ["a", "b"]
    assert [type(event.item) is PrivateText for event in held.all(Sent)] == [False, True, False]
    assert [done.action for done in held.all(ActionDone)] == [Transfer(skill="Billing")]


def test_a_message_of_no_known_form_is_dropped_and_the_others_are_sent(talk: Start) -> None:
    held = talk({"messages": ["a", {"delay": 1.5}, {"odd": 1}, "b"]})
    events = held.say()
    told = [type(event).__name__ for event in events if isinstance(event, (Sent, Dropped))]
    assert told == ["Sent", "Dropped", "Dropped", "Sent"]
    assert [event.value for event in held.all(Dropped)] == [{"delay": 1.5}, {"odd": 1}]
    assert {event.problem.tester for event in held.all(ProblemFound)} == {tester_codes.INVALID_BODY}


def test_a_bad_encoding_of_the_whole_drops_every_message(talk: Start) -> None:
    held = talk({"messages": ["a", "b"], "context": {"encodedMetadata": "not base64!"}})
    held.say()
    assert (held.texts, held.codes) == ([], [])
    assert [event.value for event in held.all(Dropped)] == ["a", "b"]


def test_what_came_before_a_refused_message_is_sent_and_nothing_after_it(talk: Start) -> None:
    bad = {"structuredContent": {"type": "vertical", "elements": [{"type": "odd"}]}}
    held = talk({"messages": ["a", bad, "b"], "context": {"action": "CLOSE_CONVERSATION"}})
    held.say()
    assert held.texts == ["a"]
    assert held.codes == ["connector.messaging.send-message"]
    assert held.all(ConversationEnded) == []
    assert held.all(ErrorRecorded)[0].tester == tester_codes.INVALID_RICH_CONTENT


def test_an_intent_is_recorded(talk: Start) -> None:
    other = {"intentId": "b", "confidenceScore": 0.1}
    held = talk(
        {"messages": ["x"], "context": {"intentId": "a", "confidenceScore": 1, "alternativeIntents": [other]}}
    )
    held.say()
    (recorded,) = held.all(IntentRecorded)
    assert (recorded.intent.id, [intent.id for intent in recorded.alternatives]) == ("a", ["b"])


# ---- actions ---------------------------------------------------------------------------------------------------


def test_an_unknown_action_beside_a_message_is_skipped(talk: Start) -> None:
    held = talk({"messages": ["x"], "context": {"action": "DANCE"}})
    held.say()
    assert (held.texts, held.codes) == (["x"], [])
    assert held.connector.holds(held.conversation)


def test_rich_content_of_the_older_form_is_sent_before_an_unknown_skill_escalates(talk: Start) -> None:
    context = {**act("TRANSFER", skill="Nobody")["context"], "structuredContent": CARD}
    held = talk({"context": context}, ConnectorSettings(skills=("Human Agents",)))
    held.say()
    assert held.texts == ["vertical"]
    assert held.codes == ["pipes.messaging-handle-bot-action.transfer-skill-not-existing"]


@pytest.mark.parametrize(
    ("settings", "reaches"),
    [
        (ConnectorSettings(), True),
        (ConnectorSettings(agents=("42",)), True),
        (ConnectorSettings(agents=("7",)), False),
        (ConnectorSettings(transfer_to_agent=False), False),
    ],
)
def test_a_transfer_to_an_agent_falls_back_to_the_skill(
    talk: Start, settings: ConnectorSettings, *, reaches: bool
) -> None:
    held = talk(act("TRANSFER", skill="Billing", agentId="42"), settings)
    held.say()
    assert [done.to_agent for done in held.all(ActionDone)] == [reaches]
    assert not held.connector.holds(held.conversation)


@pytest.mark.parametrize("without", [True, False])
def test_the_bot_closes_with_and_without_a_survey(talk: Start, *, without: bool) -> None:
    held = talk(act("CLOSE_CONVERSATION", withoutPcs=without))
    held.say()
    assert [(ended.by, ended.survey) for ended in held.all(ConversationEnded)] == [("bot", not without)]
    held.say("anyone?")
    assert held.messages == ["hello"]
    assert held.all(NotForwarded)[0].why == "the conversation is closed"


def test_an_invocation_calls_the_second_function_with_its_payload(talk: Start) -> None:
    held = talk(act("INVOCATION", lambdaUuid=UUID, payload={"order": 7}), others={UUID: lambda _: {"ok": True}})
    held.say()
    assert held.bot.payloads(UUID) == [{"order": 7}]
    assert held.all(ActionDone)[0].value == {"ok": True}
    assert held.texts == ["well"]


def test_an_invocation_that_fails_is_ignored_unless_it_says_otherwise(talk: Start) -> None:
    held = talk(act("INVOCATION", lambdaUuid=UUID, payload={}))
    held.say()
    assert held.codes == []
    failure = held.all(ActionDone)[0].failure
    assert failure is not None
    assert failure.kind == "not-deployed"
    assert held.connector.holds(held.conversation)
