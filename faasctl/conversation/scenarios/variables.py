"""`{{name}}` in the texts of a scenario."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_MARK = re.compile(r"(\\?)\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")


def names_in(value: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Path and name of every variable that a JSON-like value uses."""
    if isinstance(value, str):
        for mark in _MARK.finditer(value):
            if not mark[1]:
                yield (), mark[2]
    elif isinstance(value, Mapping):
        for key, item in value.items():
            for path, name in names_in(item):
                yield (key, *path), name
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            for path, name in names_in(item):
                yield (index, *path), name


def escaped(value: Any) -> Any:
    """The same such that `filled` gives it back: nothing in it counts as a variable."""
    if isinstance(value, str):
        return _MARK.sub(lambda mark: f"\\{mark[0]}", value)
    if isinstance(value, Mapping):
        return {key: escaped(item) for key, item in value.items()}
    return [escaped(item) for item in value] if isinstance(value, (list, tuple)) else value


def filled(value: Any, variables: Mapping[str, str], *, within_pattern: bool = False) -> Any:
    """The same with every variable replaced; `\\{{name}}` stands for `{{name}}` itself.

    Within a pattern (the value of a key `matches`) a value counts as text, not as a pattern.
    """
    if isinstance(value, str):
        if "{{" not in value:
            return value

        def replacement(mark: re.Match[str]) -> str:
            if mark[1]:
                return mark[0][1:]
            known = variables.get(mark[2], mark[0])
            return re.escape(known) if within_pattern else known

        return _MARK.sub(replacement, value)
    if isinstance(value, Mapping):
        return {
            key: filled(item, variables, within_pattern=within_pattern or key == "matches")
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [filled(item, variables, within_pattern=within_pattern) for item in value]
    return value
