"""From what the consumer sent to what the function gets, in the state that the conversation is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from faasctl.conversation.consumer import Clicked, Said, SentFile, SentPayload, SentRichContent
from faasctl.conversation.payloads import (
    Conversation,
    Json,
    Turn,
    combined_payload,
    file_payload,
    rich_content_payload,
    welcome_payload,
)

if TYPE_CHECKING:
    from faasctl.conversation.connector_settings import ConnectorSettings
    from faasctl.conversation.open_conversation import OpenConversation

Forwarded = Said | Clicked | SentFile | SentRichContent | SentPayload


def welcome(
    conversation: OpenConversation, attributes: Mapping[str, Any], settings: ConnectorSettings, at: int
) -> Json:
    """The event that opens the conversation."""
    return welcome_payload(
        conversation=_shared(conversation, attributes, settings),
        turn=Turn(sequence=conversation.sequence, time=at),
        last_consumer_message=conversation.arrival.last_consumer_message,
    )


def payload_of(
    what: Sequence[Forwarded],
    conversation: OpenConversation,
    attributes: Mapping[str, Any],
    settings: ConnectorSettings,
    at: int,
) -> Any:
    """The payload of one event, or of several texts that were combined; counts it in the conversation."""
    conversation.sequence += 1
    shared = _shared(conversation, attributes, settings)
    turn = Turn(sequence=conversation.sequence, time=at)
    match what[0]:
        case SentPayload(payload=payload):
            return payload
        case SentFile(path=path, file_type=file_type, caption=caption, preview=preview):
            return file_payload(
                conversation=shared, turn=turn, path=path, file_type=file_type, caption=caption, preview=preview
            )
        case SentRichContent(content=content):
            return rich_content_payload(content, conversation=shared, turn=turn)
    texts = [item for item in what if isinstance(item, (Said, Clicked))]
    metadata = [entry for item in texts for entry in item.metadata]
    return combined_payload(
        [item.text for item in texts],
        conversation=shared,
        turn=turn,
        metadata=[*conversation.arrival.metadata, *metadata],
    )


def conversation_id(uuid: str, settings: ConnectorSettings) -> str:
    """The id of a conversation made of `uuid`: a chat's is a session key (third-party-bots §2.2)."""
    if not settings.is_chat:
        return uuid
    digits = uuid.replace("-", "")
    return f"H{int(digits[:8], 16)}-{digits}K{int(digits[8:14], 16)}"


def _shared(
    conversation: OpenConversation, attributes: Mapping[str, Any], settings: ConnectorSettings
) -> Conversation:
    arrival = conversation.arrival
    return Conversation(
        id=conversation.id,
        type=settings.conversation,
        consumer=arrival.consumer,
        skill=arrival.skill,
        engagement_attributes=attributes,
    )
