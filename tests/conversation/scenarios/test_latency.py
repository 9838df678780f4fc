"""Latency budgets: chance alone breaks none."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.conversation.scenarios.latency import SIGNIFICANCE, judge_budgets, percentile, tail
from faasctl.conversation.scenarios.results import ScenarioResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from faasctl.conversation.scenarios.model import ScenarioFile


@pytest.mark.parametrize(
    ("successes", "count", "probability", "expected"),
    [(0, 10, 0.5, 1.0), (10, 10, 0.5, 0.5**10), (1, 5, 0.05, 1 - 0.95**5), (1, 5, 0.0, 0.0), (2, 2, 0.1, 0.01)],
)
def test_the_tail_of_the_binomial_distribution(
    successes: int, count: int, probability: float, expected: float
) -> None:
    assert tail(successes, count, probability) == pytest.approx(expected)


@given(values=st.lists(st.floats(0, 100), min_size=1), percent=st.floats(1, 100))
def test_a_percentile_is_one_of_the_values_and_enough_are_not_above(values: list[float], percent: float) -> None:
    value = percentile(values, percent)
    assert value in values
    assert sum(item <= value for item in values) >= percent / 100 * len(values) - 1e-6


def _judged(load: Callable[[str], ScenarioFile], budget: str, durations: list[float]) -> str:
    file = load(f"scenarios:\n  - {{name: a, latency: {budget}, steps: [{{says: x}}]}}\n")
    result = ScenarioResult(scenario=file.scenarios[0], status="passed", durations=tuple(durations))
    return judge_budgets([file], [result])[0].status


@pytest.mark.parametrize(
    ("budget", "durations", "status"),
    [
        ("{p95: 1s}", [0.1] * 20, "passed"),
        ("{p95: 1s}", [0.1] * 19 + [2.0], "passed"),
        ("{p95: 1s}", [0.1] * 5 + [2.0], "undecided"),
        ("{p95: 1s}", [0.1] * 14 + [2.0] * 6, "failed"),
        ("{max: 1s}", [0.1] * 99 + [1.1], "failed"),
        ("1s", [1.0], "passed"),
        ("{p50: 100ms}", [0.2] * 12, "failed"),
    ],
)
def test_a_budget_is_broken_only_beyond_chance(
    load: Callable[[str], ScenarioFile], budget: str, durations: list[float], status: str
) -> None:
    assert _judged(load, budget, durations) == status


def test_a_function_that_just_keeps_its_budget_hardly_ever_fails(load: Callable[[str], ScenarioFile]) -> None:
    chance = random.Random(7)  # noqa: S311 - the same each time
    failed = 0
    for _ in range(400):
        durations = [2.0 if chance.random() < 0.05 else 0.1 for _ in range(60)]
        failed += _judged(load, "{p95: 1s}", durations) == "failed"
    assert failed / 400 <= 2 * SIGNIFICANCE


def test_the_cases_of_a_scenario_share_its_budgets(load: Callable[[str], ScenarioFile]) -> None:
    cases = ", ".join(f"{{x: {number}}}" for number in range(20))
    file = load(
        f"scenarios:\n  - {{name: 'a {{{{x}}}}', latency: {{p95: 1s}}, cases: [{cases}], steps: [{{says: x}}]}}\n"
    )
    results = [ScenarioResult(scenario=item, status="passed", durations=(2.0,)) for item in file.scenarios]
    (judged,) = judge_budgets([file], results)
    assert (judged.count, judged.over, judged.status) == (20, 20, "failed")
    assert judged.scope == f"{file.file}: a {{{{x}}}}"
