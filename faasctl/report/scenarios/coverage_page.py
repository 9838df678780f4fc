"""Coverage as one HTML file: the code with what ran, and which scenario reached each line."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from faasctl.conversation.scenarios.coverage import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from faasctl.conversation.scenarios.coverage import FileCoverage

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --dim: #5b6570; --hit: #e2f4e6; --miss: #fde3e1;
  --part: #fdf1d3; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --paper: #14171a; --dim: #9aa4ae; --hit: #14331d;
  --miss: #4a1d1a; --part: #43350f; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto;
  max-width: 70rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font: 13px/1.5 ui-monospace, monospace; }
td { padding: 0 .6rem; vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere; }
.number, .count { text-align: right; color: var(--dim); white-space: nowrap; user-select: none; width: 1%; }
.hit { background: var(--hit); } .miss { background: var(--miss); } .part { background: var(--part); }
summary { cursor: pointer; } .place { color: var(--dim); }
"""


def coverage_page(files: Sequence[FileCoverage]) -> str:
    """The page; it loads nothing from elsewhere. The names of scenarios stand behind each line's count."""
    sums = total(files)
    parts = [
        "<h1>Coverage</h1>",
        f"<p>{sums['lines']:.1f} % of lines, {sums['branches']:.1f} % of branches</p>",
        *map(_file, files),
    ]
    head = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Coverage</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n"
    )
    return head + "\n".join(parts) + "\n</body></html>\n"


def _file(file: FileCoverage) -> str:
    missed: dict[int, int] = {}
    for branch, names in file.branches.items():
        if not names:
            missed[branch.line] = missed.get(branch.line, 0) + 1
    rows = "".join(
        _row(number, line, file.lines.get(number), missed.get(number, 0))
        for number, line in enumerate(file.source.rstrip("\n").split("\n"), 1)
    )
    return (
        f'<h2>{_text(file.name)} <span class="place">{_text(file.path)}</span></h2>'
        f"<p>{file.line_percent:.1f} % of {len(file.lines)} lines, "
        f"{_branches(file)}</p><table>{rows}</table>"
    )


def _branches(file: FileCoverage) -> str:
    return f"{file.branch_percent:.1f} % of {len(file.branches)} branches" if file.branches else "no branches"


def _row(number: int, line: str, names: Iterable[str] | None, missed: int) -> str:
    reached = sorted(names or ())
    kind = "" if names is None else "miss" if not reached else "part" if missed else "hit"
    title = f' title="{_text(chr(10).join(reached))}"' if reached else ""
    count = "" if names is None else str(len(reached))
    if missed and reached:
        count += f" ({missed} branch{'es' if missed > 1 else ''} missed)"
    return (
        f'<tr class="{kind}"><td class="number">{number}</td><td class="count"{title}>{count}</td>'
        f"<td>{_text(line)}</td></tr>"
    )


def _text(text: str) -> str:
    return escape(text.encode("utf-8", "replace").decode())
