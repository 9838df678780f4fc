"""Collects the findings of one pass over a definition."""

from __future__ import annotations

from faasctl.findings import Finding, Severity

Place = tuple[int, int]
"""Line and column, both from 1."""

START: Place = (1, 1)


class Mistakes:
    """Findings in `file`, the definition as its path was given, and in the files that it names."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._findings: list[Finding] = []

    def add(
        self,
        rule: str,
        place: Place,
        message: str,
        suggestion: str | None = None,
        *,
        file: str | None = None,
        severity: Severity = "error",
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
                severity=severity,
            )
        )

    def __bool__(self) -> bool:
        """Whether anything is wrong; advice alone is not."""
        return bool(self.errors())

    def errors(self) -> list[Finding]:
        return self._in_order("error")

    def warnings(self) -> list[Finding]:
        return self._in_order("warning")

    def _in_order(self, severity: Severity) -> list[Finding]:
        """The definition's own findings first, then file by file, each from top to bottom; none twice."""
        return sorted(
            dict.fromkeys(found for found in self._findings if found.severity == severity),
            key=lambda found: (found.file != self.file, found.file, found.line, found.column, found.rule),
        )
