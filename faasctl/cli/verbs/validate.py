"""`faasctl validate`."""

from __future__ import annotations

from pathlib import Path

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
    """Check the definition, the functions' code and the scenarios, without any account; every mistake is told.

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
    scenarios = 0 if definition.conversations is None else _count_scenarios(definition.conversations)
    run.outcome.result = {"valid": True, "functions": functions, "scenarios": scenarios}
    with_warnings = run.outcome.advise(definition.advice)
    told = f", {scenarios} {'scenario' if scenarios == 1 else 'scenarios'}" if scenarios else ""
    run.outcome.text = f"{run.outcome.definition} is valid{with_warnings}: {', '.join(functions)}{told}"


def _count_scenarios(folder: Path) -> int:
    """How many there are; InvalidDefinition with every mistake in their files."""
    from faasctl.conversation.scenarios.load import load_scenarios, scenario_files

    return sum(len(file.scenarios) for file in load_scenarios(scenario_files(folder)))
