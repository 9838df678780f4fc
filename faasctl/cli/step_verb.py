"""The verbs that carry out one step and take no options of their own."""

from __future__ import annotations

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb
from faasctl.rollout.changes import Step


def step_verb(step: Step, *, explanation: str, example: str) -> typer.Typer:
    """The program of a verb that is named like its step."""
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

    @app.command(name=step, help=explanation, epilog=f"Example: {example}")
    def command(
        file: options.File = options.DEFAULT_FILE,
        target: options.Target = None,
        output: options.Output = OutputForm.text,
        no_input: options.NoInput = False,
        timeout: options.Timeout = options.DEFAULT_TIMEOUT,  # type: ignore[assignment]  # parsed by the option
    ) -> None:
        from faasctl.cli.rolling import roll_out

        run = Run(step, file=file, target=target, output=output, no_input=no_input, timeout=timeout)
        run_verb(run, lambda run: roll_out(run, [step]))

    return app
