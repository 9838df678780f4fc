"""Whether a function's reply has a shape that the connector reads (third-party-bots §3.1-§3.6, §3.9)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faasctl.facts.connector_errors import (
    MISSING_ACTION_AND_MESSAGES,
    MISSING_RESPONSE_BODY,
    UNSUPPORTED_ACTION,
    ConnectorError,
)

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

ACTIONS = ("TRANSFER", "CLOSE_CONVERSATION", "CHANGE_TTR", "INVOCATION")
"""D §3.6."""

_INTENT_LENGTH = 256
_SHOWN_CHARACTERS = 60

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

    try:
        errors = list(jsonschema_rs.validator_for(SCHEMA).iter_errors(reply))
    except ValueError:  # half of a surrogate pair in a key, or too many levels
        return (
            ReplyProblem(place="", message="the reply cannot be read: it is no sound JSON, or nested too deeply"),
        )
    problems = tuple(ReplyProblem(place=_place(error.instance_path), message=_say(error)) for error in errors)
    empty = _nothing_to_say(reply)
    return (*problems, empty) if empty is not None else problems


def _say(error: ValidationError) -> str:
    """What is wrong, short: the value may be as large as a reply can be."""
    kind: Any = error.kind
    shown = json.dumps(error.instance)
    shown = shown if len(shown) <= _SHOWN_CHARACTERS else f"{shown[:_SHOWN_CHARACTERS]}…"
    match kind.name:
        case "type":
            is_message = error.instance_path[:1] == ["messages"] and len(error.instance_path) == 2
            return f"{shown} is not {'text or an object' if is_message else ' or '.join(map(_a, kind.types))}"
        case "required":
            return f"{kind.property} is missing"
        case "enum":
            return f"{shown} is not one of {', '.join(kind.options)}"
        case "const":
            return f"{shown} is not {kind.expected_value}"
        case "additionalProperties":
            return f"there may be no {', '.join(kind.unexpected)} here"
        case "minLength":
            return "the text is empty"
        case "maxLength":
            return f"the text is longer than {kind.limit} characters"
        case "minimum":
            return f"{shown} is less than {kind.limit}"
        case "maximum":
            return f"{shown} is more than {kind.limit}"
    return error.message[:_SHOWN_CHARACTERS]


def _a(json_type: str) -> str:
    words = {"string": "text", "integer": "a whole number", "boolean": "true or false"}
    return words.get(json_type) or f"{'an' if json_type[0] in 'aeiou' else 'a'} {json_type}"


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
