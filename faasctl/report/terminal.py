"""For a person at a terminal: steps with marks and durations, and a spinner for what is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.durations import show_duration
from faasctl.redaction import redactor
from faasctl.report.lines import check_text, error_lines
from faasctl.report.streams import printable, to_stdout
from faasctl.rollout.events import Check, Event, Noted, Progress, StepFinished, StepStarted

if TYPE_CHECKING:
    from rich.status import Status

    from faasctl.report.outcome import Outcome

_STEP_WIDTH = 18
_MARKS = {"passed": ("✓", "green"), "warning": ("!", "yellow"), "failed": ("✗", "red"), "skipped": ("·", "dim")}

_STEP_STATES = {"done": "passed", "skipped": "skipped", "failed": "failed"}


class TerminalReporter:
    """Draws on stderr through rich, which knows NO_COLOR and narrow terminals."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False)
        self._status: Status | None = None
        self._steps = 0

    def opened(self, outcome: Outcome) -> None:
        self._print(
            f"faasctl {outcome.verb}  {outcome.definition}  ",
            f"target {outcome.target}  account {outcome.account}",
        )

    def told(self, event: Event) -> None:
        match event:
            case StepStarted():
                self._steps += 1
                self._spin(event.step)
            case Progress():
                self._spin(f"{event.step}  {event.text}")
            case StepFinished():
                self.paused()
                self._step(event)
            case Check():
                self.paused()
                mark, style = _MARKS[event.state]
                self._print(f"      {mark} ", check_text(event), style=style, dim=event.state == "skipped")
                for entry in event.logs:
                    self._print("          ", entry.as_text(), dim=True)
            case Noted():
                self.paused()
                self._print("  ! ", event.text, style="yellow")

    def paused(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None

    def ended(self, outcome: Outcome) -> None:
        self.paused()
        for finding in outcome.advice:
            self._print("", str(finding), style="yellow")
        if outcome.text is not None:
            to_stdout(redactor.text(outcome.text))
        if outcome.error is not None:
            for line in error_lines(outcome.error):
                label, colon, rest = line.partition("error:") if line.startswith("error:") else ("", "", line)
                self._print(f"{label}{colon}", rest, style="bold red")
        elif self._steps:
            then = f" Next: {outcome.next}" if outcome.next else ""
            self._print("Done ", f"in {show_duration(outcome.seconds)}.{then}", style="green")

    def _step(self, event: StepFinished) -> None:
        mark, style = _MARKS[_STEP_STATES[event.status]]
        text = "failed" if event.status == "failed" else event.text
        spent = f"  {show_duration(event.duration)}" if event.status != "skipped" else ""
        dim = event.status == "skipped"
        self._print(f"  {mark} ", f"{event.step:<{_STEP_WIDTH}} {text}{spent}", style=style, dim=dim)

    def _spin(self, text: str) -> None:
        from rich.text import Text

        shown = Text(printable(redactor.text(text)))
        if self._status is None:
            self._status = self._console.status(shown)
            self._status.start()
        else:
            self._status.update(shown)

    def _print(self, lead: str, rest: str, *, style: str = "bold", dim: bool = False) -> None:
        from rich.text import Text

        line = Text(printable(redactor.text(lead)), style=style)
        line.append(printable(redactor.text(rest)), style="dim" if dim else "not bold default")
        self._console.print(line, soft_wrap=True)
