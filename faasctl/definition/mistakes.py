"""Collects the findings of one pass over a definition."""

from __future__ import annotations

from faasctl.findings import Finding

Place = tuple[int, int]
"""Line and column, both from 1."""

START: Place = (1, 1)


class Mistakes:
    """Findings in `file`, the definition as its path was given, and in the files that it names."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._findings: list[Finding] = []

    def add(
        self, rule: str, place: Place, message: str, suggestion: str | None = None, *, file: str | None = None
    ) -> None:
        line, column = place
        self._findings.append(
            Finding(
                file=file or self.file,
                line=line,
                column=column,
                rule=rule,
                message=message,
                suggestion=suggestion,
            )
        )

    def __bool__(self) -> bool:
        return bool(self._findings)

    def in_order(self) -> list[Finding]:
        """The definition's own findings first, then file by file, each from top to bottom; none twice."""
        return sorted(
            dict.fromkeys(self._findings),
            key=lambda found: (found.file != self.file, found.file, found.line, found.column, found.rule),
        )
