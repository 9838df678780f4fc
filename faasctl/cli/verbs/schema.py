"""`faasctl schema`."""

from __future__ import annotations

import json
from enum import Enum
from typing import Annotated

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


class KindName(str, Enum):
    definition = "definition"
    scenarios = "scenarios"


Kind = Annotated[KindName, typer.Option("--kind", help="Of bot.yaml, or of scenario files.")]


@app.command(epilog="Example: faasctl schema > bot.schema.json")
def schema(kind: Kind = KindName.definition, output: options.Output = OutputForm.text) -> None:
    """Print the JSON Schema of bot.yaml or of scenario files, for editors that complete and check as you type."""
    run_verb(Run("schema", output=output), lambda run: _schema(run, kind))


def _schema(run: Run, kind: KindName) -> None:
    if kind is KindName.scenarios:
        from faasctl.conversation.scenarios.schema import scenario_schema

        run.outcome.result = scenario_schema()
    else:
        from faasctl.definition.schema import definition_schema

        run.outcome.result = definition_schema()
    run.outcome.text = json.dumps(run.outcome.result, indent=2)
