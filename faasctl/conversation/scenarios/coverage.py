"""From what V8 counts to lines and branches of a function's code, and which scenario reached each.

V8 gives functions with nested ranges of offsets (UTF-16 units): the innermost range that holds a place says how
often it ran. The first range of a function is its whole; a further one is a block that ran more or less often than
what is around it, which is how branches are known.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from faasctl.conversation.scenarios.comments import without_comments

_CODE = re.compile(r"[^\s{}()\[\];,]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A block that V8 counts by itself; lines count from 1, offsets from 0."""

    line: int
    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class FileCoverage:
    """One function's file. `lines` has every line that holds code, with the names of scenarios that reached it."""

    name: str
    path: str
    source: str
    lines: dict[int, set[str]] = field(default_factory=dict)
    branches: dict[Branch, set[str]] = field(default_factory=dict)
    functions: dict[tuple[str, int], set[str]] = field(default_factory=dict)

    @property
    def reached_lines(self) -> int:
        return sum(bool(names) for names in self.lines.values())

    @property
    def reached_branches(self) -> int:
        return sum(bool(names) for names in self.branches.values())

    @property
    def line_percent(self) -> float:
        return percent(self.reached_lines, len(self.lines))

    @property
    def branch_percent(self) -> float:
        return percent(self.reached_branches, len(self.branches))


def percent(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 100.0


class CoverageBook:
    """Collects what scenarios reached. `add` may be called in any order; V8's blocks differ from run to run."""

    def __init__(self, name: str, path: str, source: str) -> None:
        self._file = (name, path, source)
        self._runs: list[tuple[str, list[Any]]] = []

    def add(self, scenario: str, functions: Sequence[Any]) -> None:
        """What V8 counted in one scenario."""
        self._runs.append((scenario, list(functions)))

    def result(self) -> FileCoverage:
        name, path, source = self._file
        text = _Text(source)
        counted = [(scenario, _Counts(functions, text.length)) for scenario, functions in self._runs]
        file = FileCoverage(name=name, path=path, source=source)
        for number, start in text.code.items():
            file.lines[number] = {scenario for scenario, counts in counted if counts.ran(start)}
        spans = {span for _, counts in counted for span in counts.blocks if text.holds_code(*span)}
        for start, end in sorted(spans):
            branch = Branch(line=text.line_of(start), start=start, end=end)
            file.branches[branch] = {
                scenario for scenario, counts in counted if counts.ran(text.first(start, end))
            }
        for start, called in sorted({key for _, counts in counted for key in counts.functions}):
            reached = {scenario for scenario, counts in counted if counts.functions.get((start, called))}
            file.functions[called, text.line_of(start)] = reached
        return file


class _Counts:
    """How often each place ran in one process: the innermost range that holds it decides."""

    def __init__(self, functions: Sequence[Any], length: int) -> None:
        self.blocks: set[tuple[int, int]] = set()
        self.functions: dict[tuple[int, str], bool] = {}
        ranges: list[tuple[int, int, int]] = []
        for function in functions:
            first, *blocks = function["ranges"]
            ranges += [(item["startOffset"], item["endOffset"], item["count"]) for item in function["ranges"]]
            if function["functionName"] and first["endOffset"] <= length:
                self.functions[first["startOffset"], function["functionName"]] = first["count"] > 0
            if function.get("isBlockCoverage"):
                self.blocks |= {(item["startOffset"], min(item["endOffset"], length)) for item in blocks}
        self._starts, self._values = _flattened(ranges)

    def ran(self, offset: int) -> bool:
        at = bisect.bisect_right(self._starts, offset) - 1
        return at >= 0 and self._values[at] > 0


def _flattened(ranges: Iterable[tuple[int, int, int]]) -> tuple[list[int], list[int]]:
    """Nested ranges as steps: from each offset on, the count of the innermost."""
    starts: list[int] = []
    values: list[int] = []
    open_: list[tuple[int, int]] = []

    def step(offset: int, value: int) -> None:
        if starts and starts[-1] == offset:
            values[-1] = value
        else:
            starts.append(offset)
            values.append(value)

    def close(until: int) -> None:
        while open_ and open_[-1][0] <= until:
            end, _ = open_.pop()
            step(end, open_[-1][1] if open_ else 0)

    for start, end, count in sorted(ranges, key=lambda item: (item[0], -item[1])):
        close(start)
        step(start, count)
        open_.append((end, count))
    close(1 << 60)
    return starts, values


class _Text:
    """The source by lines, without comments, in V8's offsets: characters outside the basic plane count twice."""

    def __init__(self, source: str) -> None:
        source = without_comments(source)
        self._units = source.encode("utf-16-le", "surrogatepass")
        self.length = len(self._units) // 2
        self._starts = [0]
        self.code: dict[int, int] = {}
        offset = 0
        for number, line in enumerate(source.split("\n"), 1):
            code = _CODE.search(line)
            if code is not None:
                self.code[number] = offset + _units(line[: code.start()])
            offset += _units(line) + 1
            self._starts.append(offset)

    def line_of(self, offset: int) -> int:
        return bisect.bisect_right(self._starts, offset)

    def first(self, start: int, end: int) -> int:
        """Where code begins within a span; its start where there is none."""
        text = self._cut(start, end)
        match = re.search(r"[^\s{]", text)
        return start + _units(text[: match.start()]) if match else start

    def holds_code(self, start: int, end: int) -> bool:
        return _CODE.search(self._cut(start, end)) is not None

    def _cut(self, start: int, end: int) -> str:
        return self._units[start * 2 : end * 2].decode("utf-16-le", "replace")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def lcov(files: Iterable[FileCoverage]) -> str:
    """The trace file that editors and services read."""
    records: list[str] = []
    for file in files:
        records += ["TN:", f"SF:{file.path}"]
        known: set[str] = set()
        for (name, line), names in file.functions.items():
            told = f"{name}:{line}" if name in known else name  # readers know functions by their names
            known.add(name)
            records += [f"FN:{line},{told}", f"FNDA:{len(names)},{told}"]
        records += [f"FNF:{len(file.functions)}", f"FNH:{sum(map(bool, file.functions.values()))}"]
        for number, (branch, names) in enumerate(file.branches.items()):
            records.append(f"BRDA:{branch.line},{number},0,{len(names) or '-'}")
        records += [f"BRF:{len(file.branches)}", f"BRH:{file.reached_branches}"]
        records += [f"DA:{line},{len(names)}" for line, names in file.lines.items()]
        records += [f"LF:{len(file.lines)}", f"LH:{file.reached_lines}", "end_of_record"]
    return "\n".join(records) + "\n"


def total(files: Sequence[FileCoverage]) -> Mapping[str, float]:
    """Percent of all lines and branches of all files."""
    return {
        "lines": percent(sum(file.reached_lines for file in files), sum(len(file.lines) for file in files)),
        "branches": percent(
            sum(file.reached_branches for file in files), sum(len(file.branches) for file in files)
        ),
    }
