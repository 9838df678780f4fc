"""The shape of a reply as a JSON Schema (third-party-bots §3.1-§3.6, §3.9)."""

from __future__ import annotations

from faasctl.conversation.schema_words import BOOLEAN, Schema, listed, never, text, thing, when
from faasctl.facts.replies import ACTIONS, INTENT_CHARACTERS, PRIVATE_AUDIENCE, TTR_TYPES

OPTIONAL_PARAMETERS = "CLOSE_CONVERSATION"
_OBJECT: Schema = {"type": "object"}

_NO_AUDIENCE = (
    "messageAudience is missing: an object with text is a note for agents, and what the consumer reads is a text"
    " by itself"
)
_NO_MESSAGE = (
    "this is no message: one is a text, or an object with structuredContent, with delay, or with text and"
    " messageAudience"
)
_BARE_CONTENT = 'rich content stands in structuredContent: {"structuredContent": {…}}'
_BARE_REPLIES = (
    'quick replies stand in structuredContent, beside their message: {"structuredContent": {"message": "…",'
    ' "quickReplies": {…}}}'
)
_CONFIDENCE: Schema = {"type": "number", "minimum": 0, "maximum": 1}


def reply_schema() -> Schema:
    return thing({"messages": listed(_message()), "context": _context()}, is_open=True)


def _message() -> Schema:
    """Each kind of message is told by the key that only it has, so that an error speaks of that kind alone."""
    audience: Schema = {"required": ["messageAudience"], "says": _NO_AUDIENCE, "rule": "missing"}
    private = thing({"text": text(), "messageAudience": {"const": PRIVATE_AUDIENCE}}, required=("text",))
    private["allOf"] = [audience]
    delay = thing({"delay": {"type": "integer", "minimum": 0}, "typing": BOOLEAN}, required=("delay",))
    rich = thing(
        {
            "structuredContent": _OBJECT,
            "metadata": {"type": ["array", "object"]},
            "encodedMetadata": text(),
        },
        required=("structuredContent",),
    )
    kinds = never(_NO_MESSAGE, rule="no-message")
    for keys, kind in (
        (("elements",), never(_BARE_CONTENT, rule="no-message")),
        (("quickReplies", "replies"), never(_BARE_REPLIES, rule="no-message")),
        (("text", "messageAudience"), private),
        (("delay",), delay),
        (("structuredContent",), rich),
    ):
        kinds = when({"anyOf": [{"required": [key]} for key in keys]}, kind, kinds)
    return when({"type": "string"}, text(least=1), when(_OBJECT, kinds, {"type": ["string", "object"]}))


def _context() -> Schema:
    intent = {
        "intentId": text(INTENT_CHARACTERS),
        "intentName": text(INTENT_CHARACTERS),
        "confidenceScore": _CONFIDENCE,
    }
    return {
        "type": "object",
        "properties": {
            **intent,
            "alternativeIntents": listed(thing(intent, required=("intentId", "confidenceScore"), is_open=True)),
            "encodedMetadata": text(),
            "metadata": {"type": ["array", "object"]},
            "structuredContent": _OBJECT,
            "action": {"enum": list(ACTIONS)},
            "actionParameters": _OBJECT,
        },
        "dependentRequired": {
            "intentName": ["intentId"],
            "intentId": ["confidenceScore"],
            "actionParameters": ["action"],
        },
        "allOf": [
            when(
                {"type": "object", "required": ["action"], "properties": {"action": {"const": action}}},
                {
                    "required": [] if action == OPTIONAL_PARAMETERS else ["actionParameters"],
                    "properties": {"actionParameters": parameters},
                },
            )
            for action, parameters in _parameters().items()
        ],
    }


def _parameters() -> dict[str, Schema]:
    return {
        "TRANSFER": thing({"skill": text(), "agentId": text()}, required=("skill",), is_open=True),
        "CLOSE_CONVERSATION": thing({"withoutPcs": BOOLEAN}, is_open=True),
        "CHANGE_TTR": thing({"ttrType": {"enum": list(TTR_TYPES)}}, required=("ttrType",), is_open=True),
        "INVOCATION": thing(
            {"lambdaUuid": text(), "payload": _OBJECT, "failOnError": BOOLEAN},
            required=("lambdaUuid", "payload"),
            is_open=True,
        ),
    }
