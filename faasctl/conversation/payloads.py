"""What the connector sends to a bot's function, built from a few words (third-party-bots §2).

Nothing here knows the time, or makes up an id: `Conversation` and `Turn` carry them. Every function returns a new
object that is ready for JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from faasctl.conversation.lp_events import chat_line, messaging_event
from faasctl.facts.payloads import (
    COMBINING_SEPARATOR,
    FILE_MESSAGE,
    RICH_CONTENT_MESSAGE,
    WELCOME_EVENT,
    ConversationType,
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What all payloads of a conversation share.

    `id` is a UUID in messaging and a chat's session key in chat. `engagement_attributes` are collected once and
    sent unchanged with every message (§2.6); empty where the bot does not ask for them.
    """

    id: str
    type: ConversationType = "messaging"
    consumer: str = "consumer"
    skill: str = ""
    skill_id: str = "1001"
    campaign_id: int = 2001
    engagement_id: int = 3001
    engagement_attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_chat(self) -> bool:
        return self.type == "chat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A place in a conversation: `sequence` counts from 0, `time` is in milliseconds since 1970."""

    sequence: int = 0
    time: int = 0


FIRST = Turn()


def text_payload(
    message: str,
    *,
    conversation: Conversation | None = None,
    conversation_id: str = "",
    turn: Turn = FIRST,
    metadata: Sequence[Mapping[str, Any]] = (),
) -> Json:
    """A consumer's text (§2.2, §2.5); in the shortest form without a `conversation`."""
    if conversation is None:
        conversation = Conversation(id=conversation_id)
        event: Json = {"type": "ContentEvent", "message": message, "contentType": "text/plain"}
        lp_event: Json = {"event": event, "metadata": [dict(item) for item in metadata], "messageAudience": "ALL"}
        return _payload(message, conversation, lp_event)
    if conversation.is_chat:
        return _payload(message, conversation, chat_line(conversation, turn, text=message))
    event = {"type": "ContentEvent", "message": message, "contentType": "text/plain"}
    return _payload(message, conversation, messaging_event(conversation, turn, event, metadata=metadata))


def combined_payload(
    messages: Sequence[str],
    *,
    conversation: Conversation,
    turn: Turn = FIRST,
    metadata: Sequence[Mapping[str, Any]] = (),
) -> Json:
    """Several texts that the connector joined (§2.7); what stands between them is an assumption."""
    text = COMBINING_SEPARATOR.join(messages)
    return text_payload(text, conversation=conversation, turn=turn, metadata=metadata)


def rich_content_payload(content: Mapping[str, Any], *, conversation: Conversation, turn: Turn = FIRST) -> Json:
    """Rich content that the consumer sent, such as a place on WhatsApp (§2.3)."""
    event: Json = {"type": "RichContentEvent", "content": dict(content)}
    return _special(RICH_CONTENT_MESSAGE, event, conversation, turn)


def file_payload(
    *,
    conversation: Conversation,
    turn: Turn = FIRST,
    path: str,
    file_type: str = "JPEG",
    caption: str = "",
    preview: str = "",
) -> Json:
    """A file that the consumer sent (§2.3; the event's body is inferred). `path` is the file's on LivePerson."""
    event: Json = {
        "type": "ContentEvent",
        "contentType": "hosted/file",
        "message": {"caption": caption, "relativePath": path, "fileType": file_type, "preview": preview},
    }
    return _special(FILE_MESSAGE, event, conversation, turn)


def welcome_payload(
    conversation_type: ConversationType | str = "messaging",
    *,
    conversation_id: str = "",
    conversation: Conversation | None = None,
    turn: Turn = FIRST,
    last_consumer_message: str | None = None,
) -> Json:
    """The event that opens a conversation (§2.4).

    In messaging only where the bot's welcome message is on. `last_consumer_message`, in messaging alone, when a
    conversation that was under way is transferred to the bot.
    """
    if conversation is None:
        conversation = Conversation(
            id=conversation_id, type="chat" if conversation_type == "chat" else "messaging"
        )
        brief: Json = {"@type": "line", "isWelcomeEvent": True, "conversationContext": {"type": "CHAT"}}
    else:
        brief = chat_line(conversation, turn, text="", is_welcome=True)
    if not conversation.is_chat:
        brief = {"type": "ContentEvent", "content": "welcome"}
        if last_consumer_message is not None:
            brief["lastConsumerMessage"] = last_consumer_message
    return {**_payload("", conversation, brief), "event": {"name": WELCOME_EVENT}}


def engagement_attributes(
    *,
    customer: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
    authenticated_customer: Mapping[str, Any] | None = None,
    time: int = 0,
    page: str = "1",
    **others: Mapping[str, Any],
) -> Json:
    """Engagement attributes as they arrive (§2.6); `others` by their names there, as `cartStatus`.

    `authenticated_customer` are those of a consumer who signed in.
    """
    given = {"customerInfo": customer, "personalInfo": personal, **others}
    collected: Json = {
        name: {"serverTimeStamp": time, name: dict(values), "contexts": {"page": {"id": page}}}
        for name, values in given.items()
        if values is not None
    }
    known: Json = {"unauthenticatedSdes": collected}
    if authenticated_customer is not None:
        info = {"type": "ctmrinfo", "acr": "loa1", "iss": "https://idp.example.com", "auth": {}}
        known["authenticatedSdes"] = {"customerInfo": {**info, "customerInfo": dict(authenticated_customer)}}
    return known


def _special(message: str, event: Json, conversation: Conversation, turn: Turn) -> Json:
    lp_event = (
        {**chat_line(conversation, turn, text=""), "event": event}
        if conversation.is_chat
        else messaging_event(conversation, turn, event)
    )
    return _payload(message, conversation, lp_event)


def _payload(message: str, conversation: Conversation, lp_event: Json) -> Json:
    import copy

    attributes = copy.deepcopy(dict(conversation.engagement_attributes))
    return {
        "message": message,
        "convId": conversation.id,
        "context": {"lpEvent": lp_event, "lpSdes": attributes},
    }
