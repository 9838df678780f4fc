"""Whether quick replies are sound, for a channel (third-party-bots §7.2)."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from faasctl.conversation.problems import Problem
from faasctl.conversation.rich_content import judged, too_large
from faasctl.conversation.schema_words import (
    ANYTHING,
    INTEGER,
    NUMBER,
    Schema,
    by,
    listed,
    one_of,
    ref,
    text,
    thing,
)
from faasctl.facts import channels, tester_codes
from faasctl.facts.connector_errors import QUICK_REPLIES_NOT_SUPPORTED
from faasctl.facts.rich_content import ITEMS_PER_ROW

if TYPE_CHECKING:
    from faasctl.conversation.schema_check import SchemaCheck
    from faasctl.facts.channels import Channel
    from faasctl.facts.payloads import ConversationType


def check_quick_replies(
    document: Any, *, channel: Channel = channels.WEB, conversation: ConversationType = "messaging"
) -> list[Problem]:
    """Every problem of an object such as `quickReplies` holds; [] for a sound one. A chat takes none at all."""
    if conversation == "chat":
        return [
            Problem(
                path=(),
                rule="quick-replies-in-chat",
                message="quick replies are for messaging alone, and this is a chat",
                error=QUICK_REPLIES_NOT_SUPPORTED,
                tester=tester_codes.NO_QUICK_REPLIES_IN_CHAT,
                effect="escalation",
            )
        ]
    if channel is channels.APPLE:
        message = f"{channel.title} takes no quick replies"
        return [Problem(path=(), rule="not-on-channel", message=message, effect="message dropped")]
    found = _check_for(channel).problems(document)
    if channel.is_open:
        found = [replace(problem, severity="warning") for problem in found]
    else:
        of_platform = [] if channel is channels.WEB else _check_for(channels.WEB).problems(document)
        found = judged(found, of_platform, channel, conversation)
    if any(problem.rule == "unreadable" for problem in found):
        return found
    return [*found, *_items_per_row(document), *too_large(document)]


def _items_per_row(document: Any) -> list[Problem]:
    number = document.get("itemsPerRow") if isinstance(document, dict) else None
    least, most = ITEMS_PER_ROW
    if isinstance(number, bool) or not isinstance(number, (int, float)) or least <= number <= most:
        return []
    message = f"{str(number)[:60]} is not between {least} and {most}"
    return [Problem(path=("itemsPerRow",), rule="items-per-row", message=message, severity="warning")]


@functools.cache
def _check_for(channel: Channel) -> SchemaCheck:
    from faasctl.conversation.schema_check import SchemaCheck

    return SchemaCheck(_schema(channel))


def _schema(channel: Channel) -> Schema:
    from faasctl.conversation.channels.gbm import gbm_button
    from faasctl.conversation.channels.whatsapp import whatsapp_button
    from faasctl.conversation.rich_content_grammar import grammar

    if channel is channels.WEB or channel.is_open:
        # The web's quick replies have the button of the grammar's earlier state.
        root = _root(channels.WEB.replies, ref("button"), per_row=NUMBER)
        return {**root, "$defs": grammar(is_current=False)}
    button = {channels.GBM: gbm_button, channels.WHATSAPP: whatsapp_button}.get(channel)
    return _root(channel.replies, button() if button else _button(channel), per_row=INTEGER)


def _root(most: int | None, button: Schema, *, per_row: Schema) -> Schema:
    return thing(
        {
            "type": one_of("quickReplies"),
            "itemsPerRow": per_row,
            "replies": listed(button, least=1, most=most),
        },
        required=("type", "itemsPerRow", "replies"),
    )


def _button(channel: Channel) -> Schema:
    action = thing({"type": ANYTHING, "text": text(channel.reply_text)}, required=("text",), is_open=True)
    actions = listed(by("type", {"publishText": action}), least=1, most=1)
    return thing(
        {
            "type": one_of("button"),
            "title": text(channel.reply_title),
            "tooltip": text(256),
            "click": thing({"actions": actions}, required=("actions",), is_open=True),
        },
        required=("type", "title", "click"),
        is_open=True,
    )
