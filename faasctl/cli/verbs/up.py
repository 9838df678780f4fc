"""`faasctl up`."""

from __future__ import annotations

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command(epilog="Example: faasctl up --file bot.yaml.example")
def up(
    file: options.File = options.DEFAULT_FILE,
    target: options.Target = None,
    output: options.Output = OutputForm.text,
    no_input: options.NoInput = False,
    timeout: options.Timeout = options.DEFAULT_TIMEOUT,  # type: ignore[assignment]  # parsed by the option
    accept_data_disclaimer: options.AcceptDisclaimer = False,
    accepted_by: options.AcceptedBy = None,
    strict: options.Strict = False,
) -> None:
    """Create, deploy, attach, accept the data disclaimer, test the connection; what holds already is skipped."""
    from faasctl.cli.rolling import roll_out
    from faasctl.rollout.changes import STEPS

    run = Run("up", file=file, target=target, output=output, no_input=no_input, timeout=timeout)
    run_verb(
        run,
        lambda run: roll_out(run, STEPS, accepted=accept_data_disclaimer, accepted_by=accepted_by, strict=strict),
    )
