"""Tables of the keys that a schema knows, from its own descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tables import table

from faasctl.definition.schema import definition_schema

if TYPE_CHECKING:
    from faasctl.definition.schema_parts import Schema


def described(schema: Schema, names: Iterable[str] | None = None) -> str:
    """What the keys of a mapping mean."""
    properties: dict[str, Schema] = schema["properties"]
    rows = [(f"`{name}`", properties[name]["description"]) for name in names or properties]
    return table(("Key", "What it says"), rows)


def definition_keys() -> str:
    schema = definition_schema()
    return "\n".join(_sections(schema, schema["$defs"], ""))


def _sections(schema: Schema, shared: dict[str, Schema], path: str) -> Iterator[str]:
    """A section for every mapping with keys of its own: first its keys, then the mappings below it."""
    required = schema.get("required", ())
    properties: dict[str, Schema] = schema["properties"]
    rows = [
        (f"`{name}`", "yes" if name in required else "", _kind(part), _default(part), part["description"])
        for name, part in properties.items()
    ]
    title = f"`{path}`" if path else "The whole file"
    yield f"### {title}\n\n{schema['description']}\n\n" + table(
        ("Key", "Required", "Value", "Default", "What it says"), rows
    )
    for name, part in properties.items():
        below = f"{path}.{name}" if path else name
        if "properties" in part:
            yield from _sections(part, shared, below)
        elif "$ref" in part and path == "":
            yield from _sections(shared["function"], shared, below)


def _kind(part: Schema) -> str:
    if "$ref" in part:
        return "a function, with the keys of `function`"
    forms = [form for form in part.get("anyOf", [part]) if form.get("pattern") != r"\$\{"]
    return "; ".join(_form(form) for form in forms)


def _form(form: Schema) -> str:
    if "enum" in form:
        return " or ".join(f"`{value}`" for value in form["enum"])
    if "const" in form:
        return f"`{form['const']}`"
    types = form["type"] if isinstance(form["type"], list) else [form["type"]]
    words = " or ".join(_WORDS[name] for name in types)
    ends = [
        f"{text} {form[key]:,}" for key, text in (("maxLength", "up to"), ("maxItems", "up to")) if key in form
    ]
    return ", ".join([words, *ends]) + (" characters" if "maxLength" in form else "")


_WORDS = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "`true` or `false`",
    "array": "list",
    "object": "mapping",
}


def _default(part: Schema) -> str:
    if "default" not in part or part["default"] in ({}, []):
        return ""
    value = part["default"]
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
