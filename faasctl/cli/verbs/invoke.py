"""`faasctl invoke`."""

from __future__ import annotations

from typing import Annotated

import typer

from faasctl.cli import options
from faasctl.cli.chosen_function import Function
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

_DAY_SECONDS = 86_400.0

PayloadFile = Annotated[
    str | None, typer.Argument(metavar="[PAYLOAD]", help="A JSON file with the payload; - reads standard input.")
]
Message = Annotated[str | None, typer.Option("--message", "-m", metavar="TEXT", help="A consumer's text.")]
Welcome = Annotated[
    bool, typer.Option("--welcome", help="The event that opens a conversation.", show_default=False)
]
Watch = Annotated[
    bool,
    typer.Option(
        "--watch",
        "-w",
        help="Push, deploy and invoke again whenever the definition, the code or the payload file changes.",
        show_default=False,
    ),
]
Inspect = Annotated[
    bool,
    typer.Option(
        "--inspect",
        help="Wait for a debugger (Chrome, VS Code), and stop at the first line of the function's file.",
        show_default=False,
    ),
]
InspectPort = Annotated[
    int | None,
    typer.Option(
        "--inspect-port",
        min=0,
        max=65535,
        metavar="PORT",
        help="The debugger's port, with --inspect; 0 takes a free one.  [9229]",
    ),
]


@app.command(epilog='Example: faasctl invoke --message "where is my order 1234?"')
def invoke(
    payload: PayloadFile = None,
    message: Message = None,
    welcome: Welcome = False,
    function: Function = None,
    watch: Watch = False,
    inspect: Inspect = False,
    inspect_port: InspectPort = None,
    cold_start: options.ColdStart = None,
    offline: options.Offline = False,
    file: options.File = options.DEFAULT_FILE,
    target: options.Target = None,
    output: options.Output = OutputForm.text,
    timeout: options.Timeout = "60s",  # type: ignore[assignment]  # parsed by the option
) -> None:
    """Run the deployed function once through the platform's test call; show result, logs and duration."""
    from faasctl.cli.invoking import INSPECTOR_PORT, Wish, invoke_once, watch_and_invoke

    given = sum([payload is not None, message is not None, welcome])
    if given != 1:
        raise typer.BadParameter("give one of a payload file, --message TEXT and --welcome")
    debugged = inspect or inspect_port is not None
    wish = Wish(
        payload=payload,
        message=message,
        function=function,
        inspector_port=(INSPECTOR_PORT if inspect_port is None else inspect_port) if debugged else None,
        cold_start=cold_start,
        offline=offline,
    )

    def new_run() -> Run:
        seconds = _DAY_SECONDS if debugged else timeout  # a person steps through it
        return Run("invoke", file=file, target=target, output=output, timeout=seconds)

    if watch:
        watch_and_invoke(new_run, wish, file)
    run_verb(new_run(), lambda run: invoke_once(run, wish))
