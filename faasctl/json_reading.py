"""JSON that a person wrote: what is none is told with its place, in words that no version of Python changes."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[-+.\w]+', re.DOTALL)
_DIGITS = 308
_SAID = {
    "Expecting value": "a value is missing here",
    "Expecting property name": "a key in double quotes is missing here",
    "Expecting ',' delimiter": "a comma is missing here",
    "Expecting ':' delimiter": "a colon is missing here",
    "Extra data": "a second value begins here",
    "Unterminated string": "the text that begins here does not end",
    "Invalid control character": "a text holds a line break or another control character; \\n is a line break",
    "Invalid \\escape": "a text holds a single backslash; two of them are one",
    "Invalid \\uXXXX escape": "four hexadecimal digits are missing after \\u",
}
"""Our words for those of Python's parser, which change from version to version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Json:
    """A value, and the path of each key that stands more than once in its object; the last one counts."""

    value: Any
    keys_twice: tuple[tuple[str | int, ...], ...] = ()


class NotJson(ValueError):
    """Text that is no JSON; `line` and `column` count from 1."""

    def __init__(self, message: str, *, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


def read_json(text: str) -> Json:
    """NotJson for what is none by the standard: NaN and numbers too large for a double are none."""
    twice: dict[int, tuple[dict[str, Any], list[str]]] = {}

    def thing(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs):
            times = Counter(key for key, _ in pairs)
            twice[id(value)] = value, [key for key, count in times.items() if count > 1]
        return value

    text = text.removeprefix("\ufeff")  # as editors on Windows write it
    try:
        value = json.loads(
            text, object_pairs_hook=thing, parse_int=_whole, parse_float=_decimal, parse_constant=_no_constant
        )
    except json.JSONDecodeError as error:
        raise _not_json(text, error) from None
    except RecursionError:
        raise NotJson("nested too deeply", line=1, column=1) from None
    except _NoNumber as error:
        place = next((found.start() for found in _TOKEN.finditer(text) if found[0] == error.word), 0)
        raise _at(text, place, str(error)) from None
    keys = {key: names for key, (_, names) in twice.items()}
    return Json(value=value, keys_twice=tuple(_written_twice(value, keys)) if keys else ())


def _written_twice(value: Any, keys: dict[int, list[str]]) -> Iterator[tuple[str | int, ...]]:
    """In the order of the document."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    while waiting:
        path, part = waiting.pop()
        for key in keys.get(id(part), ()) if isinstance(part, dict) else ():
            yield (*path, key)
        if isinstance(part, (dict, list)):
            inner = list(part.items() if isinstance(part, dict) else enumerate(part))
            waiting += [((*path, key), item) for key, item in reversed(inner) if isinstance(item, (dict, list))]


# ---- numbers ---------------------------------------------------------------------------------------------------


class _NoNumber(Exception):
    def __init__(self, word: str, why: str) -> None:
        super().__init__(why)
        self.word = word


def _whole(word: str) -> int:
    if len(word) > _DIGITS:
        raise _NoNumber(word, "the number is too large")
    return int(word)


def _decimal(word: str) -> float:
    number = float(word)
    if math.isinf(number):
        raise _NoNumber(word, "the number is too large")
    return number


def _no_constant(word: str) -> NoReturn:
    raise _NoNumber(word, f"{word} is no number in JSON")


# ---- words -----------------------------------------------------------------------------------------------------


def _not_json(text: str, error: json.JSONDecodeError) -> NotJson:
    if not text.strip():
        return NotJson("there is nothing in it", line=1, column=1)
    place = error.pos
    while text[place : place + 1] in (",", " ", "\t", "\r", "\n") and place < len(text):
        place += 1
    rest, before = text[place : place + 2], text[max(0, place - 1000) : place].rstrip()
    if rest[:1] in ("]", "}") and before.endswith(","):
        return _at(text, place, f"a comma stands before the closing {rest[0]}")
    if rest in ("//", "/*") or rest[:1] == "#":
        return _at(text, place, "JSON has no comments")
    if rest[:1] in ("'", "\u201c", "\u201d", "\u2018", "\u2019"):
        return _at(text, place, f'{rest[0]} is no quotation mark of JSON, which are all "')
    said = next((ours for theirs, ours in _SAID.items() if error.msg.startswith(theirs)), error.msg)
    return NotJson(said, line=error.lineno, column=error.colno)


def _at(text: str, place: int, message: str) -> NotJson:
    line = text.count("\n", 0, place) + 1
    return NotJson(message, line=line, column=place - text.rfind("\n", 0, place))
