"""A document against one of our schemas: every problem with its path, in words."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from faasctl.conversation.problems import Path, Problem
from faasctl.conversation.schema_words import URL_FORMAT, Schema
from faasctl.conversation.urls import what_is_wrong
from faasctl.definition.suggestions import nearest
from faasctl.nesting import is_deeper

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, ValidationError

LIKENESS = 0.75
"""The keys of replies are short, and alike easily."""
_SHOWN_CHARACTERS = 60
_SHOWN_KEYS = 3
_SHOWN_OPTIONS = 7


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
        if is_deeper(document):
            return [_unreadable("it is nested too deeply")]
        try:
            if self._validator.is_valid(document):
                return []
            errors = list(self._validator.iter_errors(document))
        except ValueError:  # half of a surrogate pair in a key
            return [_unreadable("a key or a word holds half of a surrogate pair")]
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
            return f"{kind.property} is missing{_about_missing(kind.property, instance, where)}"
        case "enum":
            near = _near([instance], kind.options)
            return f"{shown} is not one of {', '.join(map(_bare, kind.options))}{near}"
        case "const":
            return f"{shown} is not {_bare(kind.expected_value)}"
        case "additionalProperties":
            near = _near(kind.unexpected[:_SHOWN_KEYS], where.get("properties", {}), there=instance)
            return f"{_short('there may be no ' + ', '.join(kind.unexpected))} here{near}"
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
            return f"{shown} is not the address of a link{what_is_wrong(instance)}"
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


def _near(words: list[Any], known: Iterable[Any], *, there: Collection[str] = ()) -> str:
    """What may have been meant, unless it is `there` already."""
    options = [name for name in known if isinstance(name, str)]
    near = [nearest(word, options, likeness=LIKENESS) for word in words if isinstance(word, str)]
    found = [word for word in near if word is not None and word not in there]
    return f"; did you mean {', '.join(found)}?" if found else ""


def _about_missing(name: str, instance: Any, where: Schema) -> str:
    """What was written in its place, or what it may be."""
    other = next((key for key in instance if key.lower() == name.lower()), None)
    if other is not None:
        return f"; there is {_short(other, _SHOWN_CHARACTERS)}, and upper and lower case differ"
    properties = where.get("properties", {})
    # Where keys are asked for alone, the object's others are not known here; in a closed one they are told anyway.
    is_open = where.get("type") == "object" and "additionalProperties" not in where
    other = _unknown_like(name, instance, properties) if is_open else None
    if other is not None:
        return f"; there is {_short(other, _SHOWN_CHARACTERS)}, which has no meaning here"
    options = properties.get(name, {}).get("enum", ())
    if not 0 < len(options) <= _SHOWN_OPTIONS:
        return ""
    return f"; it is {'' if len(options) == 1 else 'one of '}{', '.join(map(_bare, options))}"


def _unknown_like(name: str, instance: Any, known: Schema) -> str | None:
    for key in instance:
        if key not in known and (key.lower().startswith(name.lower()) or nearest(key, [name], likeness=LIKENESS)):
            return str(key)
    return None
