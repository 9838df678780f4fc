"""`--record`: what the bot does now becomes what its scenarios expect.

Only the `expect` of steps that would fail, or that expect nothing, is written anew; all other text of the file,
with its comments, stays as it is. Texts are recorded as they came, without variables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faasctl.conversation.saved_talk import expectations
from faasctl.conversation.scenarios.capturing import captured
from faasctl.conversation.scenarios.judging import judge
from faasctl.conversation.scenarios.turns import Turn
from faasctl.conversation.scenarios.variables import escaped, filled

if TYPE_CHECKING:
    from faasctl.conversation.scenarios.results import ScenarioResult, StepResult

Path = tuple[str | int, ...]
Json = dict[str, Any]

_ABOUT_ERRORS = ("error", "escalation")
_KEPT = ("latency", "any_order", "others", "not")
"""Never recorded: what they say is no behaviour of the moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """New text of a file; `steps` were changed. `left` are steps of scenarios with cases that do not agree."""

    text: str
    steps: int
    left: int


def record(text: str, results: Sequence[ScenarioResult]) -> Recorded:
    """The text of a scenario file with what `results`, which were run without judging, found."""
    import yaml

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    nodes: dict[int, Any] = {}
    found: dict[int, list[Json | None]] = {}
    for result in results:
        for path, wanted in _found(result):
            node = _at(root, path)
            start = node.start_mark.index  # with aliases and << several steps are one text
            nodes[start] = node
            found.setdefault(start, []).append(wanted)
    agreed = {start: wanted[0] for start, wanted in found.items() if all(one == wanted[0] for one in wanted)}
    changes = [(nodes[start], expect) for start, expect in agreed.items() if expect is not None]
    return Recorded(text=_edited(text, changes), steps=len(changes), left=len(found) - len(agreed))


def _found(result: ScenarioResult) -> Iterator[tuple[Path, Json | None]]:
    """The path of each step, and what it must expect; None where what it does expect holds."""
    variables = dict(result.scenario.variables)
    for step in result.steps:
        turn = Turn(events=step.events, state=step.state, fate=step.fate)
        yield step.step.path, _new_expectations(step, turn, variables)
        for name, source in step.step.capture.items():
            value, missing = captured(name, filled(source, variables), turn)
            if missing is None:
                variables[name] = value


def _new_expectations(result: StepResult, turn: Turn, variables: Mapping[str, str]) -> Json | None:
    written = {key: value for key, value in result.step.expect.items() if value not in ({}, [])}
    if written and not judge(filled(written, variables), turn):
        return None
    now: Json = escaped(expectations(result.events))
    if not written:
        return now
    modes = {key: written[key] for key in ("any_order", "others") if key in written}
    kept: Json = {}
    for key, value in written.items():
        error = written.get("error", bool(turn.errors))
        one = filled({key: value, **modes, "error": error}, variables)
        if key in _KEPT or not judge(one, turn):
            kept[key] = value
        elif key in now:
            kept[key] = now[key]
    if turn.errors:
        kept |= {key: now[key] for key in _ABOUT_ERRORS if key in now and key not in kept}
    speaks = kept.keys() - {*_KEPT}
    return kept if speaks else {**now, **kept}


def _edited(text: str, changes: Sequence[tuple[Any, Json]]) -> str:
    """The text with `expect` of these steps (nodes) replaced, or added."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    edits = sorted((_edit(text, node, expect) for node, expect in changes), reverse=True)
    for start, end, new in edits:
        text = text[:start] + new.replace("\n", line_end) + text[end:]
    return text


def _at(node: Any, path: Path) -> Any:
    for part in path:
        node = node.value[part] if isinstance(part, int) else _value_of(node, part)
    return node


def _value_of(mapping: Any, name: str) -> Any:
    """The value of a key; one of the mapping's own stands above what `<<` brings. None where there is none."""
    sources: list[Any] = []
    for key, value in mapping.value:
        if key.value == name:
            return value
        if key.value == "<<":
            sources += value.value if value.id == "sequence" else [value]
    return next((found for source in sources if (found := _value_of(source, name)) is not None), None)


def _edit(text: str, step: Any, expect: Json) -> tuple[int, int, str]:
    """Start and end of what is replaced, and what comes there."""
    there = next(((key, value) for key, value in step.value if key.value == "expect"), None)
    if step.flow_style:
        if there is not None:
            return there[1].start_mark.index, there[1].end_mark.index, _in_a_line(expect)
        end = step.end_mark.index - 1
        return end, end, f", expect: {_in_a_line(expect)}"
    indent = step.start_mark.column
    block = _block(expect, indent)
    if there is not None:
        end = _last_text(text, there[1])
        return there[0].start_mark.index, end, block
    end = _line_end(text, _last_text(text, step))
    return end, end, f"\n{' ' * indent}{block}"


def _line_end(text: str, at: int) -> int:
    """Where the line ends that the place is in: behind a comment."""
    end = text.find("\n", at)
    return len(text[: end if end >= 0 else len(text)].rstrip("\r"))


def _last_text(text: str, node: Any) -> int:
    """Where the node's own text ends: without the comments and blank lines that follow it."""
    ends: list[int] = []

    def visit(inner: Any) -> None:
        value = inner.value
        if isinstance(value, str) or inner.flow_style:
            ends.append(inner.end_mark.index)
            return
        for part in value:
            for child in part if isinstance(part, tuple) else (part,):
                visit(child)

    visit(node)
    end = max(ends, default=node.end_mark.index)
    return len(text[:end].rstrip())


def _block(expect: Json, indent: int) -> str:
    import yaml

    body = yaml.safe_dump(expect, sort_keys=False, allow_unicode=True, width=100, default_flow_style=False)
    lead = " " * (indent + 2)
    return "expect:\n" + "\n".join(f"{lead}{line}" if line else line for line in body.rstrip("\n").split("\n"))


def _in_a_line(expect: Json) -> str:
    import json

    return json.dumps(expect, ensure_ascii=False)
