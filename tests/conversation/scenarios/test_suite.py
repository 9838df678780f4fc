"""Many scenarios: order, repeats, the end after the first failure, errors beside failures."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.conversation.scenarios.results import SuiteResult
from faasctl.conversation.scenarios.suite import Suite, SuiteSettings, Task
from faasctl.errors import Unreachable
from tests.conversation.scenarios.conftest import SETTINGS, Bot, Load

if TYPE_CHECKING:
    from faasctl.conversation.invoker import Invoker

TEXT = "scenarios:\n" + "".join(
    f"  - {{name: s{number}, steps: [{{says: s{number}, expect: {{texts: [s{number}]}}}}]}}\n"
    for number in range(8)
)

Run = Callable[..., tuple[SuiteResult, list[str]]]


@pytest.fixture
def run(load: Load) -> Run:
    """Runs a file of scenarios; gives the result, and the names in the order in which they began."""

    def ran(text: str = TEXT, bot: Bot | None = None, **settings: Any) -> tuple[SuiteResult, list[str]]:
        begun: list[str] = []

        @contextlib.contextmanager
        def invoker_for(task: Task) -> Iterator[Invoker]:
            begun.append(task.scenario.name)
            if "unreachable" in task.scenario.name:
                raise Unreachable("nobody there")
            yield bot or Bot()

        chosen = SuiteSettings(**{"seed": 1, **settings})
        suite = Suite([load(text)], SETTINGS, chosen, invoker_for=invoker_for)
        return suite.run(), begun

    return ran


def test_results_are_in_the_order_of_the_file_and_the_run_in_that_of_the_seed(run: Run) -> None:
    first, order = run()
    second, again = run()
    _, other = run(seed=2)
    assert [result.name for result in first.results] == [f"s{number}" for number in range(8)]
    assert [result.name for result in second.results] == [result.name for result in first.results]
    assert order == again
    assert order != other
    assert sorted(order) == sorted(other)
    assert first.count("passed") == 8


def test_repeats_are_told_apart(run: Run) -> None:
    suite, _ = run(TEXT.split("  - {name: s1")[0], repeat=3)
    assert [result.name for result in suite.results] == ["s0", "s0 (repeat 2)", "s0 (repeat 3)"]


def test_many_at_once_give_the_same_results(run: Run) -> None:
    suite, _ = run(workers=6)
    assert suite.count("passed") == 8


def test_fail_fast_begins_nothing_more(run: Run) -> None:
    suite, begun = run(bot=Bot(answers={f"s{number}": {"messages": ["x"]} for number in range(8)}), fail_fast=True)
    assert (suite.count("failed"), suite.count("not-run")) == (1, 7)
    assert len(begun) == 1


def test_a_scenario_that_could_not_run_is_an_error_and_no_failure(run: Run) -> None:
    suite, _ = run("scenarios:\n  - {name: unreachable, steps: [{says: x}]}\n  - {name: a, steps: [{says: x}]}\n")
    assert [result.status for result in suite.results] == ["error", "passed"]
    assert isinstance(suite.results[0].error, Unreachable)


def test_budgets_are_judged_over_all_repeats(run: Run) -> None:
    text = "latency: {p50: 1ms}\nscenarios:\n  - {name: a, steps: [{says: x}]}\n"
    suite, _ = run(text, repeat=12)
    (budget,) = suite.budgets
    assert (budget.status, budget.count, budget.over) == ("failed", 12, 12)
