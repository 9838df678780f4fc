"""Documents by themselves: told apart, and checked by their kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from faasctl.conversation.metadata import TYPES, check_metadata
from faasctl.conversation.quick_replies import check_quick_replies
from faasctl.conversation.reply_rules import Surroundings, message_findings, reply_findings
from faasctl.conversation.rich_content import check_rich_content
from faasctl.facts.rich_content import ELEMENTS

if TYPE_CHECKING:
    from faasctl.conversation.problems import Path, Problem
    from faasctl.facts.channels import Channel

Kind = Literal["reply", "rich-content", "quick-replies", "metadata"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_OF_A_REPLY = ("messages", "context")
_OF_A_MESSAGE = ("structuredContent", "delay", "messageAudience")
_ADDRESSED = ("url", "title", "text")
"""Keys of elements that may go without a type."""


def kind_of(value: Any) -> Kind:
    """The kind that a document looks like; a reply where nothing speaks for another."""
    if isinstance(value, list):
        return _kind_of_list(value)
    if not isinstance(value, dict) or any(key in value for key in _OF_A_REPLY):
        return "reply"
    if "structuredContent" in value:
        content = value["structuredContent"]
        return "quick-replies" if isinstance(content, dict) and _is_quick(content) else "rich-content"
    if _is_quick(value):
        return "quick-replies"
    if value.get("type") in TYPES:
        return "metadata"
    is_rich = "elements" in value or "type" in value or any(key in value for key in _ADDRESSED)
    return "rich-content" if is_rich else "reply"


def _kind_of_list(items: list[Any]) -> Kind:
    """Metadata, unless an item is plainly something else, of which there may be no list."""
    for item in items:
        if isinstance(item, str):
            return "reply"
        if not isinstance(item, dict):
            continue
        if any(key in item for key in (*_OF_A_REPLY, *_OF_A_MESSAGE)):
            return "reply"
        if _is_quick(item):
            return "quick-replies"
        if "elements" in item or item.get("type") in ELEMENTS:
            return "rich-content"
    return "metadata"


def _is_quick(value: dict[str, Any]) -> bool:
    return "quickReplies" in value or "replies" in value or value.get("type") == "quickReplies"


def check_document(value: Any, kind: Kind, around: Surroundings, *, channel: Channel | None) -> list[Problem]:
    """Every problem of a document of this kind.

    `channel` is the one that was asked for, if any. Rich content and quick replies may stand in the objects that
    hold them in a reply; then these are checked, too, and the paths begin there.
    """
    if kind == "reply":
        return reply_findings(value, around)
    if kind == "metadata":
        return check_metadata(value, channel=channel)
    path: Path = ()
    if isinstance(value, dict) and "structuredContent" in value:
        if kind_of(value) == kind:
            return message_findings(value, around)
        path, value = ("structuredContent",), value["structuredContent"]
    if kind == "rich-content":
        found = check_rich_content(
            value, channel=around.channel, conversation=around.conversation, image_hosts=around.image_hosts
        )
    elif isinstance(value, dict) and "quickReplies" in value:
        holder = message_findings({"structuredContent": value}, around)
        found = [replace(problem, path=problem.path[1:]) for problem in holder]
    else:
        found = check_quick_replies(value, channel=around.channel, conversation=around.conversation)
    return [problem.below(path) for problem in found]
