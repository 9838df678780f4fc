"""A scenario that did not pass, as lines for a person: the conversation with what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.conversation.scenarios.transcript import transcript
from faasctl.durations import show_duration

if TYPE_CHECKING:
    from faasctl.conversation.scenarios.results import BudgetResult, ScenarioResult, SuiteResult

_MARKS = {
    "consumer": ">",
    "bot": "<",
    "note": "·",
    "log": "·",
    "error": "!",
    "difference": "✗",
}

_LONGEST = 600
"""Characters of a text that are shown here; the reports `json` and `html` have all."""


def failure_lines(result: ScenarioResult) -> list[str]:
    """Where it stands, the transcript, and after the step that failed what was wanted and what came."""
    step = result.failed_step
    place = result.scenario.place if step is None else step.step.place
    word = "FAILED" if result.status == "failed" else "ERROR"
    lines = [f"{word} {result.name}", f"  at {place}"]
    differences = iter(step.differences if step else ())
    for line in transcript(result):
        first, *rest = _cut(line.text).split("\n")
        lines.append(f"    {_MARKS[line.who]} {first}")
        lines.extend(f"    | {more}" for more in rest)
        difference = next(differences) if line.who == "difference" else None
        if difference and difference.wanted is not None and difference.found is not None:
            lines += [f"      wanted  {difference.wanted}", f"      found   {difference.found}"]
    if result.error is not None and result.error.hint:
        lines.append(f"      hint: {result.error.hint}")
    return lines


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text):,} characters)"


def budget_line(budget: BudgetResult) -> str:
    """`p95 of 40 turns: 1.2 s, over 1 s in 9 (…)`."""
    word = {"passed": "ok", "undecided": "undecided", "failed": "FAILED"}[budget.status]
    turns = f"{budget.count} turn{'s' if budget.count != 1 else ''}"
    told = f"{word}: latency {budget.title} of {turns} is {show_duration(budget.measured)}, budget "
    told += show_duration(budget.seconds)
    if budget.status != "passed":
        chance = f"{budget.chance:.1%}" if budget.chance >= 0.001 else "less than 0.1%"
        told += f"; {budget.over} took longer, by chance alone in {chance} of runs"
    return f"{told} ({budget.scope})"


def summary(suite: SuiteResult) -> str:
    """`12 passed, 1 failed in 1.3 s, seed 42`."""
    words = (("passed", "passed"), ("failed", "failed"), ("error", "could not run"), ("not-run", "not run"))
    counts = ", ".join(f"{suite.count(status)} {word}" for status, word in words if suite.count(status))  # type: ignore[arg-type]
    return f"{counts or 'no scenario'} in {show_duration(suite.seconds)}, seed {suite.seed}"
