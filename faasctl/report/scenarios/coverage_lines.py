"""Coverage as lines for a person, and as JSON-like data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.conversation.scenarios.coverage import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from faasctl.conversation.scenarios.coverage import FileCoverage


def coverage_lines(files: Sequence[FileCoverage]) -> list[str]:
    """A line for each file: percentages, and the lines that no scenario reached."""
    wide = max((len(file.name) for file in files), default=0)
    lines = [
        f"coverage: {file.name:<{wide}}  lines {file.line_percent:5.1f} %  branches {_branches(file)}"
        + _missing(file)
        for file in files
    ]
    sums = total(files)
    if len(files) > 1:
        lines.append(
            f"coverage: {'all':<{wide}}  lines {sums['lines']:5.1f} %  branches {sums['branches']:5.1f} %"
        )
    return lines


def _branches(file: FileCoverage) -> str:
    """Of code without branches, or that never ran so that none is known, no percentage is told."""
    return f"{file.branch_percent:5.1f} %" if file.branches else "   none"


def _missing(file: FileCoverage) -> str:
    missed = [line for line, names in file.lines.items() if not names]
    return f"  not reached: {', '.join(_spans(missed))}" if missed else ""


def _spans(lines: Iterable[int]) -> list[str]:
    """[3, 4, 5, 9] -> ["3-5", "9"]."""
    spans: list[list[int]] = []
    for line in lines:
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    return [str(first) if first == last else f"{first}-{last}" for first, last in spans]


def coverage_as_json(files: Sequence[FileCoverage]) -> dict[str, Any]:
    sums = total(files)
    return {
        "lines_percent": round(sums["lines"], 2),
        "branches_percent": round(sums["branches"], 2),
        "files": [
            {
                "function": file.name,
                "file": file.path,
                "lines_percent": round(file.line_percent, 2),
                "branches_percent": round(file.branch_percent, 2),
                "lines": [{"line": line, "scenarios": sorted(names)} for line, names in file.lines.items()],
                "branches": [
                    {"line": branch.line, "start": branch.start, "end": branch.end, "scenarios": sorted(names)}
                    for branch, names in file.branches.items()
                ],
            }
            for file in files
        ],
    }
