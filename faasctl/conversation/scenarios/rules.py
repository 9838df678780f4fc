"""What a scenario file must keep to beyond its structure; what is faulty already is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from faasctl.conversation.scenarios.codes import ends, error_codes, is_known_error, is_known_problem
from faasctl.conversation.scenarios.matching import quoted
from faasctl.conversation.scenarios.patterns import flaw_of
from faasctl.conversation.scenarios.schema import STEP_KEYS
from faasctl.conversation.scenarios.variables import names_in
from faasctl.definition.suggestions import did_you_mean
from faasctl.durations import parse_duration
from faasctl.facts import tester_codes

if TYPE_CHECKING:
    from faasctl.definition.document import Document, Path
    from faasctl.definition.mistakes import Mistakes

_SPANS = ("waits", "latency", "delay", "window", "after_typing", "max", "p50", "p90", "p95", "p99")
_HEARD = ("text", "rich_content", "quick_replies")
"""Kinds of messages that a consumer gets to see."""
_FREE = {
    "cases",
    "command",
    "contains",
    "engagement_attributes",
    "equals",
    "error_hook",
    "metadata",
    "payload",
    "reply",
    "sends_payload",
    "sends_rich",
    "variables",
}
"""Keys whose values are JSON of the user's own."""


def check_rules(document: Document, mistakes: Mistakes) -> None:
    seen: dict[str, int] = {}
    shared = set(document.get("variables") or {})
    everywhere: set[str] | None = None
    _check_values(document, ("variables",), mistakes)
    for path, scenario in document.entries("scenarios"):
        if not isinstance(scenario, dict):
            continue
        _check_name(document, path, seen, mistakes)
        _check_cases(document, path, mistakes)
        cases = document.get(*path, "cases") or [{}]
        known = shared | set(document.get(*path, "variables") or {}) | set(cases[0] if cases else {})
        everywhere = set(known) if everywhere is None else everywhere & known
        _check_values(document, (*path, "variables"), mistakes)
        _check_values(document, (*path, "cases"), mistakes)
        _check_variables(document, (*path, "name"), known, mistakes)
        _check_variables(document, (*path, "setup"), known, mistakes)
        for step, written in document.entries(*path, "steps"):
            if isinstance(written, dict):
                _check_step(document, step, written, known, mistakes)
    _check_variables(document, ("setup",), shared if everywhere is None else everywhere, mistakes)
    _check_spans(document, document.data, (), mistakes)


def _check_name(document: Document, path: Path, seen: dict[str, int], mistakes: Mistakes) -> None:
    name = document.get(*path, "name")
    if not isinstance(name, str):
        return
    place = document.place((*path, "name"))
    if name in seen:
        message = f"another scenario is named {name!r} too, in line {seen[name]}"
        mistakes.add("duplicate-name", place, message, "say in which way they differ")
    else:
        seen[name] = place[0]


def _check_cases(document: Document, path: Path, mistakes: Mistakes) -> None:
    rows = [(place, row) for place, row in document.entries(*path, "cases") if isinstance(row, dict)]
    for entry, row in rows[1:]:
        missing = [name for name in rows[0][1] if name not in row]
        added = [name for name in row if name not in rows[0][1]]
        if missing or added:
            what = f"lacks {', '.join(missing)}" if missing else f"has {', '.join(added)}, which the first lacks"
            mistakes.add(
                "uneven-cases", document.place(entry), f"this case {what}", "give all cases the same names"
            )


def _check_step(
    document: Document, path: Path, written: dict[str, Any], known: set[str], mistakes: Mistakes
) -> None:
    kinds = [key for key in STEP_KEYS if key in written]
    if len(kinds) != 1:
        message = (
            "a step needs one of " + ", ".join(STEP_KEYS)
            if not kinds
            else f"a step has both {kinds[0]} and {kinds[1]}"
        )
        hint = "add for example says: hello" if not kinds else "make two steps of it"
        place = document.place(path) if not kinds else document.key_place((*path, kinds[1]))
        if kinds or not any((*path, key) in document.faulty for key in written):
            mistakes.add("bad-step", place, message, hint)
    if written.get("welcome") is False:
        mistakes.add(
            "bad-step", document.place((*path, "welcome")), "welcome: false says nothing", "remove the step"
        )
    if "metadata" in written and "says" not in written:
        message = "metadata belongs to a step with says"
        mistakes.add("bad-step", document.key_place((*path, "metadata")), message, "remove it")
    _check_variables(document, path, known, mistakes)
    _check_patterns(document, path, mistakes)
    for inner in ((*path, "expect"), (*path, "expect", "not")):
        _check_codes(document, inner, mistakes)
    _check_contradictions(document, (*path, "expect"), mistakes)
    for entry, capture in document.entries(*path, "capture"):
        if isinstance(capture, dict) and len({"matches", "path"} & capture.keys()) != 1:
            mistakes.add("bad-step", document.place(entry), "a variable comes from one of matches and path")
        known.add(str(entry[-1]))


def _check_variables(document: Document, path: Path, known: set[str], mistakes: Mistakes) -> None:
    for inner, name in names_in(document.get(*path)):
        if name not in known:
            mistakes.add(
                "unknown-variable",
                document.place((*path, *inner)),
                f"there is no variable {name} here",
                did_you_mean(name, known) or "set it under variables or cases, or capture it in a step before",
            )


def _check_values(document: Document, path: Path, mistakes: Mistakes) -> None:
    """Variables are not filled into one another, so none may stand in another's value."""
    for inner, name in names_in(document.get(*path)):
        mistakes.add(
            "unknown-variable",
            document.place((*path, *inner)),
            f"the value of a variable cannot use another, {name}",
            "write the value out",
        )


def _check_patterns(document: Document, path: Path, mistakes: Mistakes) -> None:
    for key in ("expect", "capture"):
        for inner, value in _texts(document.get(*path, key), ()):
            place = (*path, key, *inner)
            is_ours = key == "capture" or _is_ours(inner)
            if not is_ours or not inner or inner[-1] != "matches" or place in document.faulty:
                continue
            if flaw := flaw_of(value):
                hint = r"put \ before characters that stand for themselves"
                mistakes.add("bad-pattern", document.place(place), f"{quoted(value)} is no pattern: {flaw}", hint)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _texts(item, (*path, key))


def _check_codes(document: Document, path: Path, mistakes: Mistakes) -> None:
    error = document.get(*path, "error")
    if isinstance(error, str) and "{{" not in error and not is_known_error(error):
        suggestion = did_you_mean(error.rpartition(".")[2], ends(error_codes()))
        place = document.place((*path, "error"))
        mistakes.add("unknown-code", place, f"the connector has no error {error!r}", suggestion)
    for entry, problem in document.entries(*path, "problems"):
        if isinstance(problem, str) and "{{" not in problem and not is_known_problem(problem):
            suggestion = did_you_mean(problem, ends((*tester_codes.MEANINGS, *error_codes())))
            mistakes.add("unknown-code", document.place(entry), f"there is no problem {problem!r}", suggestion)


def _check_contradictions(document: Document, path: Path, mistakes: Mistakes) -> None:
    expect = document.get(*path)
    if not isinstance(expect, dict):
        return
    messages = [(entry, item) for entry, item in document.entries(*path, "messages") if isinstance(item, dict)]
    for entry, item in messages:
        kinds = list(item)
        if len(kinds) > 1:
            message = f"a message is {kinds[0]} or {kinds[1]}, not both"
            mistakes.add("contradiction", document.place(entry), message, "make two entries of it")
    if expect.get("silence") is not True:
        return
    heard = any(key in item for _, item in messages for key in _HEARD)
    for key in ("texts", *_HEARD, *(["messages"] if heard else ())):
        if expect.get(key):
            message = f"silence and {key} cannot both be"
            mistakes.add("contradiction", document.key_place((*path, key)), message, "remove one of them")


def _check_spans(document: Document, value: Any, path: Path, mistakes: Mistakes) -> None:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        inner = (*path, key)
        if key in _SPANS and isinstance(item, str) and inner not in document.faulty and _is_ours(path):
            try:
                parse_duration(item)
            except ValueError as error:
                mistakes.add("bad-duration", document.place(inner), str(error))
        _check_spans(document, item, inner, mistakes)


def _is_ours(path: Path) -> bool:
    """Not inside JSON of the user's own, which may use the same words."""
    return not _FREE & {*path}
