"""What the connector sends (third-party-bots §2)."""

from __future__ import annotations

import json

import pytest

from faasctl.conversation.payloads import text_payload, welcome_payload
from faasctl.facts.payloads import neutral_probe


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


@pytest.mark.parametrize(
    "payload",
    [neutral_probe(), text_payload("ü 🤖", conversation_id="c"), welcome_payload("chat", conversation_id="c")],
)
def test_every_payload_is_json_with_message_conversation_and_context(payload: dict[str, object]) -> None:
    assert json.loads(json.dumps(payload)) == payload
    assert {"message", "convId", "context"} <= set(payload)


def test_the_neutral_probe_holds_nothing_that_a_function_may_rely_on() -> None:
    assert neutral_probe() == {
        "message": "",
        "convId": "test-connection",
        "context": {"lpEvent": {}, "lpSdes": {}},
    }
