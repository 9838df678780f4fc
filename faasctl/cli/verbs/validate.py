"""`faasctl validate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb
from faasctl.errors import InvalidDefinition
from faasctl.findings import Finding

if TYPE_CHECKING:
    from faasctl.definition.model import Definition

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
    try:
        definition = run.definition(review=True)
    except InvalidDefinition as error:
        raise InvalidDefinition([*error.findings, *_findings_in_scenarios(run)], hint=error.hint) from None
    found = _findings_in_replies(definition)
    scenarios = 0
    if definition.conversations is not None:
        from faasctl.conversation.scenarios.load import read_scenarios, scenario_files

        files, wrong = read_scenarios(scenario_files(definition.conversations))
        found += wrong
        scenarios = sum(len(file.scenarios) for file in files)
    if any(finding.severity == "error" for finding in found):
        raise InvalidDefinition(found)
    functions = [spec.name for spec in definition.functions]
    run.outcome.result = {"valid": True, "functions": functions, "scenarios": scenarios}
    with_warnings = run.outcome.advise([*definition.advice, *found])
    told = f", {scenarios} {'scenario' if scenarios == 1 else 'scenarios'}" if scenarios else ""
    run.outcome.text = f"{run.outcome.definition} is valid{with_warnings}: {', '.join(functions)}{told}"


def _findings_in_replies(definition: Definition) -> list[Finding]:
    if not definition.replies:
        return []
    from faasctl.conversation.written_replies import reply_findings

    return reply_findings(definition)


def _findings_in_scenarios(run: Run) -> list[Finding]:
    """So that mistakes in the definition hide none in the scenarios."""
    from faasctl.conversation.scenarios.load import folder_named_in, read_scenarios, scenario_files

    folder = folder_named_in(Path(str(run.outcome.definition)))
    return read_scenarios(scenario_files(folder))[1] if folder is not None else []
