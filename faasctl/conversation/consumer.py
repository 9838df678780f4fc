"""What a consumer can send to a bot, and how a conversation comes to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A text; `metadata` comes from the channel, such as that of a social network."""

    text: str
    metadata: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clicked:
    """A button or quick reply that publishes `text`; `metadata` is that of the click (third-party-bots §2.5)."""

    text: str
    metadata: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file (§2.3); `path` is its place on LivePerson."""

    path: str
    file_type: str = "JPEG"
    caption: str = ""
    preview: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRichContent:
    """Rich content from the consumer, such as a place on WhatsApp (§2.3)."""

    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPayload:
    """A whole payload made by hand, which the connector passes on as it is."""

    payload: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherEvent:
    """An event that the connector does not pass on, such as a read receipt (§2.3)."""

    type: str


ConsumerEvent = Said | Clicked | SentFile | SentRichContent | SentPayload | OtherEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How a conversation comes to the bot.

    `engagement_attributes` is the object that arrives as lpSdes (payloads.engagement_attributes builds it); None
    where none are set. They reach the function only where the bot asks for them, and without `visitor_session`
    they cannot be fetched. `last_consumer_message` is set where an ongoing messaging conversation is transferred
    to the bot. `metadata` is added to every text of the consumer, such as that of a social network (§7.4). `id` is
    made up where it is empty.
    """

    id: str = ""
    consumer: str = "consumer"
    skill: str = ""
    engagement_attributes: Mapping[str, Any] | None = None
    last_consumer_message: str | None = None
    visitor_session: bool = True
    metadata: tuple[Mapping[str, Any], ...] = ()
