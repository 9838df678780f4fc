"""How a run of a verb ended, as data; the same for every verb and every way to show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from faasctl.errors import AnsweredError, CheckFailed, FaasctlError, InvalidDefinition
from faasctl.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faasctl.findings import Finding


@dataclass(kw_only=True, slots=True)
class Outcome:
    """Filled while a verb runs. `result` is JSON-like; `text` is what stdout gets in text mode.

    `next` is what a person would type next, after success.
    """

    verb: str
    definition: str | None = None
    target: str | None = None
    account: str | None = None
    result: dict[str, Any] = field(default_factory=dict)
    text: str | None = None
    next: str | None = None
    notes: list[str] = field(default_factory=list)
    advice: tuple[Finding, ...] = ()
    error: FaasctlError | None = None
    exit_code: int = ExitCode.OK
    seconds: float = 0.0

    def advise(self, findings: Sequence[Finding]) -> str:
        """Takes over warnings, and gives their count in words; where there are any, `result` holds them too."""
        self.advice = tuple(findings)
        if not findings:
            return ""
        self.result["warnings"] = [finding_as_json(finding) for finding in findings]
        return f", with {len(findings)} {'warning' if len(findings) == 1 else 'warnings'}"

    def as_json(self) -> dict[str, Any]:
        """The envelope: the same keys for every verb, on success and on failure."""
        return {
            "verb": self.verb,
            "ok": self.error is None,
            "exit_code": int(self.exit_code),
            "target": self.target,
            "account": self.account,
            "definition": self.definition,
            "duration_ms": round(self.seconds * 1000, 1),
            "result": self.result,
            "notes": self.notes,
            "next": None if self.error else self.next,
            "error": None if self.error is None else error_as_json(self.error),
        }


def finding_as_json(finding: Finding) -> dict[str, Any]:
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "rule": finding.rule,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "severity": finding.severity,
    }


def error_as_json(error: FaasctlError) -> dict[str, Any]:
    """What is known of an error; keys that do not apply are left out."""
    known: dict[str, Any] = {"kind": error.kind, "message": error.message, "hint": error.hint}
    if isinstance(error, InvalidDefinition):
        known["findings"] = [finding_as_json(finding) for finding in error.findings]
    if isinstance(error, CheckFailed):
        known["code"] = error.code
    if isinstance(error, AnsweredError):
        known |= {"code": error.code, "status": error.status, "request_id": error.request_id}
        if error.stack is not None:
            known["stack"] = error.stack
    return known
