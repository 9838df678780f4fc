"""`faasctl test`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb
from faasctl.report.scenarios.files import FORMATS, WantedReport, read_wish

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


def _report(text: str) -> WantedReport:
    try:
        return read_wish(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[FILE]...",
        help="Scenario files, or folders of them; the definition's folder of conversations if none is given.",
        show_default=False,
    ),
]
Tag = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="TAG", help="Only scenarios with this tag; may be repeated: any of them."),
]
Report = Annotated[
    list[WantedReport] | None,
    typer.Option(
        "--report",
        parser=_report,
        metavar="FORMAT[=FILE]",
        help=f"Write a report: {', '.join(FORMATS)}; may be repeated. github needs no file.",
        show_default=False,
    ),
]
Seed = Annotated[
    int | None,
    typer.Option("--seed", min=0, metavar="SEED", help="The order of an earlier run.", show_default=False),
]
Repeat = Annotated[
    int, typer.Option("--repeat", min=1, max=10_000, metavar="TIMES", help="Run each scenario so often.")
]
FailFast = Annotated[
    bool, typer.Option("--fail-fast", help="Begin no further scenario after one did not pass.", show_default=False)
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="COUNT",
        min=1,
        max=16,
        help="How many scenarios run at once.  [local: twice the cores, 8 at most; cloud: 1]",
        show_default=False,
    ),
]
WithoutHooks = Annotated[
    bool,
    typer.Option(
        "--without-hooks", help="As the platform's own Conversation Tester: no hook runs.", show_default=False
    ),
]
Faults = Annotated[
    bool,
    typer.Option(
        "--faults",
        help="Replay each scenario with faults and odd texts: no consumer may be left without an answer or an"
        " escalation, or read a stack trace.",
        show_default=False,
    ),
]

Record = Annotated[
    bool,
    typer.Option(
        "--record",
        help="Accept what the bot does now: write it into the scenario files as what they expect.",
        show_default=False,
    ),
]
Coverage = Annotated[
    bool,
    typer.Option(
        "--coverage",
        help="Tell which lines and branches of the functions ran; on the local target, where functions then run"
        " without containment.",
        show_default=False,
    ),
]
CoverageMin = Annotated[
    float | None,
    typer.Option(
        "--coverage-min",
        min=0,
        max=100,
        metavar="PERCENT",
        help="With --coverage: fewer lines, or fewer branches, are a failure.",
        show_default=False,
    ),
]


@app.command(epilog="Example: faasctl test --tag smoke --report junit=results.xml")
def test(
    files: Files = None,
    tag: Tag = None,
    report: Report = None,
    seed: Seed = None,
    repeat: Repeat = 1,
    fail_fast: FailFast = False,
    workers: Workers = None,
    without_hooks: WithoutHooks = False,
    faults: Faults = False,
    record: Record = False,
    coverage: Coverage = False,
    coverage_min: CoverageMin = None,
    file: options.File = options.DEFAULT_FILE,
    target: options.Target = None,
    output: options.Output = OutputForm.text,
    no_input: options.NoInput = False,
    timeout: options.Timeout = "30m",  # type: ignore[assignment]  # parsed by the option
) -> None:
    """Run the scenarios: conversations with the bot, and what it must do in them.

    On the local target the function is pushed and deployed first, and each scenario has processes of its own. On
    the cloud target what is deployed there is tested.
    """
    from faasctl.cli.testing import TestWish, run_tests

    if record and (faults or repeat > 1):
        raise typer.BadParameter("--record goes with neither --faults nor --repeat")
    wish = TestWish(
        files=tuple(files or ()),
        tags=frozenset(tag or ()),
        reports=tuple(report or ()),
        seed=seed,
        repeat=repeat,
        fail_fast=fail_fast,
        workers=workers,
        hooks=not without_hooks,
        faults=faults,
        coverage=coverage or coverage_min is not None or any(item.needs_coverage for item in report or ()),
        coverage_min=coverage_min,
        record=record,
    )
    run = Run("test", file=file, target=target, output=output, no_input=no_input, timeout=timeout)
    run_verb(run, lambda run: run_tests(run, wish))
