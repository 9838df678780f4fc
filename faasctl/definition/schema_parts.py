"""What the schema of bot.yaml is made of: its own keywords, and the forms that values have.

Keys starting with `x-` are read by this layer only: the rule that a broken pattern counts as, whether a number
stays as it was written, whether a secret may stand there, and whether no message may show the value.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

RULE = "x-rule"
AS_WRITTEN = "x-as-written"
SECRET_ALLOWED = "x-secret-allowed"  # noqa: S105 - the name of a keyword
PRIVATE = "x-private"
PATTERN_MESSAGE = "patternErrorMessage"
"""The keyword that editors show instead of a pattern that was not met."""

LONGEST_SPAN = 86_400
"""Seconds."""

_DURATION = r"^\s*[0-9]+(\.[0-9]+)?\s*(ms|s|m|h)?\s*$"


def text(description: str, example: str, **rest: Any) -> Schema:
    leaf = {"type": "string", "description": description, "examples": [example], **rest}
    if "pattern" not in leaf and "enum" not in leaf:
        leaf |= {"pattern": r"\S", PATTERN_MESSAGE: "the text may not be blank"}
    return leaf


def switch(description: str, *, default: bool) -> Schema:
    return {"type": "boolean", "description": description, "default": default, "examples": [not default]}


def span(description: str, default: str | None, example: str) -> Schema:
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


def list_of(description: str, items: Schema, example: list[str], **rest: Any) -> Schema:
    return {
        "type": "array",
        "description": description,
        "items": items,
        "uniqueItems": True,
        "examples": [example],
        **rest,
    }


def mapping(
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
