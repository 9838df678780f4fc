"""A run of scenarios as annotations that GitHub shows beside the lines of scenario files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from faasctl.redaction import redactor
from faasctl.report.scenarios.failures import budget_line, failure_lines, summary

if TYPE_CHECKING:
    from faasctl.conversation.scenarios.results import ScenarioResult, SuiteResult


def github_annotations(suite: SuiteResult) -> list[str]:
    """Workflow commands, one a line; the last is a notice with the counts."""
    lines = [_annotation(result) for result in suite.results if result.status in ("failed", "error")]
    for budget in suite.budgets:
        if budget.status != "passed":
            command = "error" if budget.status == "failed" else "warning"
            lines.append(f"::{command} title=latency::{_message(budget_line(budget))}")
    return [*lines, f"::notice title=faasctl test::{_message(summary(suite))}"]


def step_summary(suite: SuiteResult) -> str:
    """Markdown for the page of a workflow's run."""
    rows = [
        f"| {_cell(result.name)} | {result.status} | {_cell(str(result.failed_step.differences[0]))} |"
        if result.failed_step
        else f"| {_cell(result.name)} | {result.status} | {_cell(result.error.message if result.error else '')} |"
        for result in suite.results
        if result.status in ("failed", "error")
    ]
    table = ["", "| Scenario | | |", "| --- | --- | --- |", *rows] if rows else []
    return "\n".join([f"**faasctl test**: {_cell(summary(suite))}", *table]) + "\n"


def _annotation(result: ScenarioResult) -> str:
    step = result.failed_step
    place = result.scenario.place if step is None else step.step.place
    word = "failed" if result.status == "failed" else "could not run"
    where = f"file={_property(_from_root(place.file))},line={place.line},col={place.column}"
    title = _property(f"{result.name} {word}")
    return f"::error {where},title={title}::{_message(chr(10).join(failure_lines(result)))}"


def _from_root(file: str) -> str:
    """GitHub takes a path from the root of the repository, wherever in it the step runs."""
    root = os.environ.get("GITHUB_WORKSPACE")
    if not root:
        return file
    root, path = os.path.realpath(root), os.path.realpath(file)
    return os.path.relpath(path, root) if os.path.commonpath([root, path]) == root else file


def _message(text: str) -> str:
    text = redactor.text(text)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    return " ".join(redactor.text(text).split()).replace("|", "\\|").replace("<", "&lt;")
