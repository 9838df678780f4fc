"""`faasctl accept-disclaimer`."""

from __future__ import annotations

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command(epilog="Example: faasctl accept-disclaimer --accept-data-disclaimer --accepted-by jane@example.com")
def accept_disclaimer(
    file: options.File = options.DEFAULT_FILE,
    target: options.Target = None,
    output: options.Output = OutputForm.text,
    no_input: options.NoInput = False,
    timeout: options.Timeout = options.DEFAULT_TIMEOUT,  # type: ignore[assignment]  # parsed by the option
    accept_data_disclaimer: options.AcceptDisclaimer = False,
    accepted_by: options.AcceptedBy = None,
) -> None:
    """Record a person's consent to the data disclaimer, who and when; the bot then goes online."""
    from faasctl.cli.rolling import roll_out

    run = Run("accept-disclaimer", file=file, target=target, output=output, no_input=no_input, timeout=timeout)
    run_verb(
        run,
        lambda run: roll_out(run, ["accept-disclaimer"], accepted=accept_data_disclaimer, accepted_by=accepted_by),
    )
