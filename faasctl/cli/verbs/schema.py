"""`faasctl schema`."""

from __future__ import annotations

import json

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command(epilog="Example: faasctl schema > bot.schema.json")
def schema(output: options.Output = OutputForm.text) -> None:
    """Print the JSON Schema of bot.yaml, for editors that complete and check while you type."""
    run_verb(Run("schema", output=output), _schema)


def _schema(run: Run) -> None:
    from faasctl.definition.schema import definition_schema

    run.outcome.result = definition_schema()
    run.outcome.text = json.dumps(run.outcome.result, indent=2)
