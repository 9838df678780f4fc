"""Every rule for a reply: what breaks it, by which codes, and what the consumer meets (third-party-bots §3)."""

from __future__ import annotations

import base64
import binascii
import functools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from faasctl.conversation.metadata import check_metadata
from faasctl.conversation.problems import Path, Problem
from faasctl.conversation.quick_replies import check_quick_replies
from faasctl.conversation.reply_slips import misplaced_keys
from faasctl.conversation.rich_content import check_rich_content
from faasctl.facts import channels, connector_errors, tester_codes
from faasctl.facts.replies import (
    ACTIONS,
    DELAY_SECONDS,
    ENCODED_METADATA_CHARACTERS,
    MESSAGES,
    TEXT_CHARACTERS,
)

if TYPE_CHECKING:
    from faasctl.conversation.schema_check import SchemaCheck
    from faasctl.facts.channels import Channel
    from faasctl.facts.payloads import ConversationType

SILENCE = ("no-answer", "nothing-to-say")
"""The rules that a reply breaks which says nothing at all."""

_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Where a reply goes. None means: not known, and not checked.

    `skills` and `image_hosts` are those of the account; `encoded_metadata` is its feature Common.EncodedMetadata.
    """

    conversation: ConversationType = "messaging"
    channel: Channel = channels.WEB
    skills: Collection[str] | None = None
    image_hosts: Collection[str] | None = None
    encoded_metadata: bool = True

    @property
    def is_chat(self) -> bool:
        return self.conversation == "chat"


def reply_findings(reply: Any, around: Surroundings) -> list[Problem]:
    """Every problem: of messages first, in their order, then of the context, then of the whole."""
    if reply is None:
        return [
            Problem(
                path=(),
                rule="no-answer",
                message="the function answered nothing",
                error=connector_errors.MISSING_RESPONSE_BODY,
                tester=tester_codes.NO_ANSWER,
                effect="escalation",
            )
        ]
    found = [_of_shape(problem) for problem in _shape().problems(reply)]
    if isinstance(reply, dict) and not any(problem.rule == "unreadable" for problem in found):
        unusable = unusable_messages(found)
        messages, context = reply.get("messages"), reply.get("context")
        if isinstance(messages, list):
            found += _messages(messages, around)
        if isinstance(context, dict):
            found += _context(context, around)
            found += _action(context, around)
        found += misplaced_keys(reply)
        found += _nothing_left(reply, unusable, found)
    else:
        found += _nothing_left({}, set(), found)
    return sorted(found, key=_order)


def message_findings(message: Any, around: Surroundings) -> list[Problem]:
    """Every problem of one message by itself; the paths begin at it."""
    found = reply_findings({"messages": [message]}, around)
    here = [replace(problem, path=problem.path[2:]) for problem in found if problem.path[:2] == ("messages", 0)]
    return here or [problem for problem in found if problem.rule == "unreadable"]


@functools.cache
def _shape() -> SchemaCheck:
    from faasctl.conversation.reply_schema import reply_schema
    from faasctl.conversation.schema_check import SchemaCheck

    return SchemaCheck(reply_schema())


def _order(problem: Problem) -> tuple[int, int]:
    match problem.path:
        case ("messages", int(index), *_):
            return (0, index)
        case ("messages",):
            return (0, -1)
        case ():
            return (2, 0)
    return (1, 0)


def _of_shape(problem: Problem) -> Problem:
    """The codes and the effect of what has not the shape of a reply."""
    body = replace(problem, tester=tester_codes.INVALID_BODY)
    match problem.path:
        case ("messages", *_):
            return replace(body, effect="message dropped")
        case ("context", "actionParameters", "ttrType") if problem.rule == "not-one-of":
            return replace(
                problem,
                error=connector_errors.CHANGE_TTR,
                tester=tester_codes.INVALID_ACTION,
                effect="escalation",
            )
        case ("context", "action" | "actionParameters", *_):
            return replace(problem, tester=tester_codes.INVALID_ACTION, effect="nothing seen")
        case ("context", "alternativeIntents", *_):
            return replace(body, error=connector_errors.MALFORMED_ALTERNATIVE_INTENTS, effect="escalation")
        case ("context", "structuredContent" | "encodedMetadata" | "metadata", *_):
            return replace(body, effect="message dropped")
        case ("context",) if problem.message.startswith("action"):
            return replace(problem, tester=tester_codes.INVALID_ACTION, effect="nothing seen")
    return replace(body, effect="nothing seen")


def _warning(path: Path, rule: str, message: str) -> Problem:
    return Problem(path=path, rule=rule, message=message, severity="warning")


# ---- messages --------------------------------------------------------------------------------------------------


def _messages(messages: list[Any], around: Surroundings) -> Iterator[Problem]:
    if len(messages) > MESSAGES:
        yield _warning(
            ("messages",), "many-messages", f"{len(messages):,} messages at once are more than {MESSAGES}"
        )
    for index, message in enumerate(messages):
        path = ("messages", index)
        if isinstance(message, str):
            yield from _text(message, path)
        elif not isinstance(message, dict):
            continue
        elif isinstance(message.get("structuredContent"), dict):
            yield from _content(message, path, around)
        elif "delay" in message:
            yield from _delay(message["delay"], path)
        elif isinstance(message.get("text"), str):
            yield from _text(message["text"], (*path, "text"))
            if around.is_chat:
                said = "whether a private text stays private in a chat is not documented"
                yield _warning(path, "private-text-in-chat", said)


def _text(text: str, path: Path) -> Iterator[Problem]:
    if len(text) > TEXT_CHARACTERS:
        message = f"{len(text):,} characters are more than {TEXT_CHARACTERS:,}, what messaging takes in practice"
        yield _warning(path, "long-text", message)


def _delay(seconds: Any, path: Path) -> Iterator[Problem]:
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        return
    if seconds == 0:
        yield _warning((*path, "delay"), "no-delay", "a delay of 0 seconds does nothing")
    elif seconds > DELAY_SECONDS:
        message = f"{seconds:g} seconds are more than {DELAY_SECONDS}: few consumers wait as long"
        yield _warning((*path, "delay"), "long-delay", message)


def _content(holder: dict[str, Any], path: Path, around: Surroundings) -> Iterator[Problem]:
    """Rich content or quick replies of a message, or of the context in its older form."""
    content, place = holder["structuredContent"], (*path, "structuredContent")
    if "quickReplies" in content:
        if not isinstance(content.get("message"), str):
            yield Problem(
                path=place,
                rule="missing",
                message="quick replies need a message, which is text",
                error=_send_message(around),
                tester=tester_codes.INVALID_RICH_CONTENT,
                effect="escalation",
            )
        for problem in check_quick_replies(
            content["quickReplies"], channel=around.channel, conversation=around.conversation
        ):
            yield problem.below((*place, "quickReplies"))
    else:
        for problem in check_rich_content(
            content,
            channel=around.channel,
            conversation=around.conversation,
            image_hosts=around.image_hosts,
        ):
            yield problem.below(place)
    yield from _metadata(holder.get("metadata"), (*path, "metadata"))
    yield from _encoded(holder.get("encodedMetadata"), (*path, "encodedMetadata"), around)


def _send_message(around: Surroundings) -> connector_errors.ConnectorError:
    if around.is_chat:
        return connector_errors.CHAT_SEND_MESSAGE
    return connector_errors.MESSAGING_SEND_MESSAGE


def _metadata(metadata: Any, path: Path) -> Iterator[Problem]:
    if isinstance(metadata, dict):
        yield _warning(path, "metadata-object", "metadata is a list of objects; a bare object is taken, too")
    elif not isinstance(metadata, list):
        return
    for problem in check_metadata(metadata):
        yield problem.below(path)


def _encoded(encoded: Any, path: Path, around: Surroundings) -> Iterator[Problem]:
    if not isinstance(encoded, str):
        return
    if around.is_chat:
        rule, message = "encoded-metadata-in-chat", "encoded metadata is for messaging alone"
    elif not around.encoded_metadata:
        rule, message = "encoded-metadata-off", "the account lacks the feature Common.EncodedMetadata"
    elif len(encoded) > ENCODED_METADATA_CHARACTERS:
        rule, message = "too-long", f"the text is longer than {ENCODED_METADATA_CHARACTERS:,} characters"
    elif not _is_base64(encoded):
        rule, message = "not-base64", "the text is not base64"
    else:
        return
    yield Problem(path=path, rule=rule, message=message, effect="message dropped")


def _is_base64(text: str) -> bool:
    if not _BASE64.fullmatch(text):
        return False
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


# ---- context ---------------------------------------------------------------------------------------------------


def _context(context: dict[str, Any], around: Surroundings) -> Iterator[Problem]:
    if isinstance(context.get("structuredContent"), dict):
        yield from _content(context, ("context",), around)
    else:
        yield from _metadata(context.get("metadata"), ("context", "metadata"))
        yield from _encoded(context.get("encodedMetadata"), ("context", "encodedMetadata"), around)


def _action(context: dict[str, Any], around: Surroundings) -> Iterator[Problem]:
    action, parameters = context.get("action"), context.get("actionParameters")
    parameters = parameters if isinstance(parameters, dict) else {}
    path: Path = ("context", "actionParameters")
    if action == "CHANGE_TTR" and around.is_chat:
        yield Problem(
            path=("context", "action"),
            rule="ttr-in-chat",
            message="a chat has no time to response",
            tester=tester_codes.INVALID_ACTION,
            effect="nothing seen",
        )
    elif action == "TRANSFER" and around.skills is not None:
        skill = parameters.get("skill")
        if isinstance(skill, str) and skill not in around.skills:
            near = next((name for name in around.skills if name.lower() == skill.lower()), None)
            hint = f"; there is {near}" if near else ""
            yield Problem(
                path=(*path, "skill"),
                rule="unknown-skill",
                message=f"the account has no skill {skill[:60]}{hint}",
                error=connector_errors.CHAT_SKILL_NOT_EXISTING
                if around.is_chat
                else connector_errors.MESSAGING_SKILL_NOT_EXISTING,
                effect="escalation",
            )
    elif action == "INVOCATION":
        uuid = parameters.get("lambdaUuid")
        if isinstance(uuid, str) and not _UUID.fullmatch(uuid):
            yield _warning((*path, "lambdaUuid"), "not-a-uuid", f"{uuid[:60]} is not the UUID of a function")


# ---- the whole -------------------------------------------------------------------------------------------------


def _nothing_left(reply: dict[str, Any], unusable: set[Path], found: list[Problem]) -> Iterator[Problem]:
    """What the connector says of a reply with neither a message nor an action that it could use."""
    context = reply.get("context")
    context = context if isinstance(context, dict) else {}
    messages = reply.get("messages")
    messages = messages if isinstance(messages, list) else []
    if any(("messages", index) not in unusable for index in range(len(messages))):
        return
    if isinstance(context.get("structuredContent"), dict):
        return
    is_skipped = any(
        problem.tester == tester_codes.INVALID_ACTION and problem.effect == "nothing seen" for problem in found
    )
    said = "no message can be read" if messages else "no messages"
    if "action" not in context:
        error, message = connector_errors.MISSING_ACTION_AND_MESSAGES, f"{said}, and no action"
    elif context["action"] not in ACTIONS:
        error, message = connector_errors.UNSUPPORTED_ACTION, f"{said}, and no known action"
    elif is_skipped:
        error, message = connector_errors.UNSUPPORTED_ACTION, f"{said}, and an action that is skipped"
    else:
        return
    yield Problem(
        path=(),
        rule="nothing-to-say",
        message=message,
        error=error,
        tester=tester_codes.NOTHING_USABLE,
        effect="escalation",
    )


def unusable_messages(found: Collection[Problem]) -> set[Path]:
    """The paths of the messages that have the form of no kind of message: the connector skips them."""
    return {
        problem.path[:2]
        for problem in found
        if problem.tester == tester_codes.INVALID_BODY and problem.path[:1] == ("messages",)
    }
