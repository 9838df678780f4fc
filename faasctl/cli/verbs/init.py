"""`faasctl init`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The function's name: letters, digits and underscores.")]
Folder = Annotated[Path, typer.Option("--folder", metavar="FOLDER", help="Where to write; made if it is missing.")]


@app.command(epilog="Example: faasctl init OrderBot --folder my-bot")
def init(
    name: Name = "MyBot",
    folder: Folder = Path(),
    output: options.Output = OutputForm.text,
) -> None:
    """Write a new bot.yaml with a function and a first scenario. Never overwrites a file."""
    run_verb(Run("init", output=output), lambda run: _init(run, folder, name))


def _init(run: Run, folder: Path, name: str) -> None:
    from faasctl.scaffold import scaffold

    written = [str(path) for path in scaffold(folder, name)]
    run.outcome.result = {"written": written}
    definition = next(path for path in written if path.endswith("bot.yaml"))
    run.outcome.text = "\n".join(f"wrote {path}" for path in written)
    run.outcome.next = f"faasctl up --file {shlex.quote(definition)}"
