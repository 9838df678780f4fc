"""Which reporter suits the wish and the terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from faasctl.report.reporter import Reporter

Output = Literal["text", "json"]


def reporter_for(output: Output) -> Reporter:
    """JSON on request; else lines, drawn where a person looks on (no pipe, not in CI)."""
    if output == "json":
        from faasctl.report.json_report import JsonReporter

        return JsonReporter()
    if is_drawn():
        from faasctl.report.terminal import TerminalReporter

        return TerminalReporter()
    from faasctl.report.lines import LineReporter

    return LineReporter()


def is_drawn() -> bool:
    encoding = (sys.stderr.encoding or "").lower().replace("-", "")
    return sys.stderr.isatty() and encoding == "utf8" and not os.environ.get("CI")
