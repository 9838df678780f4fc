"""Conversations that somebody else took, or that ended while more was waiting (third-party-bots §3.8, 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from faasctl.conversation.connector_events import (
    ActionDone,
    ConversationEnded,
    Escalated,
    HookRan,
    NotForwarded,
    Opened,
)
from faasctl.conversation.connector_settings import Combining, ConnectorSettings, Escalation
from faasctl.conversation.consumer import Arrival, SentFile
from faasctl.facts.connector_errors import PIPELINE
from tests.conversation.connector.bots import HI

if TYPE_CHECKING:
    from faasctl.conversation.open_conversation import Lost
    from tests.conversation.connector.conftest import Start

CHAT = ConnectorSettings(conversation="chat")
SAYING = Escalation(skill="Night", to_customer="One moment", to_agent="The bot failed", on_failure="Try later")


def only(action: str, **parameters: Any) -> dict[str, Any]:
    return {"context": {"action": action, "actionParameters": parameters}}


TRANSFER = only("TRANSFER", skill="Billing")
TTR = only("CHANGE_TTR", ttrType="URGENT")
CLOSE = only("CLOSE_CONVERSATION")


@pytest.mark.parametrize(
    ("reply", "how", "settings", "code"),
    [
        (TRANSFER, "closed", ConnectorSettings(), "connector.messaging.conversation-closed"),
        (TRANSFER, "transferred", ConnectorSettings(), "connector.messaging.agent-not-authorized"),
        (TTR, "closed", ConnectorSettings(), "connector.messaging.conversation-closed"),
        (TTR, "transferred", ConnectorSettings(), "connector.messaging.agent-not-authorized"),
        (CLOSE, "transferred", ConnectorSettings(), "connector.messaging.end-conversation"),
        (HI, "closed", CHAT, "connector.chat.send-message"),
        (HI, "transferred", CHAT, "connector.chat.send-message"),
        (TRANSFER, "closed", CHAT, "connector.chat.transfer-to-skill"),
        (CLOSE, "closed", CHAT, "connector.chat.end-conversation"),
    ],
)
def test_what_the_bot_does_with_a_conversation_that_it_has_lost_is_an_error(
    talk: Start, reply: Any, how: Lost, settings: ConnectorSettings, code: str
) -> None:
    held = talk(HI, settings)
    held.bot.functions = {"function": lambda _: reply}
    held.connector.lose(held.conversation, how)
    held.say()
    assert held.codes == [code]
    assert held.all(ActionDone) == []


def test_nothing_is_said_of_an_escalation_where_the_conversation_is_lost(talk: Start) -> None:
    held = talk(HI, ConnectorSettings(escalation=SAYING))
    held.connector.lose(held.conversation, "transferred")
    held.say()
    (escalated,) = held.all(Escalated)
    assert (escalated.succeeded, escalated.to_customer, escalated.to_agent, held.texts) == (False, "", "", [])


def test_the_platform_breaks_once_and_the_error_hook_gets_the_request(talk: Start) -> None:
    held = talk(HI, ConnectorSettings(failing_skills=("Human Agents",)), others={"error": lambda _: None})
    held.connector.break_with(held.conversation, PIPELINE)
    held.say("first")
    held.say("second")
    assert held.messages == ["second"]
    assert held.all(HookRan)[0].payload["faasPayload"]["message"] == "first"


def test_a_text_that_ends_the_conversation_keeps_what_follows_from_the_function(talk: Start) -> None:
    held = talk(CLOSE, ConnectorSettings(combining=Combining(most=3)))
    held.say("bye", after=0)
    held.hear(SentFile(path="/a.png"))
    assert held.messages == ["bye"]
    assert held.all(NotForwarded)[0].what == SentFile(path="/a.png")
    assert held.connector.fate(held.conversation) == "closed"


def test_a_conversation_is_closed_once(talk: Start) -> None:
    held = talk(HI)
    for _ in range(2):
        held.events += held.connector.close(held.conversation)
    assert [ended.by for ended in held.all(ConversationEnded)] == ["consumer"]


@pytest.mark.parametrize("last", [None, "help", ""])
def test_an_opening_tells_whether_the_conversation_was_under_way(talk: Start, last: str | None) -> None:
    held = talk(HI, arrival=Arrival(last_consumer_message=last))
    assert [event.transferred for event in held.all(Opened)] == [last is not None]
