"""`faasctl logs`."""

from __future__ import annotations

import math
import time
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from faasctl.cli import options
from faasctl.cli.chosen_function import Function
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from faasctl.definition.model import FunctionSpec
    from faasctl.liveperson.model import KeptEntry
    from faasctl.liveperson.whole_spans import WholeLog

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

_GAP = "more was logged in one millisecond than the platform exports: some of it is missing"


class LogOutput(str, Enum):
    text = "text"
    json = "json"
    ndjson = "ndjson"


class Level(str, Enum):
    info = "info"
    warn = "warn"
    error = "error"


Since = Annotated[
    float,
    typer.Option(
        "--since",
        parser=options.days_back,
        metavar="DURATION",
        help="How far back, such as 15m, 12h or 7d; 30 days are kept.",
    ),
]
Levels = Annotated[
    list[Level] | None,
    typer.Option("--level", help="Only this level; may be given again.", show_default=False, case_sensitive=False),
]
Follow = Annotated[bool, typer.Option("--follow", help="Go on with new entries until Ctrl-C.", show_default=False)]
Output = Annotated[
    LogOutput,
    typer.Option(
        "--output", "-o", envvar="FAASCTL_OUTPUT", help="For people, or for programs: one JSON, or a line each."
    ),
]


@app.command(epilog="Example: faasctl logs --since 1h --level error")
def logs(
    function: Function = None,
    since: Since = "15m",  # type: ignore[assignment]  # parsed by the option
    level: Levels = None,
    follow: Follow = False,
    file: options.File = options.DEFAULT_FILE,
    target: options.Target = None,
    output: Output = LogOutput.text,
    timeout: options.Timeout = "60s",  # type: ignore[assignment]  # parsed by the option
) -> None:
    """Show what the deployed function logged in invocations; test invocations keep no log."""
    if follow and output is LogOutput.json:
        raise typer.BadParameter("--follow has no end to show as one JSON; use --output ndjson")
    run = Run("logs", file=file, target=target, output=_form(output), timeout=timeout)
    levels = tuple(dict.fromkeys(item.value.capitalize() for item in level or ()))
    run_verb(run, lambda run: _logs(run, function, since, levels, output, timeout if follow else None))


def _form(output: LogOutput) -> OutputForm:
    """Lines of JSON are written as they come; all else is then as for people."""
    return OutputForm.json if output is LogOutput.json else OutputForm.text


def _logs(
    run: Run, function: str | None, since: float, levels: Sequence[str], output: LogOutput, follow: float | None
) -> None:
    """`follow` is how many seconds each look may take; None looks once."""
    definition = run.definition(with_code=False)

    from faasctl.cli.chosen_function import chosen_function, function_there
    from faasctl.cli.target import open_account
    from faasctl.deadline import Deadline
    from faasctl.liveperson.log_following import follow_log
    from faasctl.liveperson.whole_spans import read_log
    from faasctl.report.log_lines import utc

    spec = chosen_function(definition, function)
    show = _show_line if output is LogOutput.ndjson else _show_text
    with open_account(definition, deadline=run.deadline if follow is None else Deadline(math.inf)) as account:
        uuid = function_there(spec, account.platform).uuid
        end = int(time.time() * 1000)
        start = end - int(since * 1000)
        if follow is not None:
            entries = follow_log(account.platform, uuid, start=start, levels=levels, seconds=follow)
            while _show_next(run, next(entries), show):
                pass
            return
        log = read_log(account.platform, uuid, start=start, end=end, levels=levels)
    if not log.complete:
        _tell(run, _GAP)
    if output is LogOutput.json:
        run.outcome.result = _result(spec, uuid, start, end, levels, log)
        return
    for kept in log.entries:
        show(kept)
    if not log.entries:
        _tell(run, f"{spec.name} logged nothing since {utc(start)}; test invocations keep no log")


def _show_next(run: Run, kept: KeptEntry | None, show: Callable[[KeptEntry], bool]) -> bool:
    """Shows an entry, or that some are missing; whether anybody still reads."""
    if kept is None:
        _tell(run, _GAP)
        return True
    return show(kept)


def _tell(run: Run, text: str) -> None:
    from faasctl.rollout.events import Noted

    run.tell(Noted(text=text))


def _show_text(kept: KeptEntry) -> bool:
    from faasctl.redaction import redactor
    from faasctl.report.log_lines import kept_text
    from faasctl.report.streams import to_stdout

    return to_stdout(redactor.text(kept_text(kept)))


def _show_line(kept: KeptEntry) -> bool:
    from faasctl.report.json_text import json_line
    from faasctl.report.log_lines import kept_json
    from faasctl.report.streams import to_stdout

    return to_stdout(json_line(kept_json(kept)))


def _result(
    spec: FunctionSpec, uuid: str, start: int, end: int, levels: Sequence[str], log: WholeLog
) -> dict[str, Any]:
    from faasctl.report.log_lines import kept_json, utc

    return {
        "function": {"role": spec.role, "name": spec.name, "uuid": uuid},
        "from": utc(start),
        "to": utc(end),
        "levels": list(levels),
        "complete": log.complete,
        "entries": [kept_json(kept) for kept in log.entries],
    }
