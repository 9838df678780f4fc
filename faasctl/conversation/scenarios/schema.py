"""The structure of a scenario file as JSON Schema (draft 2020-12): what the loader asks, and what editors use."""

from __future__ import annotations

from typing import Any, get_args

from faasctl.conversation.scenarios.model import StepKind
from faasctl.conversation.scenarios.schema_expectations import EXPECT
from faasctl.definition.schema_parts import AS_WRITTEN, Schema, list_of, mapping, span, switch, text
from faasctl.facts import channels

FAULTS = (
    "throws",
    "times-out",
    "answers-nothing",
    "answers-rubbish",
    "rate-limited",
    "not-deployed",
    "unreachable",
)
"""What a scenario's setup may let go wrong instead of a call of a function."""

ROLES = {
    "function": "the bot's own function",
    "pre": "the pre-hook",
    "post": "the post-hook",
    "error": "the error hook",
    "invocation": "the function that an INVOCATION names",
}

_PRIMITIVES = ["string", "number", "boolean"]

_VARIABLES: Schema = {
    "type": "object",
    "description": "Values by name, which texts use as {{name}}.",
    "propertyNames": {
        "pattern": "^[A-Za-z_][A-Za-z0-9_]*$",
        "maxLength": 60,
        "patternErrorMessage": "a variable's name is made of letters, digits and _, and starts with no digit",
        "x-rule": "bad-name",
    },
    "additionalProperties": {"type": _PRIMITIVES, "description": "The value.", AS_WRITTEN: True},
    "examples": [{"order": "1001"}],
}

_LATENCY: Schema = {
    "type": ["string", "number", "object"],
    "description": "How long the function may take: every turn at most (a span of time), or by percentile over "
    "all turns and repeats.",
    "properties": {
        "max": span("The longest turn.", None, "2s"),
        "p50": span("Half of the turns are at least as fast.", None, "200ms"),
        "p90": span("Nine of ten turns are at least as fast.", None, "500ms"),
        "p95": span("19 of 20 turns are at least as fast.", None, "1s"),
        "p99": span("99 of 100 turns are at least as fast.", None, "2s"),
    },
    "additionalProperties": False,
    "pattern": span("", None, "1s")["pattern"],
    "patternErrorMessage": "a span of time is written 500ms, 30s, 2m or 1h",
    "x-rule": "bad-duration",
    "examples": ["1s"],
}

_FAULTS: Schema = {
    "type": "object",
    "description": f"What goes wrong instead of calling a function, by its role ({', '.join(ROLES)}): "
    f"{', '.join(FAULTS)}.",
    "properties": {
        role: text(f"What goes wrong in place of {what}.", "throws", enum=list(FAULTS))
        for role, what in ROLES.items()
    },
    "additionalProperties": False,
    "examples": [{"function": "throws"}],
}

_COMBINE = mapping(
    "Texts that follow one another quickly reach the function as one (messaging).",
    {
        "max": {
            "type": "integer",
            "description": "At most so many.",
            "minimum": 2,
            "maximum": 100,
            "examples": [2],
        },
        "window": span("How long the connector waits for another text.", None, "2s"),
        "after_typing": span("The same once the consumer was seen typing.", None, "4s"),
    },
    ("max", "window"),
)

SETUP = mapping(
    "What differs from the definition in this scenario.",
    {
        "conversation": text("Messaging or chat.", "chat", enum=["messaging", "chat"]),
        "channel": text("Where the consumer writes.", "whatsapp", enum=[channel.name for channel in channels.ALL]),
        "welcome_message": switch("Whether the bot speaks first (messaging).", default=False),
        "engagement_attributes": {
            "type": "object",
            "description": "What is known of the consumer, as the function receives it in lpSdes.",
            "examples": [{"unauthenticatedSdes": {"customerInfo": {"customerInfo": {"customerId": "C-1"}}}}],
        },
        "visitor_session": switch(
            "Whether the consumer's visit is known; else engagement attributes cannot be fetched.", default=True
        ),
        "metadata": {
            "type": "array",
            "description": "Metadata that every text of the consumer carries, such as that of a social network.",
            "items": {"type": "object"},
            "examples": [[{"type": "SocialMessagingEventData", "channel": "Public"}]],
        },
        "skill": text("The skill that the conversation came in by.", "Sales"),
        "skills": list_of("The account's skills.", text("A skill's name.", "Billing"), ["Billing"]),
        "agents": list_of("The account's bot users and agents, by id.", text("An agent's id.", "42"), ["42"]),
        "image_hosts": list_of("Hosts of images.", text("A host.", "cdn.example.com"), ["cdn.example.com"]),
        "failing_skills": list_of(
            "Skills that exist, and to which no transfer succeeds.", text("A skill's name.", "Night"), ["Night"]
        ),
        "transfer_to_agent": switch("Whether the bot may transfer to an agent.", default=True),
        "combine": _COMBINE,
        "encoded_metadata": switch("Whether the account has the feature Common.EncodedMetadata.", default=True),
        "open_conversations": {
            "type": "integer",
            "description": "How many conversations the bot has open already.",
            "minimum": 0,
            "maximum": 100_000,
            "examples": [999],
        },
        "hooks": switch("Whether the hooks run; without them, as in the Conversation Tester.", default=True),
        "faults": _FAULTS,
    },
)

_SAYS: Schema = {
    "type": ["string", "number", "array"],
    "description": "The consumer writes; a list is written in one go, one text right after the other.",
    "items": text("A text.", "hello", pattern=""),
    "minItems": 1,
    AS_WRITTEN: True,
    "examples": ["hello"],
}

_CLICKS: Schema = {
    "type": ["string", "integer", "object"],
    "description": "The consumer clicks what the bot offered last: by title, by number from 1, or by metadata.",
    "properties": {
        "title": text("The title of a button or quick reply.", "Yes"),
        "number": {"type": "integer", "description": "Its number, from 1.", "minimum": 1, "examples": [1]},
        "external_id": text("The id of its ExternalId metadata.", "yes-1", **{AS_WRITTEN: True}),
        "metadata": {"type": "object", "description": "A part of its metadata.", "examples": [{"id": "yes-1"}]},
    },
    "additionalProperties": False,
    "minimum": 1,
    "maximum": 1000,
    "examples": ["Yes"],
}

_FILE: Schema = {
    "type": ["string", "object"],
    "description": "The consumer sends a file.",
    "properties": {
        "path": text("The file's path on LivePerson.", "/files/photo.jpg"),
        "type": text("The file's type there.", "JPEG"),
        "caption": text("What the consumer wrote beneath.", "my receipt"),
        "preview": text("The preview picture, as text.", "data:image/png;base64,…"),
    },
    "required": ["path"],
    "additionalProperties": False,
    "examples": ["photo.jpg"],
}

_WELCOME: Schema = {
    "type": ["boolean", "object"],
    "description": "The conversation reaches the bot. An object: it was under way and is transferred in.",
    "properties": {"last_message": text("What the consumer wrote last.", "I need an invoice")},
    "additionalProperties": False,
    "examples": [True],
}

_CAPTURE: Schema = {
    "type": "object",
    "description": "Variables that later steps use as {{name}}: from a text by the group of a pattern, or from "
    "the function's reply by a path.",
    "propertyNames": _VARIABLES["propertyNames"],
    "additionalProperties": mapping(
        "Where the value comes from.",
        {
            "matches": text("A pattern; its first group, or all of it, is the value.", "order (\\d+)"),
            "path": text("A path into the function's reply.", "messages[0]"),
        },
    ),
    "examples": [{"order": {"matches": "order (\\d+)"}}],
}

MEANWHILE = (
    "consumer-types",
    "consumer-closes",
    "somebody-closes",
    "somebody-transfers",
    "platform-breaks",
    "health-check",
)

STEP_KEYS: tuple[StepKind, ...] = get_args(StepKind)
"""What may happen in a step; each has exactly one."""

_STEP = mapping(
    "Something happens, and the bot reacts.",
    {
        "says": _SAYS,
        "metadata": {
            "type": "array",
            "description": "Metadata that the consumer's text carries.",
            "items": {"type": "object"},
            "examples": [[{"type": "ExternalId", "id": "x"}]],
        },
        "clicks": _CLICKS,
        "sends_file": _FILE,
        "sends_rich": {
            "type": "object",
            "description": "The consumer sends rich content, such as a place.",
            "examples": [{"type": "vertical", "elements": [{"type": "map", "la": 52.52, "lo": 13.4}]}],
        },
        "sends_payload": {
            "type": "object",
            "description": "A whole payload, which reaches the function as it is.",
            "examples": [{"message": "hello", "context": {"lpEvent": {}, "lpSdes": {}}}],
        },
        "sends_event": text("An event that the connector does not pass on, by its type.", "AcceptStatusEvent"),
        "welcome": _WELCOME,
        "waits": span("So long nothing is said.", None, "5s"),
        "meanwhile": text(
            "What happens besides: the consumer types or closes; somebody else closes or transfers the "
            "conversation while the function works on what comes next; the platform itself breaks then; the "
            "platform probes the function.",
            "consumer-closes",
            enum=list(MEANWHILE),
        ),
        "command": {
            "type": "object",
            "description": "A command of the Public API: messages, or an action, in the form of a reply.",
            "examples": [{"messages": ["Are you still there?"]}],
        },
        "expect": EXPECT,
        "capture": _CAPTURE,
    },
)

_TAGS = list_of("Words to choose scenarios by.", text("A tag.", "smoke", pattern=r"^[^\s,]+$"), ["smoke"])

_SCENARIO = mapping(
    "One conversation.",
    {
        "name": text("What the bot must do.", "greets", maxLength=200),
        "tags": _TAGS,
        "setup": SETUP,
        "variables": _VARIABLES,
        "cases": {
            "type": "array",
            "description": "The scenario once for each entry, with the entry's values as variables.",
            "items": _VARIABLES,
            "minItems": 1,
            "examples": [[{"order": "1001"}, {"order": "1002"}]],
        },
        "latency": _LATENCY,
        "steps": {
            "type": "array",
            "description": "What happens, in order.",
            "items": _STEP,
            "minItems": 1,
            "examples": [[{"says": "hello"}]],
        },
    },
    ("name", "steps"),
)

SCENARIO_FILE: Schema = mapping(
    "A file of scenarios.",
    {
        "tags": {**_TAGS, "description": "Tags of all scenarios of the file."},
        "setup": {**SETUP, "description": "What differs from the definition in all scenarios of the file."},
        "variables": {**_VARIABLES, "description": "Variables of all scenarios of the file."},
        "latency": {**_LATENCY, "description": "What the function may take, over all scenarios of the file."},
        "scenarios": {
            "type": "array",
            "description": "The scenarios.",
            "items": _SCENARIO,
            "examples": [[]],
        },
    },
    ("scenarios",),
)


def scenario_schema() -> Schema:
    """The schema for editors and tools."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "faasctl scenarios",
        **_published(SCENARIO_FILE),
    }


def _published(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {key: _published(value) for key, value in schema.items() if not str(key).startswith("x-")}
    return [_published(item) for item in schema] if isinstance(schema, list) else schema
