"""A document against one of our schemas: every problem with its path, in words."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any

from faasctl.conversation.problems import Path, Problem
from faasctl.conversation.schema_words import URL_FORMAT, Schema

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, ValidationError

_SHOWN_CHARACTERS = 60
_LEVELS = 250
"""Deeper nesting is told before anything recurses into it."""


class SchemaCheck:
    """A schema, compiled once."""

    def __init__(self, schema: Schema) -> None:
        import jsonschema_rs

        from faasctl.conversation.urls import is_url

        self._schema = schema
        self._validator: Draft202012Validator = jsonschema_rs.Draft202012Validator(
            schema, validate_formats=True, formats={URL_FORMAT: is_url}
        )

    def problems(self, document: Any) -> list[Problem]:
        """Every problem, each once; [] for a document that keeps to the schema."""
        if _is_too_deep(document):
            return [_unreadable("it is nested too deeply")]
        try:
            if self._validator.is_valid(document):
                return []
            errors = list(self._validator.iter_errors(document))
        except ValueError:  # half of a surrogate pair in a key
            return [_unreadable("it is no sound JSON")]
        found: dict[tuple[Path, str], Problem] = {}
        for error in errors:
            problem = self._problem(error, document)
            found.setdefault((problem.path, problem.message), problem)
        wrong = {problem.path for problem in found.values() if problem.rule == "wrong-type"}
        # What is of the wrong type is not one of the words either: once is enough.
        return [item for item in found.values() if item.rule != "not-one-of" or item.path not in wrong]

    def _problem(self, error: ValidationError, document: Any) -> Problem:
        where = self._at(error.schema_path[:-1])
        path = _path(error.instance_path, document)
        rule = where.get("rule") or _RULES.get(error.kind.name, "invalid")
        if where.get("says"):
            return Problem(path=path, rule=rule, message=where["says"])
        return Problem(path=path, rule=rule, message=say(error, where))

    def _at(self, path: list[str | int]) -> Any:
        there: Any = self._schema
        for part in path:
            there = there[part]
        return there if isinstance(there, dict) else {}


def _unreadable(why: str) -> Problem:
    return Problem(path=(), rule="unreadable", message=f"the document cannot be read: {why}")


def _is_too_deep(document: Any) -> bool:
    level = [document]
    for _ in range(_LEVELS):
        holders = [part for part in level if isinstance(part, (dict, list))]
        if not holders:
            return False
        level = [part for holder in holders for part in (holder.values() if isinstance(holder, dict) else holder)]
    return True


_RULES = {
    "type": "wrong-type",
    "required": "missing",
    "enum": "not-one-of",
    "const": "not-one-of",
    "additionalProperties": "unknown-key",
    "minLength": "empty",
    "maxLength": "too-long",
    "minimum": "too-small",
    "maximum": "too-large",
    "minItems": "too-few",
    "maxItems": "too-many",
    "format": "not-a-url",
    "pattern": "not-as-asked",
}


def say(error: ValidationError, where: Schema) -> str:  # noqa: C901 - one line a keyword
    """What is wrong, short: the value may be as large as a reply can be."""
    kind: Any = error.kind
    instance: Any = error.instance
    shown = _shown(instance)
    match kind.name:
        case "type":
            return f"{shown} is not {' or '.join(map(_a, kind.types))}"
        case "required":
            return f"{kind.property} is missing{_written_otherwise(kind.property, instance)}"
        case "enum":
            near = _near(instance, kind.options)
            return f"{shown} is not one of {', '.join(map(_bare, kind.options))}{near}"
        case "const":
            return f"{shown} is not {_bare(kind.expected_value)}"
        case "additionalProperties":
            known = where.get("properties", {})
            near = _near(kind.unexpected[0], known) if len(kind.unexpected) == 1 else ""
            return _short(f"there may be no {', '.join(kind.unexpected)} here{near}")
        case "minLength":
            return "the text is empty"
        case "maxLength":
            return f"the text is longer than {kind.limit:,} characters"
        case "minimum":
            return f"{shown} is less than {kind.limit}"
        case "maximum":
            return f"{shown} is more than {kind.limit}"
        case "minItems":
            return f"{len(instance)} are fewer than {kind.limit}"
        case "maxItems":
            return f"{len(instance)} are more than {kind.limit}"
        case "format":
            return f"{shown} is not the address of a link"
    return _short(error.message)


def _path(path: list[str | int], document: Any) -> Path:
    """The path with keys as they stand: jsonschema-rs gives a key of digits as a number."""
    parts: list[str | int] = []
    for part in path:
        key = str(part) if isinstance(document, dict) else part
        if isinstance(document, (dict, list)):
            document = document[key]  # type: ignore[index]
        parts.append(key)
    return tuple(parts)


def _shown(value: Any) -> str:
    return _short(json.dumps(value, ensure_ascii=False), _SHOWN_CHARACTERS)


def _short(text: str, most: int = 150) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _bare(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _a(json_type: str) -> str:
    words = {
        "string": "text",
        "integer": "a whole number",
        "boolean": "true or false",
        "null": "null",
    }
    return words.get(json_type) or f"{'an' if json_type[0] in 'aeiou' else 'a'} {json_type}"


def _near(word: Any, known: Any) -> str:
    if not isinstance(word, str):
        return ""
    words = {name.lower(): name for name in known if isinstance(name, str)}
    near = difflib.get_close_matches(word.lower(), words, n=1, cutoff=0.75)
    return f"; did you mean {words[near[0]]}?" if near else ""


def _written_otherwise(name: str, instance: Any) -> str:
    other = next((key for key in instance if key.lower() == name.lower()), None)
    return "" if other is None else f"; there is {other}, and upper and lower case differ"
