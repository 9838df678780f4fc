"""Latency budgets, judged so that chance alone fails no run.

Of n turns, k took longer than the budget. If the budget held, each turn would do so with a probability of at most
1 - p (p the percentile), and k or more of n with that of the tail of the binomial distribution. Only where this is
below `SIGNIFICANCE` is the budget broken. A maximum leaves nothing to chance.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from faasctl.conversation.scenarios.results import BudgetResult

if TYPE_CHECKING:
    from faasctl.conversation.scenarios.model import Budget, Place, Scenario, ScenarioFile
    from faasctl.conversation.scenarios.results import ScenarioResult

SIGNIFICANCE = 0.01


def judge_budgets(files: Iterable[ScenarioFile], results: Sequence[ScenarioResult]) -> tuple[BudgetResult, ...]:
    """Every budget of the files and of their scenarios, over all turns of `results` that belong to it.

    The cases of a scenario share its budgets: a percentile says something of many turns alone.
    """
    of_file: dict[str, list[ScenarioResult]] = {}
    of_scenario: dict[Place, list[ScenarioResult]] = {}
    for result in results:
        of_file.setdefault(result.scenario.place.file, []).append(result)
        of_scenario.setdefault(result.scenario.place, []).append(result)
    judged: list[BudgetResult] = []
    for file in files:
        judged += [_judged(file.file, budget, of_file.get(file.file, [])) for budget in file.budgets]
        cases: dict[Place, list[Scenario]] = {}
        for scenario in file.scenarios:
            cases.setdefault(scenario.place, []).append(scenario)
        for place, (first, *others) in cases.items():
            scope = f"{file.file}: {first.written_name}" if others else first.title
            judged += [_judged(scope, budget, of_scenario.get(place, [])) for budget in first.budgets]
    return tuple(result for result in judged if result.count)


def _judged(scope: str, budget: Budget, results: Sequence[ScenarioResult]) -> BudgetResult:
    durations = [seconds for result in results for seconds in result.durations]
    over = sum(seconds > budget.seconds for seconds in durations)
    count = len(durations)
    chance = tail(over, count, 1 - budget.percentile / 100)
    allowed = over <= count * (1 - budget.percentile / 100)
    return BudgetResult(
        scope=scope,
        title=budget.title,
        seconds=budget.seconds,
        count=count,
        over=over,
        measured=percentile(durations, budget.percentile),
        chance=chance,
        status="failed" if chance < SIGNIFICANCE else "passed" if allowed else "undecided",
    )


def tail(successes: int, count: int, probability: float) -> float:
    """The probability of so many successes or more in `count` independent tries."""
    if successes <= 0:
        return 1.0
    if probability <= 0:
        return 0.0
    logs = [
        math.lgamma(count + 1)
        - math.lgamma(number + 1)
        - math.lgamma(count - number + 1)
        + number * math.log(probability)
        + (count - number) * math.log1p(-probability)
        for number in range(successes, count + 1)
    ]
    return min(1.0, math.fsum(map(math.exp, logs)))


def percentile(values: Iterable[float], percent: float) -> float:
    """The smallest value that so many percent of all do not pass (nearest rank); 0 where there are none."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    rank = math.ceil(round(percent / 100 * len(ordered), 9))
    return ordered[max(0, min(len(ordered), rank) - 1)]
