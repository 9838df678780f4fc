"""Messages of a bot held against what a scenario expects of them."""

from __future__ import annotations

from typing import Any

from faasctl.conversation.connector_events import Waited
from faasctl.conversation.replies import PrivateText, QuickReplies, RichContent, Text
from faasctl.conversation.scenarios.build import seconds_of
from faasctl.conversation.scenarios.matching import (
    list_differences,
    part_difference,
    quoted,
    same,
    shown,
    text_difference,
)
from faasctl.conversation.scenarios.turns import titles

Message = Text | PrivateText | RichContent | QuickReplies | Waited


def message_difference(wanted: Any, message: Message) -> str | None:
    """`wanted` has one key, which says the kind."""
    for kind, want in wanted.items():
        if kind == "text":
            found = text_difference(want, message.text) if isinstance(message, Text) else _is_no("text", message)
        elif kind == "private":
            is_private = isinstance(message, PrivateText)
            found = text_difference(want, message.text) if is_private else _is_no("private text", message)  # type: ignore[union-attr]
        elif kind == "rich_content":
            found = rich_difference(want, message) if isinstance(message, RichContent) else _is_no(kind, message)
        elif kind == "quick_replies":
            found = quick_difference(want, message) if isinstance(message, QuickReplies) else _is_no(kind, message)
        else:
            found = _delay_difference(want, message)
        if found is not None:
            return found
    return None


def _delay_difference(want: Any, message: Message) -> str | None:
    if not isinstance(message, Waited):
        return _is_no("delay", message)
    return None if message.seconds >= seconds_of(want) else f"{message.seconds} s is less than {want}"


def _is_no(kind: str, message: Message) -> str:
    return f"{show_message(message)} is no {kind.replace('_', ' ')}"


def rich_difference(wanted: Any, found: RichContent) -> str | None:
    if isinstance(wanted, bool):
        return None if wanted else "rich content came"
    if "type" in wanted and found.content.get("type") != wanted["type"]:
        return f"the type is {shown(found.content.get('type'))}, not {shown(wanted['type'])}"
    if "equals" in wanted and not same(wanted["equals"], found.content):
        return f"{shown(found.content)} is not {shown(wanted['equals'])}"
    if "contains" in wanted and (difference := part_difference(wanted["contains"], found.content)):
        return difference
    if "metadata" in wanted:
        asked = wanted["metadata"] if isinstance(wanted["metadata"], list) else [wanted["metadata"]]
        if difference := part_difference(asked, list(found.metadata), "metadata"):
            return difference
    for name, buttons_only in (("buttons", True), ("texts", False)):
        if name in wanted:
            there = titles(found.content, buttons_only=buttons_only)
            differences = list_differences(
                name,
                wanted[name],
                there,
                text_difference,
                show=quoted,
                any_order=not buttons_only,
                others=not buttons_only,
            )
            if differences:
                return str(differences[0])
    return None


def quick_difference(wanted: Any, found: QuickReplies) -> str | None:
    if isinstance(wanted, bool):
        return None if wanted else "quick replies came"
    asked = {"titles": wanted} if isinstance(wanted, list) else wanted
    if "message" in asked and (difference := text_difference(asked["message"], found.message)):
        return difference
    if "contains" in asked and (difference := part_difference(asked["contains"], found.replies)):
        return difference
    if "titles" in asked:
        differences = list_differences(
            "titles", asked["titles"], reply_titles(found), text_difference, show=quoted
        )
        if differences:
            return f"{', '.join(map(quoted, reply_titles(found))) or 'none'}: {differences[0].message}"
    return None


def reply_titles(found: QuickReplies) -> list[str]:
    replies = found.replies.get("replies")
    items = replies if isinstance(replies, list) else []
    return [str(item.get("title", "")) for item in items if isinstance(item, dict)]


def show_message(message: Message) -> str:
    """A message in a line."""
    if isinstance(message, Waited):
        return f"a wait of {message.seconds} s"
    if isinstance(message, Text):
        return quoted(message.text)
    if isinstance(message, PrivateText):
        return f"the private text {quoted(message.text)}"
    if isinstance(message, QuickReplies):
        return f"quick replies {', '.join(reply_titles(message))}"
    return f"rich content {shown(message.content)}"
