"""`faasctl validate`."""

from __future__ import annotations

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb
from faasctl.errors import InvalidDefinition

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command(epilog="Example: faasctl validate --file bot.yaml --output json")
def validate(
    file: options.File = options.DEFAULT_FILE,
    target: options.Target = None,
    output: options.Output = OutputForm.text,
) -> None:
    """Check the definition and the functions' code, without any account. Every mistake is told in one pass.

    Where nothing is wrong, what is likely to be is told as a warning, which leaves the exit status as it is.
    """
    run_verb(Run("validate", file=file, target=target, output=output), _validate)


def _validate(run: Run) -> None:
    definition = run.definition(review=True)
    if definition.replies:
        from faasctl.conversation.written_replies import reply_findings

        found = reply_findings(definition)
        if found:
            raise InvalidDefinition(found)
    functions = [spec.name for spec in definition.functions]
    run.outcome.result = {"valid": True, "functions": functions}
    with_warnings = run.outcome.advise(definition.advice)
    run.outcome.text = f"{run.outcome.definition} is valid{with_warnings}: {', '.join(functions)}"
