"""`faasctl emulator start | status | stop | reset`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb

if TYPE_CHECKING:
    from pathlib import Path

app = typer.Typer(
    help="The local platform of the definitions in a folder. Verbs find a running one by themselves.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)

Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="Where to listen; 0 takes a free port.")]


@app.command(epilog="Example: faasctl emulator start --port 8080")
def start(
    file: options.File = options.DEFAULT_FILE,
    port: Port = 0,
    output: options.Output = OutputForm.text,
    timeout: options.Timeout = "30s",  # type: ignore[assignment]  # parsed by the option
) -> None:
    """Start it in the background, on 127.0.0.1 alone; one that runs already is kept."""
    run_verb(Run("emulator start", file=file, output=output, timeout=timeout), lambda run: _start(run, file, port))


@app.command(epilog="Example: faasctl emulator status --output json")
def status(file: options.File = options.DEFAULT_FILE, output: options.Output = OutputForm.text) -> None:
    """Tell whether one runs, and where."""
    run_verb(Run("emulator status", file=file, output=output), lambda run: _status(run, file))


@app.command(epilog="Example: faasctl emulator stop")
def stop(
    file: options.File = options.DEFAULT_FILE,
    output: options.Output = OutputForm.text,
    timeout: options.Timeout = "30s",  # type: ignore[assignment]  # parsed by the option
) -> None:
    """End it, with every function process. What the account holds stays."""
    run_verb(Run("emulator stop", file=file, output=output, timeout=timeout), lambda run: _stop(run, file))


@app.command(epilog="Example: faasctl emulator reset")
def reset(file: options.File = options.DEFAULT_FILE, output: options.Output = OutputForm.text) -> None:
    """Throw away all that its accounts hold. A running one must be stopped first."""
    run_verb(Run("emulator reset", file=file, output=output), lambda run: _reset(run, file))


def _start(run: Run, file: Path, port: int) -> None:
    from faasctl.cli.target import emulator_folder
    from faasctl.emulator.background import start_in_background
    from faasctl.emulator.endpoint import read_endpoint

    folder = emulator_folder(file)
    before = read_endpoint(folder)
    endpoint = before or start_in_background(folder, port=port, timeout=run.deadline.remaining())
    run.outcome.result = {
        "running": True,
        "started": before is None,
        "url": endpoint.url,
        "pid": endpoint.pid,
        "folder": str(folder),
    }
    how = "started" if before is None else "runs already"
    run.outcome.text = f"emulator {how} at {endpoint.url} (process {endpoint.pid})"


def _status(run: Run, file: Path) -> None:
    from faasctl.cli.target import emulator_folder
    from faasctl.emulator.endpoint import read_endpoint

    folder = emulator_folder(file)
    endpoint = read_endpoint(folder)
    run.outcome.result = {
        "running": endpoint is not None,
        "url": endpoint.url if endpoint else None,
        "pid": endpoint.pid if endpoint else None,
        "folder": str(folder),
    }
    run.outcome.text = (
        f"emulator runs at {endpoint.url} (process {endpoint.pid})"
        if endpoint
        else "no emulator runs; verbs start one for themselves while they work"
    )


def _stop(run: Run, file: Path) -> None:
    from faasctl.cli.target import emulator_folder
    from faasctl.emulator.background import stop as stop_emulator
    from faasctl.emulator.endpoint import read_endpoint

    endpoint = read_endpoint(emulator_folder(file))
    if endpoint is not None:
        stop_emulator(endpoint, timeout=run.deadline.remaining())
    run.outcome.result = {"stopped": endpoint is not None}
    run.outcome.text = "emulator stopped" if endpoint else "no emulator runs"


def _reset(run: Run, file: Path) -> None:
    from faasctl.cli.target import emulator_folder
    from faasctl.emulator.background import reset as reset_emulator

    folder = emulator_folder(file)
    existed = (folder / "state.sqlite3").exists()
    reset_emulator(folder)
    run.outcome.result = {"reset": existed}
    run.outcome.text = "the emulator's state is thrown away" if existed else "there was no state"
