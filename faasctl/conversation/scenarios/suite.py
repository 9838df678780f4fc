"""Many scenarios side by side, in an order that a seed gives."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from faasctl.conversation.scenarios.latency import judge_budgets
from faasctl.conversation.scenarios.results import ScenarioResult, SuiteResult
from faasctl.conversation.scenarios.running import run_scenario
from faasctl.errors import FaasctlError

if TYPE_CHECKING:
    from faasctl.conversation.connector_settings import ConnectorSettings
    from faasctl.conversation.invoker import Invoker
    from faasctl.conversation.scenarios.model import Scenario, ScenarioFile
    from faasctl.conversation.scenarios.variations import Variation


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One scenario to run; `number` tells tasks apart, `variation` is how it differs, with `--faults`."""

    number: int
    scenario: Scenario
    repeat: int = 1
    variation: Variation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteSettings:
    """`workers` scenarios run at once, in the order of `seed`; unless `expecting`, nothing is judged."""

    seed: int
    workers: int = 1
    repeat: int = 1
    fail_fast: bool = False
    hooks: bool = True
    expecting: bool = True
    variations: tuple[Variation, ...] = ()


class Suite:
    """`invoker_for` gives the functions of one task, for as long as it runs; `tell` hears of each result."""

    def __init__(
        self,
        files: Sequence[ScenarioFile],
        settings: ConnectorSettings,
        suite: SuiteSettings,
        *,
        invoker_for: Callable[[Task], AbstractContextManager[Invoker]],
        tell: Callable[[ScenarioResult], None] = lambda _: None,
    ) -> None:
        self._files = files
        self._settings = settings
        self._suite = suite
        self._invoker_for = invoker_for
        self._tell = tell
        self._ended = threading.Event()
        self.tasks = tasks_of(files, suite)

    def run(self) -> SuiteResult:
        """Runs everything; results are in the order of the files. Ctrl-C ends it after what is under way."""
        started = time.perf_counter()
        order = list(self.tasks)
        random.Random(self._suite.seed).shuffle(order)  # noqa: S311 - an order, no secret
        results: dict[int, ScenarioResult] = {}
        with ThreadPoolExecutor(max_workers=self._suite.workers, thread_name_prefix="scenario") as pool:
            try:
                pending = {pool.submit(self._run, task): task for task in order}
                self._collect(pending, results)
            except BaseException:
                self._ended.set()
                pool.shutdown(wait=True, cancel_futures=True)
                raise
        ordered = tuple(results[task.number] for task in self.tasks)
        return SuiteResult(
            results=ordered,
            budgets=() if self._suite.variations else judge_budgets(self._files, ordered),
            seed=self._suite.seed,
            seconds=time.perf_counter() - started,
        )

    def _collect(self, pending: dict[Future[ScenarioResult], Task], results: dict[int, ScenarioResult]) -> None:
        for future in as_completed(pending):
            result = future.result()
            results[pending[future].number] = result
            if result.status != "not-run":
                self._tell(result)

    def _run(self, task: Task) -> ScenarioResult:
        if self._ended.is_set():
            return _named(task, ScenarioResult(scenario=task.scenario, status="not-run"))
        try:
            with self._invoker_for(task) as invoker:
                result = self._play(task, invoker)
        except FaasctlError as error:
            result = ScenarioResult(scenario=task.scenario, status="error", error=error)
        if result.status != "passed" and self._suite.fail_fast:
            self._ended.set()
        return _named(task, result)

    def _play(self, task: Task, invoker: Invoker) -> ScenarioResult:
        if task.variation is None:
            suite = self._suite
            return run_scenario(
                task.scenario, self._settings, invoker, hooks=suite.hooks, expecting=suite.expecting
            )
        return task.variation.play(task.scenario, self._settings, invoker, hooks=self._suite.hooks)


def tasks_of(files: Iterable[ScenarioFile], suite: SuiteSettings) -> tuple[Task, ...]:
    variations: tuple[Variation | None, ...] = suite.variations or (None,)
    pairs = [
        (scenario, variation, repeat)
        for file in files
        for scenario in file.scenarios
        for variation in variations
        if variation is None or variation.suits(scenario)
        for repeat in range(1, suite.repeat + 1)
    ]
    return tuple(
        Task(number=number, scenario=scenario, variation=variation, repeat=repeat)
        for number, (scenario, variation, repeat) in enumerate(pairs)
    )


def _named(task: Task, result: ScenarioResult) -> ScenarioResult:
    variation = None if task.variation is None else task.variation.name
    return replace(result, repeat=task.repeat, variation=variation)
