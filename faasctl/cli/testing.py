"""What `faasctl test` does: scenarios read, the account brought up to the definition, conversations held."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from faasctl.cli.chosen_function import function_there
from faasctl.cli.covering import Covering
from faasctl.cli.recording import record_all
from faasctl.errors import CheckFailed, NotFound, UsageError

if TYPE_CHECKING:
    from faasctl.cli.run import Run
    from faasctl.conversation.invoker import Invoker
    from faasctl.conversation.scenarios.coverage import FileCoverage
    from faasctl.conversation.scenarios.model import ScenarioFile
    from faasctl.conversation.scenarios.results import SuiteResult
    from faasctl.conversation.scenarios.suite import SuiteSettings, Task
    from faasctl.definition.model import Definition
    from faasctl.liveperson.platform import Platform
    from faasctl.liveperson.signed_in import SignedInAccount
    from faasctl.report.scenarios.files import WantedReport
    from faasctl.rollout.bots import BotConfigurations

    InvokerFor = Callable[[Task], AbstractContextManager[Invoker]]

_MOST_WORKERS = 8
_LARGEST_SEED = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TestWish:
    """What the command line asks for."""

    __test__ = False  # pytest takes a class of this name for a test

    files: tuple[Path, ...]
    tags: frozenset[str]
    reports: tuple[WantedReport, ...]
    seed: int | None
    repeat: int
    fail_fast: bool
    workers: int | None
    hooks: bool
    faults: bool
    coverage: bool
    coverage_min: float | None
    record: bool


def run_tests(run: Run, wish: TestWish) -> None:
    """Fills the outcome; CheckFailed where a scenario failed, and the first error where one could not run."""
    from faasctl.report.scenarios.files import make_room

    definition = run.definition()
    if wish.coverage and definition.target != "local":
        raise UsageError("coverage is told on the local platform alone", hint="Add --target local.")
    files = chosen(read_all(definition, wish.files), wish.tags)
    make_room(wish.reports)
    with _account(run, definition) as platform:
        uuids = uuids_of(definition, platform)
        covering = Covering(definition, uuids) if wish.coverage else None
        suite = _play(run, definition, wish, files, invokers(definition, platform, uuids, covering))
    coverage = covering.files() if covering is not None else []
    if wish.record:
        record_all(run, files, suite)
    _report(run, wish, suite, coverage)
    _raise_for(suite, coverage, wish.coverage_min)


def read_all(definition: Definition, named: Sequence[Path]) -> tuple[ScenarioFile, ...]:
    """The scenarios of the files and folders that were named, else of the definition's folder."""
    from faasctl.conversation.scenarios.load import load_scenarios, scenario_files

    if not named and definition.conversations is None:
        raise UsageError(
            "there are no scenarios: none is named, and the definition has no folder of conversations",
            hint="Add `conversations: conversations/` to the definition, or name files.",
        )
    places = list(named) or [definition.conversations or Path()]
    paths: list[Path] = []
    for place in places:
        found = scenario_files(place) if place.is_dir() else [place]
        if not found:
            raise UsageError(f"there is no scenario file in {place}", hint="Scenario files end in .yaml or .yml.")
        paths += found
    return load_scenarios(dict.fromkeys(paths))


def chosen(files: Sequence[ScenarioFile], tags: frozenset[str]) -> tuple[ScenarioFile, ...]:
    """The files with those scenarios that have one of the tags; UsageError where none has."""
    kept = tuple(
        replace(
            file,
            scenarios=tuple(scenario for scenario in file.scenarios if not tags or scenario.tags & tags),
        )
        for file in files
    )
    if any(file.scenarios for file in kept):
        return kept
    if not tags:
        raise UsageError("the scenario files hold no scenario", hint="Write one: docs/scenarios.md shows how.")
    known = sorted({tag for file in files for scenario in file.scenarios for tag in scenario.tags})
    raise UsageError(
        f"no scenario has the tag {' or '.join(sorted(tags))}",
        hint=f"Known tags: {', '.join(known)}." if known else "No scenario has a tag.",
    )


@contextlib.contextmanager
def _account(run: Run, definition: Definition) -> Iterator[Platform]:
    """The signed-in account; on the local target it holds what the definition says."""
    from faasctl.cli.target import open_account

    with contextlib.ExitStack() as stack:
        if definition.target == "local":
            _bring_up(run, definition, stack)
        account = stack.enter_context(open_account(definition, deadline=run.deadline))
        if definition.target != "local":
            _note_differences(run, definition, account.platform, account.bots)
        yield account.platform


def _bring_up(run: Run, definition: Definition, stack: contextlib.ExitStack) -> None:
    """Pushes and deploys; one emulator serves this and the conversations, offline where nothing else is said."""
    from faasctl.cli.own_emulator import cold_start_of, hold_emulator
    from faasctl.cli.rolling import roll_out
    from faasctl.cli.target import emulator_folder
    from faasctl.emulator.endpoint import read_endpoint

    folder = emulator_folder(definition.path)
    if read_endpoint(folder) is None:
        stack.enter_context(
            hold_emulator(
                folder,
                cold_start_seconds=cold_start_of(definition),
                offline=definition.emulator.offline is not False,  # a test should not hang on who else is up
            )
        )
    roll_out(run, ("create", "deploy"), definition=definition)
    run.outcome.next = None


def _note_differences(run: Run, definition: Definition, platform: Platform, bots: BotConfigurations) -> None:
    """On an account of LivePerson what is deployed is tested; a person is told where the definition differs."""
    from faasctl.rollout.actual import read_actual
    from faasctl.rollout.events import Noted
    from faasctl.rollout.planning import changes_of
    from faasctl.rollout.wanted import wanted

    want = wanted(definition)
    actual = read_actual(definition, platform, bots)
    changes = [
        change
        for step in ("create", "deploy")
        for change in changes_of(step, want, actual, passed=None, pending=[])
    ]
    if changes:
        told = "; ".join(f"{change.action} {change.subject}" for change in changes)
        run.tell(Noted(text=f"what is deployed is tested, and it differs from the definition ({told})"))


def _play(
    run: Run,
    definition: Definition,
    wish: TestWish,
    files: Sequence[ScenarioFile],
    invoker_for: InvokerFor,
) -> SuiteResult:
    from faasctl.conversation.connector_settings import connector_settings
    from faasctl.conversation.scenarios.suite import Suite
    from faasctl.report.scenarios.progress import progress_for

    settings = _suite_settings(definition, wish)
    progress = progress_for(run.output.value)
    suite = Suite(
        files,
        connector_settings(definition),
        settings,
        invoker_for=invoker_for,
        tell=progress.finished,
    )
    run.when_interrupted = _again(settings.seed)
    progress.started(len(suite.tasks), settings.seed)
    result: SuiteResult | None = None
    try:
        result = suite.run()
    finally:
        progress.ended(result)
    return result


def _suite_settings(definition: Definition, wish: TestWish) -> SuiteSettings:
    import random

    from faasctl.conversation.scenarios.suite import SuiteSettings
    from faasctl.conversation.scenarios.variations import VARIATIONS

    usual = min(_MOST_WORKERS, 2 * (os.cpu_count() or 1)) if definition.target == "local" else 1
    return SuiteSettings(
        seed=random.randrange(_LARGEST_SEED) if wish.seed is None else wish.seed,  # noqa: S311 - an order
        workers=wish.workers or usual,
        repeat=wish.repeat,
        fail_fast=wish.fail_fast,
        hooks=wish.hooks,
        expecting=not wish.record,
        variations=VARIATIONS if wish.faults else (),
    )


def uuids_of(definition: Definition, platform: Platform) -> dict[str, str]:
    """The functions that the account holds, by their role in the definition; NotFound without the bot's own."""
    there = {function.name: function.uuid for function in platform.functions()}
    if definition.function.name not in there:
        raise NotFound(f"function {definition.function.name} does not exist", hint="Run `faasctl up` first.")
    for spec in definition.functions:
        if spec.name in there and definition.target != "local":
            function_there(spec, platform)  # what it knows of secrets becomes known to the redactor
    return {spec.role: there[spec.name] for spec in definition.functions if spec.name in there}


def invokers(
    definition: Definition, platform: Platform, uuids: dict[str, str], covering: Covering | None
) -> InvokerFor:
    """How a scenario calls the functions; on the local target in processes that are its own."""
    import uuid

    from faasctl.conversation.platform_invoker import PlatformInvoker
    from faasctl.liveperson.isolated import Isolation

    @contextlib.contextmanager
    def shared(_: Task) -> Iterator[Invoker]:
        yield PlatformInvoker(platform, uuids)

    @contextlib.contextmanager
    def isolated(task: Task) -> Iterator[Invoker]:
        name = f"{task.number}-{uuid.uuid4().hex}"
        with Isolation(cast("SignedInAccount", platform), name, covered=covering is not None) as own:
            yield PlatformInvoker(cast("Platform", own.platform), uuids)
            if covering is not None:
                covering.add(task.scenario.name, own.coverage())

    return isolated if definition.target == "local" else shared


def _report(run: Run, wish: TestWish, suite: SuiteResult, coverage: Sequence[FileCoverage]) -> None:
    from faasctl.cli.options import OutputForm
    from faasctl.report.scenarios.files import write_reports

    if run.output is OutputForm.json:
        from faasctl.report.scenarios.as_json import suite_as_json

        run.outcome.result |= suite_as_json(suite)
    if coverage:
        from faasctl.report.scenarios.coverage_lines import coverage_as_json, coverage_lines
        from faasctl.report.streams import to_stderr

        run.outcome.result["coverage"] = coverage_as_json(coverage)
        if run.output is OutputForm.text:
            for line in coverage_lines(coverage):
                to_stderr(line)
    title = f"faasctl test {run.outcome.definition}"
    write_reports(wish.reports, suite, title=title, coverage=coverage)


def _raise_for(suite: SuiteResult, coverage: Sequence[FileCoverage], coverage_min: float | None) -> None:
    failed, broken = suite.count("failed"), [result for result in suite.results if result.error is not None]
    total = len(suite.results)
    told = [f"{failed} of {total} {'scenario' if total == 1 else 'scenarios'} failed"] if failed else []
    budgets = sum(budget.status == "failed" for budget in suite.budgets)
    if budgets:
        told.append(f"{budgets} latency {'budget is' if budgets == 1 else 'budgets are'} broken")
    told += _too_little(coverage, coverage_min)
    if told:
        if broken:
            told.append(f"{len(broken)} could not run")
        raise CheckFailed("; ".join(told), hint=_again(suite.seed))
    if broken:
        first = broken[0].error
        assert first is not None  # noqa: S101 - chosen so above
        scenarios = "scenario" if total == 1 else "scenarios"
        message = f"{len(broken)} of {total} {scenarios} could not run; the first: {first.message}"
        raise type(first)(message, hint=first.hint)


def _again(seed: int) -> str:
    return f"The same order again: --seed {seed}."


def _too_little(coverage: Sequence[FileCoverage], least: float | None) -> list[str]:
    if least is None:
        return []
    from faasctl.conversation.scenarios.coverage import total

    return [
        f"{reached:.1f} % of {what} ran, {least:g} % must"
        for what, reached in total(coverage).items()
        if reached < least
    ]
