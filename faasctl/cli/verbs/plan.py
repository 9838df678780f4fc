"""`faasctl plan`."""

from __future__ import annotations

from typing import Annotated

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb
from faasctl.exit_codes import ExitCode

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

Detailed = Annotated[
    bool,
    typer.Option("--detailed-exitcode", help="Exit 10 when something would change.", show_default=False),
]


@app.command(epilog="Example: faasctl plan --detailed-exitcode --output json")
def plan(
    file: options.File = options.DEFAULT_FILE,
    target: options.Target = None,
    output: options.Output = OutputForm.text,
    timeout: options.Timeout = options.DEFAULT_TIMEOUT,  # type: ignore[assignment]  # parsed by the option
    detailed_exitcode: Detailed = False,
) -> None:
    """Show what `up` would change, and change nothing."""
    run = Run("plan", file=file, target=target, output=output, timeout=timeout)
    run_verb(run, lambda run: _plan(run, detailed=detailed_exitcode))


def _plan(run: Run, *, detailed: bool) -> None:
    definition = run.definition()

    from faasctl.cli.rolling import journal_of
    from faasctl.cli.target import open_account
    from faasctl.rollout.actual import read_actual
    from faasctl.rollout.planning import plan as make_plan
    from faasctl.rollout.wanted import wanted

    want = wanted(definition)
    with open_account(definition, deadline=run.deadline) as account:
        actual = read_actual(definition, account.platform, account.bots)
    changes = make_plan(want, actual, passed=journal_of(definition).passed)
    run.outcome.result = {"changes": [change.as_json() for change in changes]}
    run.outcome.text = (
        "\n".join(f"{change.step:<18} {change.action} {change.subject}: {change.reason}" for change in changes)
        or "nothing to change"
    )
    if changes and detailed:
        run.outcome.exit_code = ExitCode.CHANGES_PENDING
