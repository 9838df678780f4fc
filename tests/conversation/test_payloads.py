from __future__ import annotations

from faasctl.conversation.payloads import text_payload, welcome_payload


def test_a_text_stands_in_the_message_and_in_the_event() -> None:
    payload = text_payload("hello", conversation_id="c1")
    assert payload["message"] == payload["context"]["lpEvent"]["event"]["message"] == "hello"
    assert payload["convId"] == "c1"
    assert payload["context"]["lpSdes"] == {}


def test_a_messaging_welcome_has_its_fields_directly_in_the_event() -> None:
    payload = welcome_payload("messaging", conversation_id="c1")
    assert payload["event"] == {"name": "WELCOME"}
    assert payload["context"]["lpEvent"] == {"type": "ContentEvent", "content": "welcome"}


def test_a_chat_welcome_is_a_line_that_says_so() -> None:
    event = welcome_payload("chat", conversation_id="c1")["context"]["lpEvent"]
    assert event["isWelcomeEvent"] is True
    assert event["conversationContext"] == {"type": "CHAT"}
