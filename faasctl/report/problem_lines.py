"""The verdict on documents that were checked by themselves, in lines and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faasctl.conversation.problems import Problem
from faasctl.report.streams import printable

if TYPE_CHECKING:
    from faasctl.json_reading import NotJson


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One document. `line` is set where a file holds one a line; with `syntax`, the text is no JSON there."""

    file: str
    kind: str | None = None
    line: int | None = None
    column: int | None = None
    syntax: str | None = None
    problems: tuple[Problem, ...] = ()

    @classmethod
    def no_json(cls, file: str, error: NotJson) -> Checked:
        return cls(file=file, syntax=error.message, line=error.line, column=error.column)

    @property
    def is_sound(self) -> bool:
        return self.syntax is None and not any(problem.severity == "error" for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        if self.syntax is not None:
            broken = Problem(path=(), rule="json-syntax", message=self.syntax)
            problems = [{**broken.as_json(), "column": self.column}]
        else:
            problems = [problem.as_json() for problem in self.problems]
        return {
            "file": self.file,
            "line": self.line,
            "kind": self.kind,
            "valid": self.is_sound,
            "problems": problems,
        }


def checked_lines(checked: Checked) -> list[str]:
    """A line for every problem: `file: path: message (rule; codes; effect)`."""
    if checked.syntax is not None:
        return [f"{checked.file}:{checked.line}:{checked.column}: it is not JSON: {checked.syntax} (json-syntax)"]
    place = checked.file if checked.line is None else f"{checked.file}:{checked.line}"
    return [f"{place}: {_line(problem)}" for problem in checked.problems]


def _line(problem: Problem) -> str:
    where = f"{problem.place}: " if problem.path else ""
    severity = "warning: " if problem.severity == "warning" else ""
    behind = [problem.rule, *problem.codes, *([problem.effect] if problem.effect else [])]
    return printable(f"{where}{severity}{problem.message} ({'; '.join(behind)})").replace("\n", "\\n")


def summary(checked: Sequence[Checked]) -> str:
    """How many documents are sound, and as what they were judged, in a sentence for a person."""
    bad = [item for item in checked if not item.is_sound]
    warnings = sum(problem.severity == "warning" for item in checked for problem in item.problems)
    noun = "document" if len(checked) == 1 else "documents"
    kinds = ", ".join(dict.fromkeys(item.kind for item in bad or checked if item.kind is not None))
    judged = f" (as {kinds})" if kinds else ""
    if bad:
        return f"{len(bad)} of {len(checked)} {noun} {'has' if len(bad) == 1 else 'have'} problems{judged}"
    told = f", with {warnings} {'warning' if warnings == 1 else 'warnings'}" if warnings else ""
    return f"{len(checked)} {noun} checked{judged}: sound{told}"
