"""What the connector sends (third-party-bots §2)."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.conversation.payloads import (
    Conversation,
    Turn,
    combined_payload,
    engagement_attributes,
    file_payload,
    rich_content_payload,
    text_payload,
    welcome_payload,
)
from faasctl.facts.payloads import FILE_MESSAGE, RICH_CONTENT_MESSAGE, neutral_probe

MESSAGING = Conversation(id="c0ffee00-1111-4222-8333-444455556666")
CHAT = Conversation(id="H1-0123456789abcdef0123456789abcdefK1", type="chat", skill="Orders")
TURN = Turn(sequence=3, time=1_760_000_000_000)
BUTTON = {"type": "ExternalId", "id": "yes-1"}
PLACE = {"type": "vertical", "elements": [{"type": "map", "la": 52.5, "lo": 13.4}]}


def _all(conversation: Conversation) -> list[dict[str, Any]]:
    return [
        text_payload("hi", conversation=conversation, turn=TURN),
        combined_payload(["a", "b"], conversation=conversation, turn=TURN),
        text_payload("yes", conversation=conversation, turn=TURN, metadata=[BUTTON]),
        rich_content_payload(PLACE, conversation=conversation, turn=TURN),
        file_payload(conversation=conversation, turn=TURN, path="/files/a.png"),
        welcome_payload(conversation=conversation, turn=TURN),
    ]


def test_a_text_stands_in_the_message_and_in_the_event() -> None:
    payload = text_payload("where is my order?", conversation_id="c1")
    assert payload["message"] == "where is my order?"
    assert payload["convId"] == "c1"
    assert payload["context"] == {
        "lpEvent": {
            "event": {"type": "ContentEvent", "message": "where is my order?", "contentType": "text/plain"},
            "metadata": [],
            "messageAudience": "ALL",
        },
        "lpSdes": {},
    }


def test_a_welcome_of_messaging_and_one_of_chat_have_forms_of_their_own() -> None:
    messaging = welcome_payload("messaging", conversation_id="c1")
    chat = welcome_payload("chat", conversation_id="c1")
    assert messaging["event"] == chat["event"] == {"name": "WELCOME"}
    assert messaging["context"]["lpEvent"] == {"type": "ContentEvent", "content": "welcome"}
    assert chat["context"]["lpEvent"]["isWelcomeEvent"] is True
    assert chat["context"]["lpEvent"]["conversationContext"] == {"type": "CHAT"}


@pytest.mark.parametrize("conversation", [MESSAGING, CHAT], ids=["messaging", "chat"])
def test_every_payload_is_json_with_message_conversation_and_context(conversation: Conversation) -> None:
    for payload in [*_all(conversation), neutral_probe(), text_payload("ü 🤖", conversation_id="c")]:
        assert json.loads(json.dumps(payload)) == payload
        assert {"message", "convId", "context"} <= set(payload)
        assert set(payload["context"]) == {"lpEvent", "lpSdes"}


def test_the_neutral_probe_holds_nothing_that_a_function_may_rely_on() -> None:
    assert neutral_probe() == {
        "message": "",
        "convId": "test-connection",
        "context": {"lpEvent": {}, "lpSdes": {}},
    }


def test_an_event_of_messaging_tells_its_place_and_time_and_whose_it_is() -> None:
    event = text_payload("hi", conversation=MESSAGING, turn=TURN)["context"]["lpEvent"]
    assert (event["sequence"], event["serverTimestamp"]) == (3, 1_760_000_000_000)
    assert event["dialogId"] == event["conversationId"] == MESSAGING.id
    assert event["originatorMetadata"]["role"] == "CONSUMER"
    assert event["event"] == {"type": "ContentEvent", "message": "hi", "contentType": "text/plain"}
    context = event["conversationContext"]
    assert (context["type"], context["skillId"], context["campaignId"]) == ("MESSAGING", "1001", 2001)


def test_events_have_the_fields_that_the_platform_documents() -> None:
    event = text_payload("hi", conversation=MESSAGING, turn=TURN)["context"]["lpEvent"]
    client = (
        "type appId ipAddress deviceFamily os osVersion browser browserVersion integration integrationVersion "
        "features"
    )
    assert set(event["originatorClientProperties"]) == set(client.split())
    assert event["originatorMetadata"]["clientProperties"] == event["originatorClientProperties"]
    visitor = "sharkVisitorId sharkSessionId ipAddress browser os language features deviceFamily"
    assert set(event["conversationContext"]["visitor"]) == set(visitor.split())
    line = text_payload("hi", conversation=CHAT, turn=TURN)["context"]["lpEvent"]
    chat = (
        "@id @type time textType text by source systemMessageId subType sequenceId state chatSessionKey skillName "
        "skillId agentName agentId startTime duration lastUpdate chatTimeout visitorId agentTyping visitorTyping "
        "visitorName rtSessionId sharkVisitorId sharkSessionId sharkContextId engagementId campaignId language "
        "participantId link conversationContext"
    )
    assert set(line) == set(chat.split())


def test_a_line_of_chat_holds_texts_and_what_is_not_known_is_null() -> None:
    line = text_payload("hi", conversation=CHAT, turn=TURN)["context"]["lpEvent"]
    assert (line["@type"], line["text"], line["sequenceId"], line["skillName"]) == ("line", "hi", "3", "Orders")
    assert line["chatSessionKey"] == CHAT.id
    assert line["time"] == "2025-10-09T08:53:20.000+00:00"
    assert (line["conversationContext"]["type"], line["conversationContext"]["campaignId"]) == ("CHAT", "2001")
    assert {type(value) for value in line.values()} == {str, type(None), list, dict}
    assert "isWelcomeEvent" not in line


def test_a_welcome_after_a_transfer_carries_the_last_message_of_messaging_alone() -> None:
    event = welcome_payload(conversation=MESSAGING, last_consumer_message="help")["context"]["lpEvent"]
    assert event == {"type": "ContentEvent", "content": "welcome", "lastConsumerMessage": "help"}
    chat = welcome_payload(conversation=CHAT, last_consumer_message="help")["context"]["lpEvent"]
    assert chat["isWelcomeEvent"] is True
    assert "lastConsumerMessage" not in chat


def test_rich_content_and_a_file_come_with_a_message_of_their_own() -> None:
    rich = rich_content_payload(PLACE, conversation=MESSAGING)
    assert rich["message"] == RICH_CONTENT_MESSAGE
    assert rich["context"]["lpEvent"]["event"] == {"type": "RichContentEvent", "content": PLACE}
    sent = file_payload(conversation=MESSAGING, path="/a.pdf", file_type="PDF", caption="the bill")
    assert sent["message"] == FILE_MESSAGE
    assert sent["context"]["lpEvent"]["event"]["contentType"] == "hosted/file"
    assert sent["context"]["lpEvent"]["event"]["message"]["relativePath"] == "/a.pdf"


def test_a_click_is_a_text_with_the_metadata_of_the_button() -> None:
    payload = text_payload("yes", conversation=MESSAGING, metadata=[BUTTON])
    assert payload["message"] == "yes"
    assert payload["context"]["lpEvent"]["metadata"] == [BUTTON]


def test_combined_messages_are_one_text() -> None:
    payload = combined_payload(["one", "two"], conversation=MESSAGING)
    assert payload["message"] == payload["context"]["lpEvent"]["event"]["message"] == "one two"


def test_engagement_attributes_are_the_same_with_every_message() -> None:
    known = engagement_attributes(
        customer={"customerId": "C-1"},
        personal={"name": "Ada"},
        authenticated_customer={"customerId": "C-1"},
        cartStatus={"total": 10},
        time=5,
    )
    conversation = Conversation(id="c", engagement_attributes=known)
    first, *others = [payload["context"]["lpSdes"] for payload in _all(conversation)]
    assert first == known
    assert all(other == first and other is not first for other in others)
    unauthenticated = first["unauthenticatedSdes"]
    assert unauthenticated["customerInfo"] == {
        "serverTimeStamp": 5,
        "customerInfo": {"customerId": "C-1"},
        "contexts": {"page": {"id": "1"}},
    }
    assert set(unauthenticated) == {"customerInfo", "personalInfo", "cartStatus"}
    assert first["authenticatedSdes"]["customerInfo"]["customerInfo"] == {"customerId": "C-1"}


def test_a_function_that_changes_a_payload_changes_no_other() -> None:
    known = engagement_attributes(customer={"customerId": "C-1"})
    conversation = Conversation(id="c", engagement_attributes=known)
    before = copy.deepcopy(_all(conversation))
    for payload in _all(conversation):
        payload["context"]["lpSdes"].get("unauthenticatedSdes", {}).clear()
        event = payload["context"]["lpEvent"]
        event.get("originatorClientProperties", {}).get("features", []).append("x")
    assert _all(conversation) == before


@given(st.text(), st.sampled_from([MESSAGING, CHAT]))
def test_any_text_is_sent_as_it_is(text: str, conversation: Conversation) -> None:
    assert text_payload(text, conversation=conversation)["message"] == text
