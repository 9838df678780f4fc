"""A run of scenarios as JSON-like data."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from faasctl.conversation.event_json import event_json
from faasctl.conversation.scenarios.latency import percentile
from faasctl.conversation.scenarios.transcript import transcript
from faasctl.report.outcome import error_as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faasctl.conversation.scenarios.results import ScenarioResult, SuiteResult


def suite_as_json(suite: SuiteResult) -> dict[str, Any]:
    """Transcripts of all scenarios; what happened in the connector in full only of those that did not pass."""
    return {
        "seed": suite.seed,
        "duration_ms": round(suite.seconds * 1000, 1),
        "counts": {
            "passed": suite.count("passed"),
            "failed": suite.count("failed"),
            "error": suite.count("error"),
            "not_run": suite.count("not-run"),
        },
        "latency_ms": latency_as_json(suite.durations),
        "budgets": [
            {
                "scope": budget.scope,
                "budget": budget.title,
                "limit_ms": round(budget.seconds * 1000, 1),
                "measured_ms": round(budget.measured * 1000, 1),
                "turns": budget.count,
                "over": budget.over,
                "chance": budget.chance,
                "status": budget.status,
            }
            for budget in suite.budgets
        ],
        "scenarios": [_scenario(result) for result in suite.results],
    }


def latency_as_json(durations: Sequence[float]) -> dict[str, Any]:
    """Percentiles of the function's turns, in milliseconds."""
    told: dict[str, Any] = {"turns": len(durations)}
    for percent, name in ((50, "p50"), (90, "p90"), (95, "p95"), (99, "p99"), (100, "max")):
        told[name] = round(percentile(durations, percent) * 1000, 2) if durations else None
    return told


def _scenario(result: ScenarioResult) -> dict[str, Any]:
    place = result.scenario.place
    return {
        "name": result.name,
        "file": place.file,
        "line": place.line,
        "tags": sorted(result.scenario.tags),
        "status": result.status,
        "repeat": result.repeat,
        "variation": result.variation,
        "duration_ms": round(result.seconds * 1000, 1),
        "latency_ms": [round(seconds * 1000, 2) for seconds in result.durations],
        "error": None if result.error is None else error_as_json(result.error),
        "steps": [
            {
                "line": step.step.place.line,
                "kind": step.step.kind,
                "title": step.title,
                "passed": not step.differences,
                "differences": [dataclasses.asdict(difference) for difference in step.differences],
                **({} if result.status == "passed" else {"events": [event_json(event) for event in step.events]}),
            }
            for step in result.steps
        ],
        "transcript": [dataclasses.asdict(line) for line in transcript(result)],
    }
