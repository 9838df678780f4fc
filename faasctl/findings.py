"""A mistake in a file that a person wrote, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One mistake. `line` and `column` count from 1; `rule` is a stable name such as `unknown-key`."""

    file: str
    line: int
    column: int
    rule: str
    message: str
    suggestion: str | None = None
    severity: Severity = "error"

    def __str__(self) -> str:
        kind = "warning: " if self.severity == "warning" else ""
        text = f"{self.file}:{self.line}:{self.column}: {kind}{self.message} [{self.rule}]"
        return f"{text}\n    {self.suggestion}" if self.suggestion else text
