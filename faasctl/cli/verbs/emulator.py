"""`faasctl emulator start | status | stop | reset`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb
from faasctl.facts.network import allowed_host_problem

if TYPE_CHECKING:
    from pathlib import Path

    from faasctl.emulator.endpoint import Endpoint
    from faasctl.emulator.server_options import ServerOptions

app = typer.Typer(
    help="The local platform of the definitions in a folder. Verbs find a running one by themselves.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)

Port = Annotated[
    int,
    typer.Option("--port", min=0, max=65535, metavar="PORT", help="Where to listen; 0 takes a free port."),
]

Tls = Annotated[
    bool,
    typer.Option("--tls", help="Speak HTTPS too, with certificates of its own, for LivePerson's own clients."),
]
TlsPort = Annotated[
    int,
    typer.Option(
        "--tls-port", min=0, max=65535, metavar="PORT", help="Where to speak HTTPS; 0 takes a free port."
    ),
]

Instances = Annotated[
    int | None,
    typer.Option(
        "--instances",
        min=1,
        max=1000,
        metavar="COUNT",
        help="How many processes a function may have at once.  [8]",
    ),
]


@app.command(
    short_help="Start it in the background, on 127.0.0.1 alone.",
    epilog="Example: faasctl emulator start --port 8080",
)
def start(
    file: options.File = options.DEFAULT_FILE,
    port: Port = 0,
    tls: Tls = False,
    tls_port: TlsPort = 0,
    cold_start: options.ColdStart = None,
    instances: Instances = None,
    offline: options.Offline = False,
    allow_host: options.AllowHost = None,
    output: options.Output = OutputForm.text,
    timeout: options.Timeout = "30s",  # type: ignore[assignment]  # parsed by the option
) -> None:
    """Start it in the background, on 127.0.0.1 alone; one that runs already is kept."""
    run = Run("emulator start", file=file, output=output, timeout=timeout)
    for host in allow_host or ():
        if problem := allowed_host_problem(host):
            raise typer.BadParameter(f"--allow-host {host}: {problem}")
    if tls_port and not tls:
        raise typer.BadParameter("--tls-port needs --tls")

    from faasctl.emulator.server_options import ServerOptions

    chosen = ServerOptions(
        port=port,
        tls=tls,
        tls_port=tls_port,
        instances=instances,
        offline=offline,
        allowed_hosts=tuple(allow_host or ()),
    )
    run_verb(run, lambda run: _start(run, file, chosen, cold_start))


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


def _start(run: Run, file: Path, chosen: ServerOptions, cold_start: float | None) -> None:
    """`cold_start` is what the command line says, `chosen` the rest of it."""
    from faasctl.cli.own_emulator import cold_start_named
    from faasctl.cli.target import emulator_folder
    from faasctl.emulator.background import start_in_background
    from faasctl.emulator.endpoint import read_endpoint
    from faasctl.emulator.server_options import AS_USUAL
    from faasctl.rollout.events import Noted

    folder = emulator_folder(file)
    before = read_endpoint(folder)
    if before is not None and (cold_start or chosen != AS_USUAL):
        run.tell(Noted(text="it keeps the settings that it was started with; stop it first to change them"))
    seconds = cold_start_named() or 0.0 if cold_start is None else cold_start
    settings = replace(chosen, cold_start_seconds=seconds)
    endpoint = before or start_in_background(folder, settings, timeout=run.deadline.remaining())
    run.outcome.result = {"running": True, "started": before is None, **_address(endpoint), "folder": str(folder)}
    how = "started" if before is None else "runs already"
    run.outcome.text = f"emulator {how} {_where(endpoint)}"


def _status(run: Run, file: Path) -> None:
    from faasctl.cli.target import emulator_folder
    from faasctl.emulator.endpoint import read_endpoint

    folder = emulator_folder(file)
    endpoint = read_endpoint(folder)
    run.outcome.result = {"running": endpoint is not None, **_address(endpoint), "folder": str(folder)}
    run.outcome.text = (
        f"emulator runs {_where(endpoint)}"
        if endpoint
        else "no emulator runs; verbs start one for themselves while they work"
    )


def _address(endpoint: Endpoint | None) -> dict[str, Any]:
    """`node_environment` leads LivePerson's own clients to it; null where it does not speak TLS."""
    from faasctl.emulator.tls.preload import node_environment

    return {
        "url": endpoint.url if endpoint else None,
        "tls_url": endpoint.tls_url if endpoint else None,
        "ca": endpoint.ca if endpoint else None,
        "node_environment": node_environment(endpoint) if endpoint else None,
        "pid": endpoint.pid if endpoint else None,
    }


def _where(endpoint: Endpoint) -> str:
    from shlex import quote

    from faasctl.emulator.tls.preload import node_environment

    if endpoint.tls_url is None or endpoint.ca is None:
        return f"at {endpoint.url} (process {endpoint.pid})"
    variables = node_environment(endpoint) or {}
    return "\n".join(
        (
            f"at {endpoint.url} and {endpoint.tls_url} (process {endpoint.pid})",
            f"its certificates are signed by {endpoint.ca}:",
            f"  faasctl ... --ca-bundle {quote(endpoint.ca)}",
            f"  curl --cacert {quote(endpoint.ca)} {endpoint.tls_url}/emulator/health",
            "LivePerson's own clients for Node reach it, under LivePerson's host names, with",
            *(f"  export {name}={quote(value)}" for name, value in variables.items()),
        )
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
