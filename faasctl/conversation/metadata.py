"""Whether metadata is sound: the documented types, and what a channel takes (third-party-bots §7.4)."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from faasctl.conversation.problems import Problem
from faasctl.definition.suggestions import nearest
from faasctl.facts import channels

if TYPE_CHECKING:
    from faasctl.conversation.schema_check import SchemaCheck
    from faasctl.conversation.schema_words import Schema
    from faasctl.facts.channels import Channel

TYPES = (
    "ExternalId",
    "BotResponse",
    "ActionReason",
    "SocialMessagingEventData",
    "SocialMessagingConversationData",
    "ConnectorAuthenticationRequest",
    "ConnectorPaymentRequest",
    "BusinessChatMessage",
    "BusinessChatCustomMessage",
    "BusinessEvent",
    "BusinessFormEvent",
    "CbBotResponseMetaData",
    "AutoMessage",
    "WhatsAppSingleProduct",
    "WhatsAppMultipleProduct",
)
"""The types whose form is known; others pass unseen."""


def check_metadata(document: Any, *, channel: Channel | None = None) -> list[Problem]:
    """Every problem of metadata: a list of objects, or one object; [] for sound metadata.

    Without a channel, and on one of which nothing more is known, documented types must be as documented.
    """
    check = _of_channel(channel) if channel in _OF_CHANNEL else _documented()
    if isinstance(document, list) and channel in _ONE_OBJECT:
        check = _documented()
    found = [replace(problem, effect="message dropped") for problem in check.problems(document)]
    return found or [*_misspelt(document)]


def _misspelt(document: Any) -> Iterator[Problem]:
    """A warning for a type that is a known one but for marks or upper and lower case: it passes as another."""
    items = enumerate(document) if isinstance(document, list) else [(None, document)]
    for index, item in items:
        name = item.get("type") if isinstance(item, dict) else None
        if not isinstance(name, str) or name in TYPES:
            continue
        meant = nearest(name, TYPES, likeness=1)
        if meant is not None:
            yield Problem(
                path=("type",) if index is None else (index, "type"),
                rule="not-one-of",
                message=f"{name} is no type that is documented; did you mean {meant}?",
                severity="warning",
            )


@functools.cache
def _documented() -> SchemaCheck:
    from faasctl.conversation.metadata_schemas import documented
    from faasctl.conversation.schema_check import SchemaCheck

    return SchemaCheck(documented())


@functools.cache
def _of_channel(channel: Channel) -> SchemaCheck:
    from faasctl.conversation import metadata_schemas
    from faasctl.conversation.schema_check import SchemaCheck

    schema: Schema = getattr(metadata_schemas, _OF_CHANNEL[channel])()
    return SchemaCheck(schema)


_OF_CHANNEL: dict[Channel | None, str] = {
    channels.FACEBOOK: "social",
    channels.TWITTER: "social",
    channels.INSTAGRAM: "social_event",
    channels.WHATSAPP: "whatsapp",
    channels.APPLE: "apple",
}
"""The channels that ask for more, by the function that builds their schema."""

_ONE_OBJECT = (channels.FACEBOOK, channels.TWITTER)
"""Their official schema is for one object; it lets every list pass."""
