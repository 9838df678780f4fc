"""One run of a verb: its reporter, its deadline, its outcome, and the exit status at the end."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from faasctl.cli.early import inspector
from faasctl.cli.entry import Terminated, internal_error
from faasctl.deadline import Deadline
from faasctl.errors import FaasctlError, PrerequisiteMissing, RunInterrupted, RunTerminated
from faasctl.exit_codes import ExitCode
from faasctl.report.choice import reporter_for
from faasctl.report.outcome import Outcome
from faasctl.report.streams import data_was_lost

if TYPE_CHECKING:
    from collections.abc import Callable

    from faasctl.cli.options import OutputForm, TargetName
    from faasctl.definition.model import Definition
    from faasctl.rollout.events import Event

_GO_ON = "Nothing is lost: run the same command again to go on."


class Run:
    """What a verb works with. Verbs fill `outcome`; `run_verb` shows it."""

    def __init__(
        self,
        verb: str,
        *,
        output: OutputForm,
        file: Path | None = None,
        target: TargetName | None = None,
        no_input: bool = False,
        timeout: float = 300.0,
    ) -> None:
        self.outcome = Outcome(verb=verb, definition=None if file is None else str(file))
        self.reporter = reporter_for(output.value)
        self.deadline = Deadline(timeout)
        self.verb = verb
        self.output = output
        self.asks = not no_input and sys.stdin.isatty() and sys.stderr.isatty()
        self.when_interrupted = _GO_ON
        self._file = file
        self._target = target

    def definition(self, *, with_code: bool = True, review: bool = False) -> Definition:
        """The definition, checked; InvalidDefinition otherwise. Without `with_code`, Node does not read code; with
        `review`, it looks for all that can be told beforehand."""
        from faasctl.definition.load import load

        assert self._file is not None  # noqa: S101 - verbs that read one take --file
        definition = load(
            self._file,
            inspector=inspector() if with_code else None,
            target=None if self._target is None else self._target.value,
            review=review,
        )
        self.outcome.target = definition.target
        self.outcome.account = definition.account
        self.reporter.opened(self.outcome)
        return definition

    def tell(self, event: Event) -> None:
        """Shows an event, and keeps in the outcome what JSON tells of it."""
        from faasctl.rollout.events import Check, Noted, StepFinished

        if isinstance(event, StepFinished):
            self.outcome.result.setdefault("steps", []).append(event.as_json())
        elif isinstance(event, Check):
            self.outcome.result.setdefault("checks", []).append(event.as_json())
        elif isinstance(event, Noted):
            self.outcome.notes.append(event.text)
        self.reporter.told(event)


def run_verb(run: Run, body: Callable[[Run], None]) -> NoReturn:
    """Carries out `body`, shows how it ended, and leaves with the exit status."""
    carry_out(run, body)
    raise typer.Exit(int(run.outcome.exit_code))


def carry_out(run: Run, body: Callable[[Run], None]) -> None:
    """Carries out `body` and shows how it ended; the outcome tells it too."""
    start = time.monotonic()
    outcome = run.outcome
    try:
        body(run)
    except FaasctlError as error:
        outcome.error = error
    except (KeyboardInterrupt, typer.Abort):
        outcome.error = RunInterrupted("interrupted", hint=run.when_interrupted)
    except Terminated:
        outcome.error = RunTerminated("terminated", hint=run.when_interrupted)
    except OSError as error:
        outcome.error = _unusable(error) or internal_error(error)
    except Exception as error:  # noqa: BLE001 - our own mistakes are shown as such
        outcome.error = internal_error(error)
    if outcome.error is not None:
        outcome.exit_code = outcome.error.exit_code
    outcome.seconds = time.monotonic() - start
    run.reporter.ended(outcome)
    if data_was_lost():
        outcome.exit_code = outcome.exit_code or ExitCode.USAGE


def _unusable(error: OSError) -> FaasctlError | None:
    """A file or folder of this machine that cannot be used as it must be; None where it is something else."""
    if not error.filename:
        if not _is_here_gone():
            return None
        return PrerequisiteMissing("the current folder is gone", hint="Change to one that exists, and run again.")
    return PrerequisiteMissing(
        f"{error.filename} cannot be used: {error.strerror}",
        hint="Check its permissions, and the space on the disk; faasctl keeps its state in .faasctl beside the"
        " definition.",
    )


def _is_here_gone() -> bool:
    try:
        Path.cwd()
    except OSError:
        return True
    return False


def login_name() -> str:
    """Who is at the keyboard, as far as the machine knows."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return os.environ.get("USER", "unknown")
