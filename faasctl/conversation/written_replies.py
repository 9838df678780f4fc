"""Replies that stand in a function's code as they are, held against what the connector reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.findings import Finding

if TYPE_CHECKING:
    from faasctl.conversation.problems import Problem
    from faasctl.definition.model import Definition, WrittenReply


def reply_findings(definition: Definition) -> list[Finding]:
    """A finding for every mistake in a reply that a review of the code found, at the place of the reply.

    What stands where the connector does not look is a warning: it has no effect.
    Quick replies are let pass for chat too, as the code may ask for the type of conversation before.
    """
    replies = [reply for reply in definition.replies if not _is_text_alone(reply.value)]
    if not replies:
        return []  # the rules are many, and loading them takes a while
    from faasctl.conversation.reply_rules import Surroundings
    from faasctl.conversation.reply_rules import reply_findings as problems_of
    from faasctl.conversation.reply_slips import MISPLACED

    around = Surroundings(image_hosts=definition.emulator.image_hosts)
    return [
        _finding(reply, problem)
        for reply in replies
        for problem in problems_of(reply.value, around)
        if problem.severity == "error" or problem.rule == MISPLACED
    ]


def _finding(reply: WrittenReply, problem: Problem) -> Finding:
    is_error = problem.severity == "error"
    said = "the connector would not read this reply" if is_error else "a part of this reply has no effect"
    return Finding(
        file=reply.file,
        line=reply.line,
        column=reply.column,
        rule="unreadable-reply",
        message=f"{said}: {problem}",
        suggestion=f"it answers with {problem.error.code}" if problem.error else None,
        severity=problem.severity,
    )


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
