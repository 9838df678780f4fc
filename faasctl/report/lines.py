"""Plain lines for people on stderr: what a log file or a pipeline's page shows. No colour, nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.durations import show_duration
from faasctl.errors import AnsweredError, CheckFailed, FaasctlError, InvalidDefinition
from faasctl.redaction import redactor
from faasctl.report.streams import to_stderr, to_stdout

if TYPE_CHECKING:
    from faasctl.report.outcome import Outcome
    from faasctl.rollout.events import Check, Event

_CHECK_WORDS = {"passed": "ok", "warning": "warning", "failed": "FAILED", "skipped": "skipped"}


class LineReporter:
    """One line an event."""

    def opened(self, outcome: Outcome) -> None:
        where = f"target {outcome.target}, account {outcome.account}"
        to_stderr(f"faasctl {outcome.verb}: {outcome.definition}, {where}")

    def told(self, event: Event) -> None:
        from faasctl.rollout.events import Check, Noted, Progress, StepFinished

        match event:
            case StepFinished(status="failed"):
                to_stderr(f"{event.step}: FAILED ({show_duration(event.duration)})")
            case StepFinished():
                spent = f" ({show_duration(event.duration)})" if event.status == "done" else ""
                skipped = "nothing to do: " if event.status == "skipped" else ""
                to_stderr(f"{event.step}: {skipped}{event.text}{spent}")
            case Check():
                to_stderr(f"  {_CHECK_WORDS[event.state]}: {check_text(event)}")
                for entry in event.logs:
                    to_stderr(f"      {entry.as_text()}")
            case Progress():
                to_stderr(f"{event.step}: {event.text}")
            case Noted():
                to_stderr(f"note: {event.text}")

    def paused(self) -> None:
        pass

    def ended(self, outcome: Outcome) -> None:
        for finding in outcome.advice:
            to_stderr(str(finding))
        if outcome.text is not None:
            to_stdout(redactor.text(outcome.text))
        if outcome.error is not None:
            for line in error_lines(outcome.error):
                to_stderr(line)
        elif outcome.next is not None:
            to_stderr(f"next: {outcome.next}")


def check_text(check: Check) -> str:
    spent = f" ({show_duration(check.duration)})" if check.duration is not None else ""
    through = f" [by {check.through}]" if check.through is not None else ""
    return f"{check.title}: {check.detail}{spent}{through}"


def stack_frames(stack: str | None) -> list[str]:
    """The frames of a stack trace, and what caused the error; the message above them is told already."""
    lines = (line.strip() for line in (stack or "").splitlines())
    return [line for line in lines if line.startswith(("at ", "[cause]: "))]


def error_lines(error: FaasctlError) -> list[str]:
    """What a person needs to go on: findings one by one, the message, codes, what to do."""
    lines = [str(finding) for finding in error.findings] if isinstance(error, InvalidDefinition) else []
    lines.append(f"error: {error.message}")
    codes = error.code if isinstance(error, (AnsweredError, CheckFailed)) else None
    if codes and codes not in error.message and codes not in (error.hint or ""):
        lines.append(f"  code: {codes}")
    if isinstance(error, AnsweredError):
        lines.extend(f"  {line}" for line in stack_frames(error.stack))
        lines.extend(f"  {entry.as_text()}" for entry in error.logs)
    if error.hint:
        lines.append(f"  hint: {error.hint}")
    return lines
