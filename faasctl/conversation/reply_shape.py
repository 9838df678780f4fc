"""Whether a function's reply has a shape that the connector reads (third-party-bots §3.1-§3.6, §3.9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from faasctl.facts.connector_errors import (
    MISSING_ACTION_AND_MESSAGES,
    MISSING_RESPONSE_BODY,
    UNSUPPORTED_ACTION,
    ConnectorError,
)

ACTIONS = ("TRANSFER", "CLOSE_CONVERSATION", "CHANGE_TTR", "INVOCATION")
"""D §3.6."""

_INTENT_LENGTH = 256

_TEXT = {"type": "string", "minLength": 1}
_PRIVATE_TEXT = {
    "required": ["text", "messageAudience"],
    "additionalProperties": False,
    "properties": {"text": {"type": "string"}, "messageAudience": {"const": "AGENTS_AND_MANAGERS"}},
}
_DELAY = {
    "required": ["delay"],
    "additionalProperties": False,
    "properties": {"delay": {"type": "integer", "minimum": 0}, "typing": {"type": "boolean"}},
}
_RICH_CONTENT = {
    "required": ["structuredContent"],
    "additionalProperties": False,
    "properties": {
        "structuredContent": {"type": "object"},
        "metadata": {"type": ["array", "object"], "items": {"type": "object"}},
        "encodedMetadata": {"type": "string"},
    },
}
# Each kind of message is told by the key that only it has, so that an error speaks of that kind alone.
_MESSAGE = {
    "if": {"type": "string"},
    "then": _TEXT,
    "else": {
        "type": "object",
        "if": {"required": ["structuredContent"]},
        "then": _RICH_CONTENT,
        "else": {"if": {"required": ["delay"]}, "then": _DELAY, "else": _PRIVATE_TEXT},
    },
}
_PARAMETERS = {
    "TRANSFER": {
        "required": ["skill"],
        "properties": {"skill": {"type": "string"}, "agentId": {"type": "string"}},
    },
    "CLOSE_CONVERSATION": {"properties": {"withoutPcs": {"type": "boolean"}}},
    "CHANGE_TTR": {
        "required": ["ttrType"],
        "properties": {"ttrType": {"enum": ["URGENT", "NORMAL", "PRIORITIZED"]}},
    },
    "INVOCATION": {
        "required": ["lambdaUuid", "payload"],
        "properties": {
            "lambdaUuid": {"type": "string"},
            "payload": {"type": "object"},
            "failOnError": {"type": "boolean"},
        },
    },
}
_OPTIONAL_PARAMETERS = {"CLOSE_CONVERSATION"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "messages": {"type": "array", "items": _MESSAGE},
        "context": {
            "type": "object",
            "properties": {
                "intentId": {"type": "string", "maxLength": _INTENT_LENGTH},
                "intentName": {"type": "string", "maxLength": _INTENT_LENGTH},
                "confidenceScore": {"type": "number", "minimum": 0, "maximum": 1},
                "alternativeIntents": {
                    "type": "array",
                    "items": {"type": "object", "required": ["intentId", "confidenceScore"]},
                },
                "encodedMetadata": {"type": "string"},
                "metadata": {"type": "array"},
                "structuredContent": {"type": "object"},
                "action": {"enum": list(ACTIONS)},
                "actionParameters": {"type": "object"},
            },
            "dependentRequired": {"intentName": ["intentId"], "intentId": ["confidenceScore"]},
            "allOf": [
                {
                    "if": {"required": ["action"], "properties": {"action": {"const": action}}},
                    "then": {
                        "required": [] if action in _OPTIONAL_PARAMETERS else ["actionParameters"],
                        "properties": {"actionParameters": parameters},
                    },
                }
                for action, parameters in _PARAMETERS.items()
            ],
        },
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyProblem:
    """What is wrong, where (`messages[0].delay`, empty for the whole), and the connector's error, if any."""

    place: str
    message: str
    error: ConnectorError | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


def reply_problems(reply: Any) -> tuple[ReplyProblem, ...]:
    """Every problem of a reply, in the order of the reply; none for one that the connector reads as it is."""
    if reply is None:
        return (ReplyProblem(place="", message="the function answered nothing", error=MISSING_RESPONSE_BODY),)
    import jsonschema_rs

    # Chosen branches of if/then/else stand as one error each; the deepest says what is really wrong.
    found = {
        _place(error.instance_path): error.message
        for error in jsonschema_rs.validator_for(SCHEMA).iter_errors(reply)
    }
    problems = tuple(ReplyProblem(place=place, message=message) for place, message in found.items())
    empty = _nothing_to_say(reply)
    return (*problems, empty) if empty is not None else problems


def _nothing_to_say(reply: Any) -> ReplyProblem | None:
    if not isinstance(reply, dict):
        return None
    context = reply.get("context")
    context = context if isinstance(context, dict) else {}
    if reply.get("messages") or context.get("structuredContent"):
        return None
    if "action" not in context:
        return ReplyProblem(place="", message="neither messages nor an action", error=MISSING_ACTION_AND_MESSAGES)
    if context["action"] not in ACTIONS:
        return ReplyProblem(place="", message="no messages, and no known action", error=UNSUPPORTED_ACTION)
    return None


def _place(path: list[str | int]) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")
