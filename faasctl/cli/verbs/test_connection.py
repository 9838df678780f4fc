"""`faasctl test-connection`."""

from __future__ import annotations

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command(epilog="Example: faasctl test-connection --strict")
def test_connection(
    file: options.File = options.DEFAULT_FILE,
    target: options.Target = None,
    output: options.Output = OutputForm.text,
    no_input: options.NoInput = False,
    timeout: options.Timeout = options.DEFAULT_TIMEOUT,  # type: ignore[assignment]  # parsed by the option
    strict: options.Strict = False,
) -> None:
    """Check what the connector would find: function, event, deployment, answers to a probe and a welcome."""
    from faasctl.cli.rolling import roll_out

    run = Run("test-connection", file=file, target=target, output=output, no_input=no_input, timeout=timeout)
    run_verb(run, lambda run: roll_out(run, ["test-connection"], strict=strict, always_test=True))
