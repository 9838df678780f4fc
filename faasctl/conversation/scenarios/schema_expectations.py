"""What a step may expect, as JSON Schema.

A value that may be written in several ways has several types and the keywords of each, and no `anyOf`: so every
mistake has one place and one reason.
"""

from __future__ import annotations

from faasctl.definition.schema_parts import AS_WRITTEN, Schema, mapping, span, switch, text
from faasctl.facts import replies

_ONE_OR_MORE: Schema = {"type": ["string", "array"], "items": {"type": "string"}, "minItems": 1, AS_WRITTEN: True}

TEXT: Schema = {
    "type": ["string", "number", "object"],
    "description": "A text: as it is, or what is asked of it.",
    "properties": {
        "equals": {"type": ["string", "number"], "description": "The text itself.", AS_WRITTEN: True},
        "contains": {**_ONE_OR_MORE, "description": "Parts of it."},
        "lacks": {**_ONE_OR_MORE, "description": "What is no part of it."},
        "matches": {"type": "string", "description": "A pattern (regular expression) that a part of it meets."},
        "ignore_case": switch("Whether upper and lower case are alike.", default=False),
    },
    "additionalProperties": False,
    AS_WRITTEN: True,
    "examples": ["Hello"],
}

_JSON: Schema = {"type": ["object", "array", "string", "number", "boolean", "null"]}

_RICH: Schema = {
    "type": ["boolean", "array", "object"],
    "description": "Rich content (structured content); a list: one of each, in order.",
    "properties": {
        "type": {"type": "string", "description": "Its outermost type.", "examples": ["vertical"]},
        "equals": {**_JSON, "description": "The whole document."},
        "contains": {**_JSON, "description": "A part: keys that are there, entries that are in its lists."},
        "texts": {"type": "array", "items": TEXT, "description": "Texts and titles that are somewhere in it."},
        "buttons": {"type": "array", "items": TEXT, "description": "Titles of its buttons, in order."},
        "metadata": {**_JSON, "description": "A part of its metadata."},
    },
    "additionalProperties": False,
    "examples": [{"type": "vertical", "buttons": ["Buy"]}],
}
_RICH["items"] = {key: value for key, value in _RICH.items() if key != "items"} | {"type": ["boolean", "object"]}

_QUICK: Schema = {
    "type": ["boolean", "array", "object"],
    "description": "Quick replies: their titles in order.",
    "items": TEXT,
    "properties": {
        "titles": {"type": "array", "items": TEXT, "description": "Their titles, in order."},
        "message": {**TEXT, "description": "The text above them."},
        "contains": {**_JSON, "description": "A part of the object."},
    },
    "additionalProperties": False,
    "examples": [["Yes", "No"]],
}

_MESSAGE = mapping(
    "A message of any kind.",
    {
        "text": TEXT,
        "private": {**TEXT, "description": "A private text."},
        "rich_content": {**_RICH["items"], "description": "Rich content."},
        "quick_replies": _QUICK,
        "delay": span("A wait of at least so long.", None, "2s"),
    },
)

_CODE = text("A code of the connector, as a whole or its end.", "invoke-lambda")

_EXPECTATIONS: dict[str, Schema] = {
    "texts": {
        "type": ["array", "boolean"],
        "description": "All texts that the consumer gets in this step; false: none.",
        "items": TEXT,
        "examples": [["Hello"]],
    },
    "text": {**TEXT, "description": "A text that is among those the consumer gets."},
    "messages": {
        "type": "array",
        "description": "All messages of any kind, in order.",
        "items": _MESSAGE,
        "examples": [[{"text": "Hello"}]],
    },
    "rich_content": _RICH,
    "quick_replies": _QUICK,
    "private": {
        **TEXT,
        "type": ["boolean", "string", "number", "array", "object"],
        "items": TEXT,
        "description": "Private texts, which agents read and the consumer does not.",
    },
    "transfer": {
        "type": ["boolean", "string", "object"],
        "description": "The bot transfers the conversation: the skill.",
        "properties": {
            "skill": text("The skill.", "Billing"),
            "agent": {"type": ["string", "boolean"], "description": "The agent's id.", AS_WRITTEN: True},
        },
        "additionalProperties": False,
        "examples": ["Human Agents"],
    },
    "close": {
        "type": ["boolean", "object"],
        "description": "The bot closes the conversation.",
        "properties": {"survey": switch("Whether the survey follows.", default=True)},
        "additionalProperties": False,
        "examples": [True],
    },
    "ttr": {
        "type": ["boolean", "string"],
        "description": "The bot changes the time to response.",
        "enum": [True, False, *replies.TTR_TYPES],
        "examples": ["URGENT"],
    },
    "invocation": {
        "type": ["boolean", "object"],
        "description": "The bot invokes another function.",
        "properties": {
            "function": text("Its uuid.", "11111111-2222-4333-8444-555555555555"),
            "payload": {**_JSON, "description": "A part of the payload."},
            "succeeds": switch("Whether that function succeeds.", default=True),
        },
        "additionalProperties": False,
        "examples": [True],
    },
    "error": {
        **_CODE,
        "type": ["boolean", "string"],
        "description": "A conversation error, by its code or its end; without this key, any is a failure.",
    },
    "escalation": {
        "type": ["boolean", "string"],
        "description": "The connector gives the conversation to a skill after an error.",
        "examples": ["Human Agents"],
    },
    "problems": {
        "type": ["array", "boolean"],
        "items": text(
            "A code of the Conversation Tester, or the name of a rule.", "liveperson-functions-invalid-body"
        ),
        "description": "What is wrong with the reply; false: nothing.",
        "examples": [["liveperson-functions-invalid-body"]],
    },
    "intent": {
        "type": ["boolean", "string", "object"],
        "description": "The intent: its id.",
        "properties": {
            "id": text("Its id.", "order-status"),
            "name": text("Its name.", "Order status"),
            "confidence": {"type": "number", "minimum": 0, "maximum": 1, "description": "The score, at least."},
            "alternatives": {"type": "array", "items": {"type": "string"}, "description": "Ids of the others."},
        },
        "additionalProperties": False,
        "examples": ["order-status"],
    },
    "logs": {
        "type": ["array", "boolean"],
        "description": "What the function logged: entries that are among all; false: nothing.",
        "items": {
            **TEXT,
            "properties": {
                **TEXT["properties"],
                "level": {
                    "type": "string",
                    "enum": ["Debug", "Info", "Warn", "Error"],
                    "description": "The level.",
                },
            },
        },
        "examples": [[{"level": "Error", "contains": "timeout"}]],
    },
    "latency": span("The function takes at most so long.", None, "1s"),
    "silence": switch("Whether the consumer gets nothing at all.", default=False),
    "dropped": {
        "type": ["boolean", "integer"],
        "minimum": 0,
        "maximum": 100_000,
        "description": "Messages of the bot that are dropped: whether, or how many.",
    },
    "rate_limited": {
        "type": ["boolean", "integer"],
        "minimum": 0,
        "maximum": 100_000,
        "description": "Messages of the consumer that the spam guard swallows.",
    },
    "invoked": {
        "type": ["boolean", "integer"],
        "minimum": 0,
        "maximum": 100_000,
        "description": "Whether the function is called, or how often.",
    },
    "payload": {"type": "object", "description": "A part of what the function receives.", "examples": [{}]},
    "reply": {**_JSON, "description": "A part of what the function answers."},
    "metadata": {**_JSON, "description": "A part of the metadata that the messages carry."},
    "hooks": {
        "type": ["array", "boolean"],
        "items": {"type": "string", "enum": ["pre", "post", "error"]},
        "description": "The hooks that run, in order; false: none.",
        "examples": [["pre", "post"]],
    },
    "error_hook": {"type": ["boolean", "object"], "description": "A part of what the error hook receives."},
    "conversation": {
        "type": "string",
        "enum": ["open", "closed", "transferred"],
        "description": "What becomes of the conversation.",
        "examples": ["closed"],
    },
    "state": {
        "type": "string",
        "enum": ["online", "vendor-interruption"],
        "description": "The bot's state afterwards.",
        "examples": ["online"],
    },
}

EXPECT = mapping(
    "What the bot must do in this step.",
    {
        **_EXPECTATIONS,
        "any_order": switch("Whether lists count in any order.", default=False),
        "others": switch("Whether there may be messages besides those that are listed.", default=False),
        "not": mapping("What must not be: each of these by itself.", _EXPECTATIONS),
    },
)
