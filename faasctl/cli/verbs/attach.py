"""`faasctl attach`."""

from __future__ import annotations

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command(epilog="Example: faasctl attach")
def attach(
    file: options.File = options.DEFAULT_FILE,
    target: options.Target = None,
    output: options.Output = OutputForm.text,
    no_input: options.NoInput = False,
    timeout: options.Timeout = options.DEFAULT_TIMEOUT,  # type: ignore[assignment]  # parsed by the option
) -> None:
    """Save the bot's configuration, with function and hooks selected in its vendor settings.

    It stays a draft until the data disclaimer is accepted.
    """
    from faasctl.cli.rolling import roll_out

    run = Run("attach", file=file, target=target, output=output, no_input=no_input, timeout=timeout)
    run_verb(run, lambda run: roll_out(run, ["attach"]))
