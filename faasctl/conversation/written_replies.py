"""Replies that stand in a function's code as they are, held against what the connector reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.findings import Finding

if TYPE_CHECKING:
    from faasctl.definition.model import Definition


def reply_findings(definition: Definition) -> list[Finding]:
    """A finding for every mistake in a reply that a review of the code found, at the place of the reply.

    Quick replies are let pass for chat too, as the code may ask for the type of conversation before.
    """
    replies = [reply for reply in definition.replies if not _is_text_alone(reply.value)]
    if not replies:
        return []  # the rules are many, and loading them takes a while
    from faasctl.conversation.reply_reading import reply_problems
    from faasctl.conversation.reply_rules import Surroundings

    around = Surroundings(image_hosts=definition.emulator.image_hosts)
    return [
        Finding(
            file=reply.file,
            line=reply.line,
            column=reply.column,
            rule="unreadable-reply",
            message=f"the connector would not read this reply: {problem}",
            suggestion=f"it answers with {problem.error.code}" if problem.error else None,
        )
        for reply in replies
        for problem in reply_problems(reply.value, around)
    ]


def _is_text_alone(value: Any) -> bool:
    """Text and nothing besides, which every rule lets pass."""
    if (
        not isinstance(value, dict)
        or not value.keys() <= {"messages", "context"}
        or value.get("context", {}) != {}
    ):
        return False
    messages = value.get("messages")
    if not isinstance(messages, list) or not messages:
        return False
    return all(isinstance(message, str) and message.strip() for message in messages)
