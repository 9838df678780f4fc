"""The structure of bot.yaml as JSON Schema (draft 2020-12): what the loader asks, editors use and the docs show.

`definition_schema` is the form for editors.
"""

from __future__ import annotations

from faasctl.definition.emulator_schema import EMULATOR
from faasctl.definition.schema_parts import (
    AS_WRITTEN,
    PATTERN_MESSAGE,
    PRIVATE,
    RULE,
    SECRET_ALLOWED,
    Schema,
    list_of,
    mapping,
    span,
    switch,
    text,
)
from faasctl.facts import limits, naming

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

_FUNCTION = mapping(
    "A function on its event.",
    {
        "name": text(
            "The function's name, unique in the account.",
            "OrderBot",
            pattern=naming.FUNCTION_NAME,
            patternErrorMessage="a function's name is made of letters, digits and _",
            maxLength=limits.NAME_CHARACTERS.value,
            **{RULE: "bad-name"},
        ),
        "description": text(
            "What the function does; the official client refuses an empty one. Defaults to the description in "
            "the lpf project folder's config.json, else to the bot's name.",
            "Answers questions about orders",
            maxLength=limits.DESCRIPTION_CHARACTERS.value,
        ),
        "code": text(
            "The JavaScript file, or an lpf project's function folder with an index.js; relative to this file.",
            "functions/OrderBot/index.js",
        ),
        "event": text(
            "The event that the function listens to. It follows from the function's place in this file, so it "
            "need not be given.",
            "bot_connectors_custom_integration",
        ),
        "environment": _ENVIRONMENT,
        "skills": list_of(
            "Skills that the function is limited to. The connector's events do not work with skills, so this is "
            "empty.",
            text("A skill's name.", "Billing"),
            [],
            maxItems=limits.SKILLS_PER_FUNCTION.value,
            default=[],
        ),
        "size": text("The size of the deployment.", "S", enum=list(naming.FUNCTION_SIZES)),
        "interface": text(
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


_HOOKS = mapping(
    "Functions that the connector calls around the bot's own; each is a function by itself.",
    {
        "pre": _function("Called with the payload before the bot's function.", "OrderBotPre"),
        "post": _function("Called with the bot's reply before it is sent.", "OrderBotPost"),
        "error": _function("Called when the bot's function failed, before the escalation.", "OrderBotError"),
    },
    default={},
    examples=[{"pre": {"name": "OrderBotPre", "code": "functions/OrderBotPre/index.js"}}],
)

_ESCALATION = mapping(
    "Where a conversation goes when the bot fails.",
    {
        "skill": text("The skill that takes over. It must not be the bot's own alone.", "Human Agents"),
        "message_to_customer": text("Said to the consumer when the escalation begins.", "One moment, please."),
        "message_to_agent": text("A note for the agent who takes over.", "The bot failed."),
        "failure_message": text("Said to the consumer if the escalation fails.", "Please try again later."),
    },
    ("skill",),
    examples=[{"skill": "Human Agents"}],
)

_DISCLAIMER = mapping(
    "The consent to the data disclaimer, without which the connector is not used. A person gives it.",
    {
        "accepted_by": text("Who agreed.", "jane@example.com"),
        "accepted_on": text(
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

_COMBINING = mapping(
    "Texts that follow one another quickly reach the function as one (Combine Messages). Off without this key; "
    "for messaging alone.",
    {
        "max": {
            "type": "integer",
            "description": "How many texts make a message at most.",
            "minimum": 2,
            "maximum": 100,
            "examples": [3],
        },
        "window": span("How long the connector waits for another text.", None, "2s"),
        "after_typing": span(
            "How long it waits once the consumer was seen typing; as long as `window` without this key.",
            None,
            "4s",
        ),
    },
    ("max", "window"),
    examples=[{"max": 3, "window": "2s"}],
)

_BOT = mapping(
    "The bot's configuration.",
    {
        "name": text("The bot's name.", "Order bot"),
        "agent": text(
            "The login name of the bot user. It must be this bot's alone: a second session of the same user "
            "logs the first one out.",
            "orderbot@example.com",
        ),
        "conversation": text(
            "The type of conversation. It cannot be changed later.",
            "chat",
            enum=["messaging", "chat"],
            default="messaging",
        ),
        "welcome_message": switch(
            "Whether the bot greets as soon as a conversation is assigned to it.", default=False
        ),
        "engagement_attributes": switch(
            "Whether the consumer's engagement attributes (SDEs) are passed to the function.", default=False
        ),
        "combine_messages": _COMBINING,
        "escalation": _ESCALATION,
        "data_disclaimer": _DISCLAIMER,
    },
    ("name", "agent", "escalation"),
    examples=[{"name": "Order bot", "agent": "orderbot@example.com", "escalation": {"skill": "Human Agents"}}],
)

_TEST_CONNECTION = mapping(
    "What the test connection asks for.",
    {
        "timeout": span("How long to wait for the function's answer.", "30s", "10s"),
        "budget": span(
            "How long an answer may take for the test to pass; without it, past 1 s is a warning.", None, "800ms"
        ),
    },
    default={},
    examples=[{"timeout": "30s", "budget": "1s"}],
)

STRICT: Schema = mapping(
    "A LivePerson bot: its function, hooks and configuration, and how it is tested.",
    {
        "version": {
            "type": "integer",
            "const": 1,
            "description": "The version of this file's format.",
            "examples": [1],
        },
        "target": text(
            "Where verbs act: local is the platform that faasctl serves itself, cloud a LivePerson account.",
            "local",
            enum=["local", "cloud"],
        ),
        "account": text(
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
        "conversations": text("The folder of the scenario files, relative to this file.", "conversations/"),
        "emulator": EMULATOR,
        "protected": switch(
            "Whether a verb that writes to the account asks for the account's id first, on any target.",
            default=False,
        ),
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
_OURS = (RULE, AS_WRITTEN, SECRET_ALLOWED, PRIVATE)


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
