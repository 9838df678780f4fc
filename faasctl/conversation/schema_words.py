"""The words that our JSON Schemas are built from.

Two keywords of ours stand beside those of JSON Schema, which takes no notice of them: `says` is the message for a
person when a keyword of the same object fails, and `rule` the rule's name then.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

BOOLEAN: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}
INTEGER: Schema = {"type": "integer"}
ANYTHING: Schema = {}
URL_FORMAT = "faasctl-url"


def text(most: int | None = None, *, least: int | None = None) -> Schema:
    schema: Schema = {"type": "string"}
    if most is not None:
        schema["maxLength"] = most
    if least is not None:
        schema["minLength"] = least
    return schema


def url(most: int) -> Schema:
    return {"type": "string", "format": URL_FORMAT, "maxLength": most}


def one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def listed(items: Schema, *, least: int = 0, most: int | None = None) -> Schema:
    schema: Schema = {"type": "array", "items": items}
    if least:
        schema["minItems"] = least
    if most is not None:
        schema["maxItems"] = most
    return schema


def in_order(*items: Schema) -> Schema:
    """A list of exactly these."""
    return {"type": "array", "prefixItems": list(items), "minItems": len(items), "maxItems": len(items)}


def thing(properties: dict[str, Schema], *, required: tuple[str, ...] = (), is_open: bool = False) -> Schema:
    """An object; with other keys than these only where it `is_open`."""
    schema: Schema = {"type": "object", "properties": properties}
    if required:
        schema["required"] = list(required)
    if not is_open:
        schema["additionalProperties"] = False
    return schema


def ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def having(**values: str) -> Schema:
    """Matches an object whose keys have these values, or one of these where several stand with | between."""
    return {
        "type": "object",
        "required": list(values),
        "properties": {key: {"enum": value.split("|")} for key, value in values.items()},
    }


def by(key: str, kinds: dict[str, Schema], *, otherwise: Schema | None = None) -> Schema:
    """The schema that the value of `key` names: so an error speaks of that kind alone.

    `otherwise` is for an object without the key; without it, the key is required.
    """
    chosen: Schema = {
        "properties": {key: {"enum": list(kinds)}},
        "allOf": [{"if": having(**{key: name}), "then": schema} for name, schema in kinds.items()],
    }
    if otherwise is None:
        chosen = {**chosen, "required": [key]}
    else:
        chosen = {"if": {"required": [key]}, "then": chosen, "else": otherwise}
    return {"if": {"type": "object"}, "then": chosen, "else": {"type": "object"}}


def count(what: Schema, says: str, *, least: int = 0, most: int | None = None) -> Schema:
    """A list that holds so many of `what`."""
    schema: Schema = {"contains": what, "minContains": least, "says": says, "rule": "too-few"}
    if most is None:
        return schema
    if not least:
        return {**schema, "maxContains": most, "rule": "too-many"}
    return {"allOf": [schema, {**schema, "minContains": 0, "maxContains": most, "rule": "too-many"}]}


def when(condition: Schema, then: Schema, otherwise: Schema | None = None) -> Schema:
    schema: Schema = {"if": condition, "then": then}
    return schema if otherwise is None else {**schema, "else": otherwise}


def never(says: str, *, rule: str) -> Schema:
    """Matches nothing."""
    return {"not": {}, "says": says, "rule": rule}
