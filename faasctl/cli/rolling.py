"""What all verbs that change an account have in common: lock, account, journal, runner."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from faasctl.cli.options import DEFAULT_FILE
from faasctl.rollout.changes import STEPS, Step

if TYPE_CHECKING:
    from pathlib import Path

    from faasctl.cli.run import Run
    from faasctl.definition.model import Definition
    from faasctl.rollout.journal import Journal


def roll_out(
    run: Run,
    steps: Sequence[Step],
    *,
    accepted: bool = False,
    accepted_by: str | None = None,
    strict: bool = False,
    always_test: bool = False,
    definition: Definition | None = None,
) -> None:
    """Carries out `steps` of the run's definition on its target, one run at a time."""
    definition = definition or run.definition()

    from faasctl.cli.confirming import confirm_protected, confirmer
    from faasctl.cli.consent import find_consent
    from faasctl.cli.early import inspector
    from faasctl.cli.target import open_account, state_folder
    from faasctl.rollout.events import Noted
    from faasctl.rollout.generation import check_generation
    from faasctl.rollout.lock import held
    from faasctl.rollout.runner import Runner, Surroundings
    from faasctl.rollout.wanted import wanted

    want = wanted(definition)
    lock = state_folder(definition.path) / f"{definition.path.name}.lock"
    with (
        held(lock, verb=run.verb, deadline=run.deadline, on_wait=lambda text: run.tell(Noted(text=text))),
        open_account(definition, deadline=run.deadline, confirm=confirmer(run)) as account,
    ):
        if definition.target == "cloud" and "create" in steps:
            check_generation(want, account.platform.dialect, inspector())
        surroundings = Surroundings(
            platform=account.platform,
            bots=account.bots,
            journal=journal_of(definition),
            consent=lambda: find_consent(run, definition, accepted=accepted, accepted_by=accepted_by),
            tell=run.tell,
            deadline=run.deadline,
            before_writing=lambda: confirm_protected(run, definition),
            strict=strict,
        )
        runner = Runner(want, surroundings)
        try:
            runner.run(steps, always_test=always_test)
        finally:
            if runner.result is not None:
                run.outcome.result["test_connection"] = runner.result.as_json()
    run.outcome.next = _next(run, steps[-1])


def _next(run: Run, last: Step) -> str:
    file = run.outcome.definition
    named = "" if file in (None, str(DEFAULT_FILE)) else f" --file {shlex.quote(str(file))}"
    if last == STEPS[-1]:
        return f'faasctl invoke --message "hello"{named}'
    return f"faasctl {STEPS[STEPS.index(last) + 1]}{named}"


def journal_of(definition: Definition) -> Journal:
    """The journal of a definition on one target and account."""
    from faasctl.cli.target import state_folder
    from faasctl.rollout.journal import Journal

    return Journal(_journal_path(definition, state_folder(definition.path)))


def _journal_path(definition: Definition, folder: Path) -> Path:
    return folder / f"{definition.path.name}.{definition.target}.{definition.account}.journal"
