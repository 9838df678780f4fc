"""What the connector sends to a bot's function (third-party-bots §2)."""

from __future__ import annotations

from typing import Any

from faasctl.facts.payloads import WELCOME_EVENT


def text_payload(message: str, *, conversation_id: str) -> dict[str, Any]:
    """A consumer's text (third-party-bots §2.2, §2.5)."""
    return {
        "message": message,
        "convId": conversation_id,
        "context": {
            "lpEvent": {
                "event": {"type": "ContentEvent", "message": message, "contentType": "text/plain"},
                "metadata": [],
                "messageAudience": "ALL",
            },
            "lpSdes": {},
        },
    }


def welcome_payload(conversation_type: str, *, conversation_id: str) -> dict[str, Any]:
    """The event that opens a conversation, in the form of `messaging` or `chat` (third-party-bots §2.4)."""
    event: dict[str, Any] = (
        {"@type": "line", "isWelcomeEvent": True, "conversationContext": {"type": "CHAT"}}
        if conversation_type == "chat"
        else {"type": "ContentEvent", "content": "welcome"}
    )
    return {
        "message": "",
        "event": {"name": WELCOME_EVENT},
        "convId": conversation_id,
        "context": {"lpEvent": event, "lpSdes": {}},
    }
