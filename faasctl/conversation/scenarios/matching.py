"""Whether a value is what was expected; each function gives what differs, in words, or None."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

_SHORT = 160
_BEFORE = 30

_W = TypeVar("_W")
_F = TypeVar("_F")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One expectation that was not met: `key` is where it stands, such as `texts[1].contains`.

    `wanted` and `found` are texts for a comparison, where one helps.
    """

    key: str
    message: str
    wanted: str | None = None
    found: str | None = None

    def __str__(self) -> str:
        return f"{self.key}: {self.message}"


def text_difference(wanted: Any, found: str) -> str | None:
    """`wanted` is a text, or the mapping of a scenario file."""
    if not isinstance(wanted, Mapping):
        return None if str(wanted) == found else unequal(str(wanted), found)
    fold = str.casefold if wanted.get("ignore_case") else str
    told = fold(found)
    if "equals" in wanted and fold(str(wanted["equals"])) != told:
        return unequal(str(wanted["equals"]), found)
    for part in _several(wanted.get("contains")):
        if fold(part) not in told:
            return f"{quoted(found)} does not contain {quoted(part)}"
    for part in _several(wanted.get("lacks")):
        if fold(part) in told:
            return f"{quoted(found)} contains {quoted(part)}"
    pattern = wanted.get("matches")
    if pattern is not None:
        flags = re.IGNORECASE if wanted.get("ignore_case") else 0
        if re.search(pattern, found, flags | re.DOTALL) is None:
            return f"{quoted(found)} does not match {pattern}"
    return None


def unequal(wanted: str, found: str) -> str:
    """Two texts that differ, in a message; of long ones only the place where they begin to differ."""
    if len(wanted) <= _SHORT and len(found) <= _SHORT:
        return f"{quoted(found)} is not {quoted(wanted)}"
    pairs = zip(wanted, found, strict=False)
    same_until = next((at for at, pair in enumerate(pairs) if pair[0] != pair[1]), min(len(wanted), len(found)))
    start = max(0, same_until - _BEFORE)
    parts = [f"{'…' if start else ''}{text[start : start + _SHORT]}" for text in (found, wanted)]
    return f"from character {same_until + 1} on {quoted(parts[0])} is not {quoted(parts[1])}"


def _several(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(part) for part in value] if isinstance(value, list) else [str(value)]


def part_difference(wanted: Any, found: Any, path: str = "") -> str | None:
    """Whether `wanted` is a part of `found`: its keys are there, and its lists' entries, in any places."""
    where = f"{path}: " if path else ""
    if isinstance(wanted, Mapping):
        if not isinstance(found, Mapping):
            return f"{where}{shown(found)} is no mapping"
        for key, value in wanted.items():
            inner = f"{path}.{key}" if path else str(key)
            if key not in found:
                return f"{where}there is no {key}"
            if difference := part_difference(value, found[key], inner):
                return difference
        return None
    if isinstance(wanted, list):
        if not isinstance(found, list):
            return f"{where}{shown(found)} is no list"
        for index, value in enumerate(wanted):
            if all(part_difference(value, item) for item in found):
                nearest = part_difference(value, found[index], f"{path}[{index}]") if index < len(found) else None
                return nearest or f"{where}{shown(value)} is not in the list"
        return None
    return None if same(wanted, found) else f"{where}{shown(found)} is not {shown(wanted)}"


def same(first: Any, second: Any) -> bool:
    """Equality of JSON: true is not 1."""
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return first.keys() == second.keys() and all(same(first[key], second[key]) for key in first)
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(map(same, first, second))
    return bool(first == second)


def list_differences(
    key: str,
    wanted: Sequence[_W],
    found: Sequence[_F],
    compare: Callable[[_W, _F], str | None],
    *,
    show: Callable[[_F], str],
    any_order: bool = False,
    others: bool = False,
) -> list[Difference]:
    """What is missing, differs or is too much. In order one by one, unless `any_order` or `others`."""
    if any_order:
        return _in_any_order(key, wanted, found, compare, show=show, others=others)
    if others:
        return _in_between(key, wanted, found, compare, show=show)
    differences = [
        Difference(key=f"{key}[{index}]", message=message, found=show(item))
        for index, (want, item) in enumerate(zip(wanted, found, strict=False))
        if (message := compare(want, item)) is not None
    ]
    differences += [
        Difference(
            key=f"{key}[{index}]",
            message=f"{shown(wanted[index])} is missing, nothing more came",
            wanted=shown(wanted[index]),
        )
        for index in range(len(found), len(wanted))
    ]
    return differences + [
        Difference(key=key, message=f"one too many: {show(found[index])}", found=show(found[index]))
        for index in range(len(wanted), len(found))
    ]


def _in_between(
    key: str,
    wanted: Sequence[_W],
    found: Sequence[_F],
    compare: Callable[[_W, _F], str | None],
    *,
    show: Callable[[_F], str],
) -> list[Difference]:
    start = 0
    for index, want in enumerate(wanted):
        at = next((place for place in range(start, len(found)) if compare(want, found[place]) is None), None)
        if at is None:
            after = f" after {show(found[start - 1])}" if start else ""
            return [_absent(f"{key}[{index}]", want, found[start:], compare, show, after=after)]
        start = at + 1
    return []


def _in_any_order(
    key: str,
    wanted: Sequence[_W],
    found: Sequence[_F],
    compare: Callable[[_W, _F], str | None],
    *,
    show: Callable[[_F], str],
    others: bool,
) -> list[Difference]:
    """Pairs them so that as many as possible fit (augmenting paths)."""
    fits = [[place for place, item in enumerate(found) if compare(want, item) is None] for want in wanted]
    taken: dict[int, int] = {}

    def pair(index: int, tried: set[int]) -> bool:
        for place in fits[index]:
            if place in tried:
                continue
            tried.add(place)
            if place not in taken or pair(taken[place], tried):
                taken[place] = index
                return True
        return False

    rest = [index for index in range(len(wanted)) if not pair(index, set())]
    left = [item for place, item in enumerate(found) if place not in taken]
    differences = [_absent(f"{key}[{index}]", wanted[index], left, compare, show) for index in rest]
    if others or len(rest) == len(left) == 1:
        return differences
    return differences + [
        Difference(key=key, message=f"one too many: {show(item)}", found=show(item)) for item in left
    ]


def _absent(
    key: str,
    want: _W,
    found: Sequence[_F],
    compare: Callable[[_W, _F], str | None],
    show: Callable[[_F], str],
    *,
    after: str = "",
) -> Difference:
    """Why `want` is none of `found`; where there is one alone, what differs in it."""
    if len(found) == 1:
        return Difference(key=key, message=compare(want, found[0]) or "", wanted=shown(want), found=show(found[0]))
    among = f" among {', '.join(map(show, found))}" if found else f"; nothing came{after}"
    return Difference(key=key, message=f"{shown(want)} is not there{among}", wanted=shown(want))


def shown(value: Any) -> str:
    """A value in a message: one line, not too long."""
    import json

    if isinstance(value, str):
        return quoted(value)
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except (TypeError, ValueError):
        text = str(value)
    return text if len(text) <= 160 else text[:159] + "…"


def quoted(text: str) -> str:
    return repr(text if len(text) <= 200 else text[:199] + "…")
