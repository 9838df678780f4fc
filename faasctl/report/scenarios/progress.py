"""What a person sees while scenarios run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from faasctl.durations import show_duration
from faasctl.redaction import redactor
from faasctl.report.choice import is_drawn
from faasctl.report.scenarios.failures import budget_line, failure_lines, summary
from faasctl.report.streams import printable, to_stderr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faasctl.conversation.scenarios.results import ScenarioResult, SuiteResult

_WORDS = {"passed": "ok", "failed": "FAILED", "error": "ERROR"}


class SuiteProgress(Protocol):
    def started(self, count: int, seed: int) -> None: ...

    def finished(self, result: ScenarioResult) -> None: ...

    def ended(self, suite: SuiteResult | None) -> None:
        """All is done, or (None) the run was broken off."""
        ...


def progress_for(output: str) -> SuiteProgress:
    if output == "json":
        return Silent()
    return Bar() if is_drawn() else Lines()


class Silent:
    def started(self, count: int, seed: int) -> None: ...

    def finished(self, result: ScenarioResult) -> None: ...

    def ended(self, suite: SuiteResult | None) -> None: ...


class Lines:
    """One line a scenario, as it ends; the failures once more at the end, whole, even of a run that broke off."""

    def __init__(self) -> None:
        self._failed: list[ScenarioResult] = []
        self._ended = 0

    def started(self, count: int, seed: int) -> None:
        to_stderr(f"{count} {'scenario' if count == 1 else 'scenarios'}, seed {seed}")

    def finished(self, result: ScenarioResult) -> None:
        to_stderr(f"{_WORDS[result.status]}: {result.name} ({show_duration(result.seconds)})")
        self._ended += 1
        if result.status != "passed":
            self._failed.append(result)

    def ended(self, suite: SuiteResult | None) -> None:
        lines = _broken_off(self._ended, self._failed) if suite is None else _last_lines(suite)
        for line in lines:
            to_stderr(line)


class Bar:
    """A bar that moves, above it each scenario that did not pass."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self._console = Console(stderr=True, highlight=False)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
        )
        self._task = self._progress.add_task("scenarios", total=None)

    def started(self, count: int, seed: int) -> None:
        self._print(f"{count} {'scenario' if count == 1 else 'scenarios'}, seed {seed}", "dim")
        self._progress.update(self._task, total=count)
        self._progress.start()

    def finished(self, result: ScenarioResult) -> None:
        self._progress.advance(self._task)
        if result.status != "passed":
            for line in failure_lines(result):
                self._print(line, _style(line))

    def ended(self, suite: SuiteResult | None) -> None:
        self._progress.stop()
        if suite is None:
            return
        for budget in suite.budgets:
            self._print(budget_line(budget), "" if budget.status == "passed" else "yellow")
        passed = suite.count("passed") == len(suite.results)
        self._print(summary(suite), "bold green" if passed else "bold red")

    def _print(self, line: str, style: str) -> None:
        from rich.text import Text

        self._console.print(Text(printable(redactor.text(line)), style=style), soft_wrap=True)


def _style(line: str) -> str:
    if line.startswith(("FAILED", "ERROR")):
        return "bold red"
    mark = line.strip()[:1]
    return {">": "cyan", "<": "", "✗": "red", "!": "red", "·": "dim"}.get(
        mark, "dim" if line.startswith("  at") else ""
    )


def _broken_off(ended: int, failed: Sequence[ScenarioResult]) -> list[str]:
    lines: list[str] = []
    for result in failed:
        lines += ["", *failure_lines(result)]
    return [*lines, *([""] if lines else []), f"broken off: {ended - len(failed)} passed, {len(failed)} did not"]


def _last_lines(suite: SuiteResult) -> list[str]:
    lines: list[str] = []
    for result in suite.results:
        if result.status in ("failed", "error"):
            lines += ["", *failure_lines(result)]
    lines += [budget_line(budget) for budget in suite.budgets]
    return [*lines, *([""] if lines else []), summary(suite)]
