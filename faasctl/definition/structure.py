"""Asks the schema about a document and turns what it objects to into findings, each mistake once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.definition.scalars import type_name, yaml_1_1_boolean
from faasctl.definition.schema import STRICT, child, followed, types_of
from faasctl.definition.schema_parts import PATTERN_MESSAGE, PRIVATE, RULE, Schema
from faasctl.definition.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

    from faasctl.definition.document import Document, Path
    from faasctl.definition.mistakes import Mistakes, Place

_WANTED = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "a mapping",
    "array": "a list",
}


def check_structure(
    document: Document, mistakes: Mistakes, *, schema: Schema = STRICT, whole: str = "the definition"
) -> None:
    """Adds a finding for everything that breaks `schema`, and marks the paths as faulty.

    `whole` is how messages call the document.
    """
    from jsonschema_rs import Draft202012Validator

    checker = _Checker(document, mistakes, schema, whole)
    errors = list(Draft202012Validator(schema).iter_errors(document.data))
    for error in errors:  # a mistyped key explains why the right one is missing, so these come first
        if error.kind.name == "additionalProperties":
            checker.unknown_keys(_path_of(error, document.data), error.kind.as_dict()["unexpected"])
    for error in errors:
        checker.take(_path_of(error, document.data), error.kind.name, error.kind.as_dict())


def _path_of(error: ValidationError, data: Any) -> Path:
    """Where it lies: jsonschema-rs gives keys such as `0` and `01` as numbers, and leaves out an empty one."""
    path: list[str | int] = []
    for step in error.instance_path:
        if isinstance(data, dict) and step not in data:
            alike = [key for key in data if key.isdecimal() and int(key) == step]
            step = next((key for key in alike if data[key] == error.instance), alike[0])
        path.append(step)
        data = data[step]
    of_a_name = error.kind.name == "propertyNames"
    if not of_a_name and isinstance(data, dict) and "" in data and data != error.instance:
        path.append("")
    return tuple(path)


class _Checker:
    def __init__(self, document: Document, mistakes: Mistakes, schema: Schema, whole: str) -> None:
        self._document = document
        self._mistakes = mistakes
        self._root = schema
        self._whole = whole
        self._meant: set[Path] = set()
        self._reported: set[tuple[str, Place]] = set()

    def unknown_keys(self, path: Path, names: list[str]) -> None:
        schema = self._schema_at(path)
        properties = list(schema["properties"])
        given = self._document.get(*path) or {}
        for name in names:
            missing = [known for known in properties if known not in given]
            meant = nearest(name, missing)
            if meant is not None:
                self._meant.add((*path, meant))
            self._document.faulty.add((*path, name))
            where = f" in {_show(path)}" if path else ""
            self._mistakes.add(
                "unknown-key",
                self._document.key_place((*path, name)),
                f"there is no key {_quoted(name)}{where}",
                did_you_mean(name, missing or properties),
            )

    def take(self, path: Path, kind: str, details: dict[str, Any]) -> None:
        if kind == "additionalProperties":
            return
        if kind == "required":
            self._missing(path, details["property"])
        elif kind == "propertyNames":
            self._bad_name(path, details["error"])
        elif not any(path[:depth] in self._document.faulty for depth in range(len(path) + 1)):
            if kind != "uniqueItems":  # the list can be used all the same
                self._document.faulty.add(path)
            self._value(path, kind, details)

    def _missing(self, path: Path, name: str) -> None:
        if (*path, name) in self._meant or path in self._document.faulty:
            return
        example = (child(self._schema_at(path), name) or {}).get("examples", [""])[0]
        text = example if isinstance(example, (str, int)) else "…"
        self._mistakes.add(
            "missing-key",
            self._document.key_place(path),
            f"{_show(path) or self._whole} needs the key {name}",
            f"add for example {name}: {text}",
        )

    def _bad_name(self, path: Path, error: Any) -> None:
        name = str(error.instance)
        key = (*path, name)
        names = self._schema_at(path)["propertyNames"]
        if key in self._document.faulty:
            return
        self._document.faulty.add(key)
        place = self._document.key_place(key)
        if error.kind.name == "maxLength":
            self._mistakes.add("too-long", place, f"the name has {len(name)} characters; {names['maxLength']} fit")
            return
        guess = "".join(c if c.isascii() and c.isalnum() else "_" for c in name).upper()
        self._mistakes.add(
            names[RULE], place, f"{_quoted(name)}: {names[PATTERN_MESSAGE]}", f"write for example {guess}"
        )

    def _value(self, path: Path, kind: str, details: dict[str, Any]) -> None:
        schema = self._schema_at(path)
        value: Any = self._document.data
        for step in path:
            value = value[step]
        rule, message, suggestion = "bad-format", "", None
        if kind == "type":
            rule, message, suggestion = self._wrong_type(path, schema, value)
        elif kind in ("enum", "const"):
            options = [str(option) for option in details.get("options", [details.get("expected_value")])]
            rule = "bad-value"
            message = f"{self._written(path)} is not what {_show(path)} takes"
            suggestion = self._one_of(path, str(value), options)
        elif kind == "pattern":
            rule = schema.get(RULE, rule)
            message = f"{_show(path)}: {schema[PATTERN_MESSAGE]}"
            suggestion = _better_form(path, value) if not self._document.is_interpolated(path) else None
        elif kind == "maxLength":
            rule = "too-long"
            message = f"{_show(path)} has {len(value):,} characters; the platform takes {details['limit']:,}"
        elif kind in ("maxItems", "maxProperties"):
            rule = "too-many"
            message = f"{_show(path)} has {len(value):,} entries; the platform takes {details['limit']:,}"
        elif kind == "minItems":
            rule, message = "too-few", f"{_show(path)} needs at least {details['limit']}"
        elif kind in ("minimum", "maximum"):
            rule = schema.get(RULE, "out-of-range")
            message = f"{_show(path)} must lie between {schema['minimum']} and {schema['maximum']}"
        elif kind == "uniqueItems":
            self._repeated(path, value)
            return
        place = self._document.place(path)
        if (rule, place) not in self._reported:  # an alias brings one value to several paths
            self._reported.add((rule, place))
            self._mistakes.add(rule, place, message, suggestion)

    def _wrong_type(self, path: Path, schema: Schema, value: Any) -> tuple[str, str, str | None]:
        wanted = types_of(schema)
        words = " or ".join(_WANTED[kind] for kind in wanted)
        shown = _show(path) or self._whole
        if value is None:
            return "wrong-type", f"{shown} is empty; {words} is wanted", "give it a value, or remove the key"
        written = self._written(path)
        if wanted == ("boolean",) and isinstance(value, str):
            meant = yaml_1_1_boolean(value)
            if meant is not None:
                word = "true" if meant else "false"
                return "yaml-1.1-boolean", f"{shown}: {written} is text, not a boolean", f"write {word}"
            if value.lower() in ("true", "false"):
                return "wrong-type", f"{shown}: {written} is text; {words} is wanted", "remove the quotes"
        if wanted == ("integer",) and isinstance(value, str) and value.isdecimal():
            return "wrong-type", f"{shown}: {written} is text; {words} is wanted", "remove the quotes"
        scalar = not isinstance(value, (dict, list))
        found = f"{written} is {type_name(value)}" if scalar else f"{type_name(value)} stands here"
        suggestion = None
        if "string" in wanted and scalar:
            quoted = "it" if schema.get(PRIVATE) else f'"{self._document.written(path)}"'
            suggestion = f"write {quoted} with quotes"
        elif wanted == ("array",) and isinstance(value, str) and not self._document.is_interpolated(path):
            suggestion = f"write [{self._document.written(path)}]"
        return "wrong-type", f"{shown}: {found}; {words} is wanted", suggestion

    def _one_of(self, path: Path, value: str, options: list[str]) -> str:
        match = None if self._document.is_interpolated(path) else nearest(value, options)
        return f"did you mean {match}?" if match else f"write {' or '.join(options)}"

    def _repeated(self, path: Path, items: list[Any]) -> None:
        for index, item in enumerate(items):
            if item in items[:index]:
                entry = (*path, index)
                self._mistakes.add(
                    "duplicate-entry",
                    self._document.place(entry),
                    f"{self._written(entry)} stands in {_show(path)} twice",
                    "keep one",
                )

    def _written(self, path: Path) -> str:
        return "the value" if self._schema_at(path).get(PRIVATE) else _quoted(self._document.written(path))

    def _schema_at(self, path: Path) -> Schema:
        return schema_at(path, self._root)


def schema_at(path: Path, root: Schema = STRICT) -> Schema:
    """What the schema `root` says about the value at `path`; empty where it knows of none."""
    schema: Schema | None = root
    for step in path:
        schema = child(schema, step)
    return followed(schema or {})


def _better_form(path: Path, value: Any) -> str | None:
    if path[-2:-1] in (("image_hosts",), ("allowed_domains",)):
        host = str(value).split("://")[-1].split("/")[0].split(":")[0].replace("*.", "")
        return f"write {host}, and each further host by itself" if host else None
    if path[-1] == "name" and path[0] in ("function", "hooks"):
        return f"write for example {''.join(c if c.isascii() and c.isalnum() else '_' for c in str(value))}"
    if path[:1] == ("test_connection",) or path[-1] in ("deploy_delay", "cold_start"):
        minutes, colon, seconds = str(value).partition(":")
        if colon and minutes.isdecimal() and seconds.isdecimal():
            return f"write {int(minutes) * 60 + int(seconds)}s"
    return None


def _show(path: Path) -> str:
    """`emulator.skills[2]`."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _quoted(text: str) -> str:
    """`text` for a message: one line, not too long."""
    return repr(text if len(text) <= 60 else text[:59] + "…")
