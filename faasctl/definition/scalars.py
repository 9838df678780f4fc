"""What a plain YAML scalar is, by the core schema of YAML 1.2: `no` is text, `012` is twelve, a date is text."""

from __future__ import annotations

import re

ScalarValue = str | int | float | bool | None

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_OCTAL = re.compile(r"0o[0-7]{1,18}")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]{1,15}")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: dict[str, ScalarValue] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

_YAML_1_1_BOOLEANS = {"y": True, "yes": True, "on": True, "n": False, "no": False, "off": False}


def plain_value(text: str) -> ScalarValue:
    """The value of an unquoted scalar.

    Numbers that JSON cannot hold (infinite, not a number, out of a double's range) stay text.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text):
        return int(text, 0)
    if _HEXADECIMAL.fullmatch(text):
        return int(text, 0)
    if _NUMBER.fullmatch(text):
        number = float(text)
        return number if abs(number) != float("inf") else text
    return text


def yaml_1_1_boolean(text: str) -> bool | None:
    """What YAML 1.1 would have taken `text` for, where YAML 1.2 takes it for text."""
    return _YAML_1_1_BOOLEANS.get(text.lower())


def type_name(value: object) -> str:
    """The type of a value, in the words that messages use."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a mapping"
