"""From a command line to an exit status: what goes wrong is shown, never as a traceback."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING

import typer

from faasctl.cli.app import VERBS, run
from faasctl.errors import FaasctlError, UsageError
from faasctl.exit_codes import ExitCode
from faasctl.redaction import redactor
from faasctl.report.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

_ClickException: type[Exception] = typer.BadParameter.__mro__[2]  # typer exports no name for it


class Terminated(BaseException):
    """SIGTERM came: everything that is open is closed on the way out."""


def enter(arguments: Sequence[str]) -> int:
    """The exit status of the program for these arguments."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        return int(run(arguments) or 0)
    except typer.Exit as ending:
        return ending.exit_code
    except _ClickException as wrong:
        return _wrong_usage(arguments, wrong)
    except OSError as error:  # a verb's own are told by it; typer's are of the help that it writes
        from faasctl.report.streams import data_was_lost, not_written

        not_written(error)
        return ExitCode.USAGE if data_was_lost() else ExitCode.OK
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("\ninterrupted; run the same command again to go on\n")
        return ExitCode.INTERRUPTED
    except Terminated:
        sys.stderr.write("terminated; run the same command again to go on\n")
        return ExitCode.TERMINATED


def internal_error(error: Exception) -> FaasctlError:
    """Our own mistake, as an error that a person can report."""
    if os.environ.get("FAASCTL_DEBUG"):
        sys.stderr.write(redactor.text("".join(traceback.format_exception(error))))
    return FaasctlError(
        f"faasctl itself went wrong: {type(error).__name__}: {redactor.text(str(error))}",
        hint="Run again with FAASCTL_DEBUG=1, and report what it prints.",
    )


def _terminate(_: int, __: FrameType | None) -> None:
    raise Terminated


def _wrong_usage(arguments: Sequence[str], wrong: Exception) -> int:
    from faasctl.report.choice import reporter_for
    from faasctl.report.streams import to_stderr

    context = getattr(wrong, "ctx", None)
    command = context.command_path if context is not None else "faasctl"
    if type(wrong).__name__ == "NoArgsIsHelpError":
        to_stderr(str(wrong))
        return ExitCode.USAGE
    outcome = Outcome(
        verb=command.removeprefix("faasctl").strip() or "faasctl",
        error=UsageError(_in_words(wrong), hint=_what_to_do(arguments, command, wrong)),
        exit_code=ExitCode.USAGE,
    )
    reporter_for("json" if _wants_json(arguments) else "text").ended(outcome)
    return ExitCode.USAGE


def _what_to_do(arguments: Sequence[str], command: str, wrong: Exception) -> str:
    verb = next((argument for argument in arguments if argument in VERBS), None)
    if verb is not None and command == "faasctl" and type(wrong).__name__ == "NoSuchOption":
        return f"Options stand behind the verb: faasctl {verb} --help tells which."
    return f"Try `{command} --help`."


def _in_words(wrong: Exception) -> str:
    message: str = wrong.format_message()  # type: ignore[attr-defined]
    return message.removeprefix("Invalid value: ").rstrip(".")


def _wants_json(arguments: Sequence[str]) -> bool:
    """What --output says, read by hand: the command line could not be parsed."""
    for name, value in zip(arguments, [*arguments[1:], ""], strict=True):
        if name in ("--output", "-o"):
            return value == "json"
        if name in ("--output=json", "-ojson"):
            return True
    return os.environ.get("FAASCTL_OUTPUT") == "json"
