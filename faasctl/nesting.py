"""How deep a JSON value goes: what Python could just read, it could not copy, compare or write again."""

from __future__ import annotations

from typing import Any

DEEPEST = 250
"""Levels of lists and objects in what a function answers; nothing that works comes near."""


def is_deeper(value: Any, most: int = DEEPEST) -> bool:
    """Whether lists and objects lie more than `most` deep in each other."""
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(most):
        inner = (item for outer in level for item in (outer.values() if isinstance(outer, dict) else outer))
        level = [item for item in inner if isinstance(item, (dict, list))]
        if not level:
            return False
    return True


def is_text_deeper(text: bytes, value: Any, most: int = DEEPEST) -> bool:
    """`is_deeper` of the value that JSON text holds; it is looked at only where the text opens so many."""
    return text.count(b"[") + text.count(b"{") > most and is_deeper(value, most)
