"""The options that verbs share, written once."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from faasctl.durations import parse_duration
from faasctl.facts.limits import LOG_DAYS


class OutputForm(str, Enum):
    text = "text"
    json = "json"


class TargetName(str, Enum):
    local = "local"
    cloud = "cloud"


def _duration(text: str) -> float:
    try:
        return parse_duration(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _seconds(text: str) -> float:
    seconds = _duration(text)
    if seconds <= 0:
        raise typer.BadParameter("a timeout must be longer than 0 s")
    return seconds


def days_back(text: str) -> float:
    """Seconds, as far back as the platform keeps logs and reports."""
    try:
        seconds = parse_duration(text, days=LOG_DAYS.value)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    if seconds <= 0:
        raise typer.BadParameter("it must be longer than 0 s")
    return seconds


File = Annotated[
    Path,
    typer.Option(
        "--file",
        "-f",
        envvar="FAASCTL_FILE",
        metavar="FILE",
        readable=False,  # where it cannot be read, the definition's own reader says so
        help="The definition.",
        show_default=True,
    ),
]
Target = Annotated[
    TargetName | None,
    typer.Option("--target", "-t", envvar="FAASCTL_TARGET", help="Where to act; instead of the definition's."),
]
Output = Annotated[
    OutputForm, typer.Option("--output", "-o", envvar="FAASCTL_OUTPUT", help="For people, or for programs.")
]
NoInput = Annotated[
    bool, typer.Option("--no-input", envvar="FAASCTL_NO_INPUT", help="Never ask a question.", show_default=False)
]
Timeout = Annotated[
    float,
    typer.Option(
        "--timeout",
        envvar="FAASCTL_TIMEOUT",
        parser=_seconds,
        metavar="DURATION",
        help="When to give up waiting, such as 30s or 10m.",
    ),
]
ColdStart = Annotated[
    float | None,
    typer.Option(
        "--cold-start",
        parser=_duration,
        metavar="DURATION",
        help="What the first request to a new instance waits, such as 2s; or FAASCTL_COLD_START.",
        show_default=False,
    ),
]
Offline = Annotated[
    bool,
    typer.Option(
        "--offline",
        envvar="FAASCTL_OFFLINE",
        help="Functions reach the local platform alone, which stands for LivePerson's hosts.",
        show_default=False,
    ),
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host",
        metavar="HOST[:PORT]",
        help="With --offline: a host that functions reach all the same, such as 127.0.0.1:8080; may be repeated.",
        show_default=False,
    ),
]
AcceptDisclaimer = Annotated[
    bool,
    typer.Option(
        "--accept-data-disclaimer",
        help="You agree to the data disclaimer for this bot; recorded with your name and today's date.",
        show_default=False,
    ),
]
AcceptedBy = Annotated[
    str | None,
    typer.Option(
        "--accepted-by",
        envvar="FAASCTL_ACCEPTED_BY",
        metavar="NAME",
        help="Who agrees, with --accept-data-disclaimer; your login name if not given.",
    ),
]
Strict = Annotated[
    bool,
    typer.Option("--strict", help="A reply that the connector would not read is a failure.", show_default=False),
]

DEFAULT_FILE = Path("bot.yaml")
DEFAULT_TIMEOUT = "5m"
