"""The structure of bot.yaml as JSON Schema (draft 2020-12): what the loader asks, editors use and the docs show.

Keys starting with `x-` are read by this layer only: the rule that a broken pattern counts as, whether a number
stays as it was written, and whether a secret may stand there. `definition_schema` is the form for editors.
"""

from __future__ import annotations

from typing import Any

from faasctl.facts import limits, naming

Schema = dict[str, Any]

RULE = "x-rule"
AS_WRITTEN = "x-as-written"
SECRET_ALLOWED = "x-secret-allowed"  # noqa: S105 - the name of a keyword
PATTERN_MESSAGE = "patternErrorMessage"
"""The keyword that editors show instead of a pattern that was not met."""

LONGEST_SPAN = 86_400
"""Seconds."""

_DURATION = r"^\s*[0-9]+(\.[0-9]+)?\s*(ms|s|m|h)?\s*$"
_HOST = r"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$"


def _text(description: str, example: str, **rest: Any) -> Schema:
    leaf = {"type": "string", "description": description, "examples": [example], **rest}
    if "pattern" not in leaf and "enum" not in leaf:
        leaf |= {"pattern": r"\S", PATTERN_MESSAGE: "the text may not be blank"}
    return leaf


def _switch(description: str, *, default: bool) -> Schema:
    return {"type": "boolean", "description": description, "default": default, "examples": [not default]}


def _span(description: str, default: str | None, example: str) -> Schema:
    schema: Schema = {
        "type": ["string", "number"],
        "description": f"{description} Written as 500ms, 30s, 2m or 1h; a bare number is seconds.",
        "pattern": _DURATION,
        PATTERN_MESSAGE: "a span of time is written 500ms, 30s, 2m or 1h",
        RULE: "bad-duration",
        "minimum": 0,
        "maximum": LONGEST_SPAN,
        "examples": [example],
    }
    return schema if default is None else {**schema, "default": default}


def _list(description: str, items: Schema, example: list[str], **rest: Any) -> Schema:
    return {
        "type": "array",
        "description": description,
        "items": items,
        "uniqueItems": True,
        "examples": [example],
        **rest,
    }


def _mapping(
    description: str, properties: dict[str, Schema], required: tuple[str, ...] = (), **rest: Any
) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **rest,
    }


_ENVIRONMENT: Schema = {
    "type": "object",
    "description": "Environment variables of the function, by name. Values are text; numbers are taken as they "
    "are written. ${secret:name} takes a value from FAASCTL_SECRET_NAME or from the keyring. Where the key is "
    "missing and the code lies in an lpf project folder, that folder's config.json is asked.",
    "propertyNames": {
        "pattern": naming.ENVIRONMENT_NAME,
        "maxLength": limits.ENVIRONMENT_KEY_CHARACTERS.value,
        PATTERN_MESSAGE: "a variable's name is made of capital letters, digits and _, and starts with no digit",
        RULE: "bad-name",
    },
    "maxProperties": limits.ENVIRONMENT_ENTRIES.value,
    "additionalProperties": {
        "type": ["string", "number"],
        "description": "The variable's value.",
        "maxLength": limits.ENVIRONMENT_VALUE_CHARACTERS.value,
        "pattern": "^[^\\u0000]*$",
        PATTERN_MESSAGE: "a variable cannot hold the character U+0000",
        AS_WRITTEN: True,
        SECRET_ALLOWED: True,
    },
    "default": {},
    "examples": [{"GREETING": "Hello", "ORDER_API_KEY": "${secret:order-api-key}"}],
}

_FUNCTION = _mapping(
    "A function on its event.",
    {
        "name": _text(
            "The function's name, unique in the account.",
            "OrderBot",
            pattern=naming.FUNCTION_NAME,
            patternErrorMessage="a function's name is made of letters, digits and _",
            maxLength=limits.NAME_CHARACTERS.value,
            **{RULE: "bad-name"},
        ),
        "description": _text(
            "What the function does; the official client refuses an empty one. Defaults to the description in "
            "the lpf project folder's config.json, else to the bot's name.",
            "Answers questions about orders",
            maxLength=limits.DESCRIPTION_CHARACTERS.value,
        ),
        "code": _text(
            "The JavaScript file, or an lpf project's function folder with an index.js; relative to this file.",
            "functions/OrderBot/index.js",
        ),
        "event": _text(
            "The event that the function listens to. It follows from the function's place in this file, so it "
            "need not be given.",
            "bot_connectors_custom_integration",
        ),
        "environment": _ENVIRONMENT,
        "skills": _list(
            "Skills that the function is limited to. The connector's events do not work with skills, so this is "
            "empty.",
            _text("A skill's name.", "Billing"),
            [],
            maxItems=limits.SKILLS_PER_FUNCTION.value,
            default=[],
        ),
        "size": _text("The size of the deployment.", "S", enum=list(naming.FUNCTION_SIZES)),
        "interface": _text(
            "How the platform calls the code: v2 is `async function lambda(input)`, v1 is "
            "`function lambda(input, callback)`. Where it is missing the code decides.",
            "v2",
            enum=["v1", "v2"],
        ),
    },
    ("name", "code"),
    examples=[{"name": "OrderBot", "code": "functions/OrderBot/index.js"}],
)


def _function(description: str, name: str) -> Schema:
    example = {"name": name, "code": f"functions/{name}/index.js"}
    return {"$ref": "#/$defs/function", "description": description, "examples": [example]}


_HOOKS = _mapping(
    "Functions that the connector calls around the bot's own; each is a function by itself.",
    {
        "pre": _function("Called with the payload before the bot's function.", "OrderBotPre"),
        "post": _function("Called with the bot's reply before it is sent.", "OrderBotPost"),
        "error": _function("Called when the bot's function failed, before the escalation.", "OrderBotError"),
    },
    default={},
    examples=[{"pre": {"name": "OrderBotPre", "code": "functions/OrderBotPre/index.js"}}],
)

_ESCALATION = _mapping(
    "Where a conversation goes when the bot fails.",
    {
        "skill": _text("The skill that takes over. It must not be the bot's own alone.", "Human Agents"),
        "message_to_customer": _text("Said to the consumer when the escalation begins.", "One moment, please."),
        "message_to_agent": _text("A note for the agent who takes over.", "The bot failed."),
        "failure_message": _text("Said to the consumer if the escalation fails.", "Please try again later."),
    },
    ("skill",),
    examples=[{"skill": "Human Agents"}],
)

_DISCLAIMER = _mapping(
    "The consent to the data disclaimer, without which the connector is not used. A person gives it.",
    {
        "accepted_by": _text("Who agreed.", "jane@example.com"),
        "accepted_on": _text(
            "The day of the consent.",
            "2026-11-20",
            pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            patternErrorMessage="a day is written as year-month-day, for example 2026-11-20",
            format="date",
            **{RULE: "bad-date"},
        ),
    },
    ("accepted_by", "accepted_on"),
    examples=[{"accepted_by": "jane@example.com", "accepted_on": "2026-11-20"}],
)

_BOT = _mapping(
    "The bot's configuration.",
    {
        "name": _text("The bot's name.", "Order bot"),
        "agent": _text(
            "The login name of the bot user. It must be this bot's alone: a second session of the same user "
            "logs the first one out.",
            "orderbot@example.com",
        ),
        "conversation": _text(
            "The type of conversation. It cannot be changed later.",
            "chat",
            enum=["messaging", "chat"],
            default="messaging",
        ),
        "welcome_message": _switch(
            "Whether the bot greets as soon as a conversation is assigned to it.", default=False
        ),
        "engagement_attributes": _switch(
            "Whether the consumer's engagement attributes (SDEs) are passed to the function.", default=False
        ),
        "escalation": _ESCALATION,
        "data_disclaimer": _DISCLAIMER,
    },
    ("name", "agent", "escalation"),
    examples=[{"name": "Order bot", "agent": "orderbot@example.com", "escalation": {"skill": "Human Agents"}}],
)

_TEST_CONNECTION = _mapping(
    "What the test connection asks for.",
    {
        "timeout": _span("How long to wait for the function's answer.", "30s", "10s"),
        "budget": _span(
            "How long an answer may take for the test to pass; without it, past 1 s is a warning.", None, "800ms"
        ),
    },
    default={},
    examples=[{"timeout": "30s", "budget": "1s"}],
)

_EMULATOR = _mapping(
    "What the local account holds besides the bot. Only the target local reads it.",
    {
        "skills": _list(
            "Skills of the account. Defaults to the skill that the bot escalates to.",
            _text("A skill's name.", "Billing"),
            ["Human Agents", "Billing"],
        ),
        "agents": _list(
            "Bot users of the account. Defaults to the bot's own agent.",
            _text("A bot user's login name.", "orderbot@example.com"),
            ["orderbot@example.com"],
        ),
        "image_hosts": _list(
            "Hosts that images in rich content may come from, as the account's setting "
            "messaging.rich.content.valid.urls lists them. Without this key any host is taken.",
            _text(
                "A host's name, without scheme, port, path or wildcard.",
                "cdn.example.com",
                pattern=_HOST,
                patternErrorMessage="a host is named without scheme, port, path or wildcard: cdn.example.com",
            ),
            ["cdn.example.com"],
        ),
        "deploy_delay": _span("How long a deployment takes.", "0s", "3s"),
    },
    default={},
    examples=[{"skills": ["Human Agents"], "deploy_delay": "3s"}],
)

STRICT: Schema = _mapping(
    "A LivePerson bot: its function, hooks and configuration, and how it is tested.",
    {
        "version": {
            "type": "integer",
            "const": 1,
            "description": "The version of this file's format.",
            "examples": [1],
        },
        "target": _text(
            "Where verbs act: local is the platform that faasctl serves itself, cloud a LivePerson account.",
            "local",
            enum=["local", "cloud"],
        ),
        "account": _text(
            "The LivePerson site id.",
            "12345678",
            type=["string", "integer"],
            pattern="^[A-Za-z0-9_-]+$",
            patternErrorMessage="a site id is made of letters, digits, - and _",
            **{AS_WRITTEN: True, RULE: "bad-name"},
        ),
        "function": _function("The bot's own function.", "OrderBot"),
        "hooks": _HOOKS,
        "bot": _BOT,
        "test_connection": _TEST_CONNECTION,
        "conversations": _text("The folder of the scenario files, relative to this file.", "conversations/"),
        "emulator": _EMULATOR,
        "protected": _switch("Whether taking the bot down asks for its name first, on any target.", default=False),
    },
    ("version", "target", "account", "function", "bot"),
    **{"$defs": {"function": _FUNCTION}},
)
"""What holds after interpolation; the loader checks against this one."""


def followed(schema: Schema) -> Schema:
    """`schema`, or the definition that it refers to."""
    return _FUNCTION if "$ref" in schema else schema


def child(schema: Schema | None, step: str | int) -> Schema | None:
    """The schema of an entry of a mapping or list; None where the schema does not know it."""
    if schema is None:
        return None
    schema = followed(schema)
    if isinstance(step, int):
        items: Schema | None = schema.get("items")
        return items
    found = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
    return found if isinstance(found, dict) else None


def types_of(schema: Schema) -> tuple[str, ...]:
    """The JSON types that a value may have."""
    types = followed(schema).get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)


def definition_schema() -> Schema:
    """The schema for editors and tools: as the file is written, so every value may be a ${…} instead."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "faasctl definition (bot.yaml)",
        **_as_written(STRICT),
    }


_NOTES = ("description", "default", "examples", "title")
_OURS = (RULE, AS_WRITTEN, SECRET_ALLOWED)


def _as_written(schema: Schema) -> Schema:
    copy: Schema = {key: value for key, value in schema.items() if key not in _OURS}
    for key in ("properties", "$defs"):
        if key in copy:
            copy[key] = {name: _as_written(part) for name, part in copy[key].items()}
    for key in ("items", "additionalProperties"):
        if isinstance(copy.get(key), dict):
            copy[key] = _as_written(copy[key])
    if "propertyNames" in copy:
        copy["propertyNames"] = {key: value for key, value in copy["propertyNames"].items() if key not in _OURS}
    if "$ref" in copy or copy.get("type") in ("object", "array"):
        return copy
    notes = {key: copy.pop(key) for key in _NOTES if key in copy}
    return {**notes, "anyOf": [copy, {"type": "string", "pattern": r"\$\{"}]}
