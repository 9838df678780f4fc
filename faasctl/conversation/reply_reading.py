"""From a function's result to a reply (third-party-bots §3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from faasctl.conversation.replies import (
    Action,
    ChangeTtr,
    CloseConversation,
    Delay,
    Intent,
    Invocation,
    Item,
    Json,
    Metadata,
    PrivateText,
    QuickReplies,
    Reply,
    RichContent,
    Text,
    Transfer,
)
from faasctl.conversation.reply_rules import Surroundings, reply_findings
from faasctl.facts import tester_codes
from faasctl.facts.replies import LONGEST_DELAY_SECONDS

if TYPE_CHECKING:
    from faasctl.conversation.problems import Path, Problem

ANYWHERE = Surroundings()
"""Messaging on the web, where nothing is known of the account."""


def parse_reply(value: Any, around: Surroundings = ANYWHERE) -> Reply:
    """The reply that `value`, a function's result, is; with every problem. It never raises."""
    problems = tuple(reply_findings(value, around))
    if not isinstance(value, dict) or any(problem.rule == "unreadable" for problem in problems):
        return Reply(problems=problems)
    context = value["context"] if isinstance(value.get("context"), dict) else {}
    messages = value["messages"] if isinstance(value.get("messages"), list) else []
    dropped = {problem.path for problem in problems if problem.effect == "message dropped"}
    shared = _Shared(context, dropped)
    dropped_messages = {path[:2] for path in dropped}
    items = [
        shared.item(message, ("messages", index))
        for index, message in enumerate(messages)
        if ("messages", index) not in dropped_messages
    ]
    if isinstance(context.get("structuredContent"), dict) and not shared.legacy_is_dropped:
        items.append(shared.content(context, ("context",)))
    intent, alternatives = _intents(context, problems)
    return Reply(
        items=tuple(item for item in items if item is not None),
        action=_action(context, problems),
        intent=intent,
        alternative_intents=alternatives,
        problems=problems,
    )


def reply_problems(value: Any, around: Surroundings = ANYWHERE) -> tuple[Problem, ...]:
    """What keeps a reply from working as it stands: its problems without the warnings."""
    return tuple(problem for problem in reply_findings(value, around) if problem.severity == "error")


class _Shared:
    """What the context says for all messages."""

    def __init__(self, context: Json, dropped: set[Path]) -> None:
        self._encoded: str | None = None
        self._encoding_is_bad = ("context", "encodedMetadata") in dropped
        if isinstance(context.get("encodedMetadata"), str):
            self._encoded = context["encodedMetadata"]
        self.legacy_is_dropped = any(
            path[:1] == ("context",) and path[1:2] != ("encodedMetadata",) for path in dropped
        )
        # Metadata of the context belongs to the older form of rich content; without that, to the texts (§3.3).
        has_legacy = isinstance(context.get("structuredContent"), dict)
        self._metadata: Metadata = () if has_legacy else _metadata(context.get("metadata"))
        self.legacy_is_dropped = self.legacy_is_dropped or self._encoding_is_bad

    def item(self, message: Any, path: Path) -> Item | None:
        """The typed item; None for one that a bad encoding of the whole reply drops."""
        if isinstance(message, str):
            if self._encoding_is_bad:
                return None
            return Text(path=path, text=message, metadata=self._metadata, encoded_metadata=self._encoded)
        if "structuredContent" in message:
            if self._encoding_is_bad and "encodedMetadata" not in message:
                return None
            return self.content(message, path)
        if "delay" in message:
            seconds = min(int(message["delay"]), LONGEST_DELAY_SECONDS)
            return Delay(path=path, seconds=seconds, typing=message.get("typing", True))
        return PrivateText(path=path, text=message["text"])

    def content(self, holder: Json, path: Path) -> Item:
        content: Json = holder["structuredContent"]
        metadata, encoded = _metadata(holder.get("metadata")), holder.get("encodedMetadata", self._encoded)
        if "quickReplies" not in content:
            return RichContent(path=path, content=content, metadata=metadata, encoded_metadata=encoded)
        message, replies = content.get("message"), content["quickReplies"]
        return QuickReplies(
            path=path,
            message=message if isinstance(message, str) else "",
            replies=replies if isinstance(replies, dict) else {},
            metadata=metadata,
            encoded_metadata=encoded,
        )


def _metadata(value: Any) -> Metadata:
    items = [value] if isinstance(value, dict) else value if isinstance(value, list) else []
    return tuple(cast("Json", item) for item in items if isinstance(item, dict))


def _action(context: Json, problems: tuple[Problem, ...]) -> Action | None:
    """The action; None where there is none, or the connector skips it."""
    if any(
        problem.tester == tester_codes.INVALID_ACTION and problem.effect == "nothing seen" for problem in problems
    ):
        return None
    parameters = context.get("actionParameters", {})
    match context.get("action"):
        case "TRANSFER":
            return Transfer(skill=parameters["skill"], agent_id=parameters.get("agentId"))
        case "CLOSE_CONVERSATION":
            return CloseConversation(without_survey=parameters.get("withoutPcs", False))
        case "CHANGE_TTR":
            return ChangeTtr(ttr=str(parameters["ttrType"]))
        case "INVOCATION":
            return Invocation(
                function_uuid=parameters["lambdaUuid"],
                payload=parameters["payload"],
                fail_on_error=parameters.get("failOnError", False),
            )
    return None


def _intents(context: Json, problems: tuple[Problem, ...]) -> tuple[Intent | None, tuple[Intent, ...]]:
    """The intent and its alternatives; without those that are not as they must be."""
    broken = {problem.path for problem in problems if problem.severity == "error"}
    keys = ("intentId", "intentName", "confidenceScore")
    bad = ("context",) in broken or any(("context", key) in broken for key in keys)
    intent = None if bad or "intentId" not in context else _intent(context)
    alternatives = context.get("alternativeIntents", [])
    if any(path[:2] == ("context", "alternativeIntents") for path in broken):
        alternatives = []
    return intent, tuple(_intent(item) for item in alternatives)


def _intent(source: Json) -> Intent:
    return Intent(
        id=source["intentId"], name=source.get("intentName"), confidence=float(source["confidenceScore"])
    )
