"""The schema of a channel, built when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from faasctl.conversation.channels.apple import apple
from faasctl.conversation.channels.arranged import arranged
from faasctl.conversation.channels.facebook import facebook
from faasctl.conversation.channels.gbm import gbm
from faasctl.conversation.channels.line import line
from faasctl.conversation.channels.rcs import rcs
from faasctl.conversation.channels.viber import viber
from faasctl.conversation.channels.whatsapp import whatsapp
from faasctl.conversation.rich_content_grammar import rich_content_schema
from faasctl.conversation.schema_words import Schema, ref
from faasctl.facts import channels

if TYPE_CHECKING:
    from faasctl.facts.channels import Channel


def schema_of(channel: Channel) -> Schema:
    return _SCHEMAS[channel]()


def _open() -> Schema:
    """Nothing is known of the channel but that cards are arranged."""
    return {"type": "object", **ref("arranged"), "$defs": arranged()}


_SCHEMAS: dict[Channel, Callable[[], Schema]] = {
    channels.WEB: rich_content_schema,
    channels.FACEBOOK: facebook,
    channels.APPLE: apple,
    channels.WHATSAPP: whatsapp,
    channels.RCS: rcs,
    channels.LINE: line,
    channels.VIBER: viber,
    channels.GBM: gbm,
    channels.TWITTER: _open,
    channels.INSTAGRAM: _open,
}
