"""The bot that `faasctl chat` talks to: its functions in the account, on the local target as the files are now."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from faasctl.conversation.connector_settings import connector_settings
from faasctl.conversation.platform_invoker import PlatformInvoker
from faasctl.deadline import Deadline
from faasctl.errors import FaasctlError, InvalidDefinition, NotFound
from faasctl.facts.states import DEPLOYED_STATES, MODIFIED

if TYPE_CHECKING:
    from pathlib import Path

    from faasctl.cli.run import Run
    from faasctl.cli.target import Account
    from faasctl.conversation.connector_settings import ConnectorSettings
    from faasctl.definition.model import Definition
    from faasctl.report.outcome import Outcome
    from faasctl.rollout.events import Event
    from faasctl.rollout.watching import Marks

_A_DAY_SECONDS = 86_400.0


class LiveBot:
    """Open until the block of `live_bot` ends. `notes` are what a person should know of the last push."""

    def __init__(self, run: Run, new_run: Callable[[], Run], file: Path, stack: contextlib.ExitStack) -> None:
        self._new_run = new_run
        self._file = file
        self._stack = stack
        self._marks: Marks = {}
        self.notes: list[str] = []
        self.definition = self._read(run)
        self._account = self._open(run)
        self.invoker = self._invoker()

    @property
    def settings(self) -> ConnectorSettings:
        return connector_settings(self.definition)

    @property
    def is_local(self) -> bool:
        return self.definition.target == "local"

    def changed(self) -> bool:
        """Whether the definition or the code was written since it was read; local target alone."""
        from faasctl.rollout.watching import marks_of

        return self.is_local and marks_of(self._marks) != self._marks

    def reload(self) -> None:
        """Pushes and deploys what has changed; InvalidDefinition and others leave the former version in use."""
        from faasctl.rollout.watching import marks_of

        run = self._new_run()
        self.notes = []
        run.reporter = _Notes(self.notes)  # nobody needs to be told again which definition it is
        try:
            self.definition = self._read(run)
        except FaasctlError:
            self._marks = marks_of(self._marks)
            raise
        self._push(run)
        self.invoker = self._invoker()

    def _read(self, run: Run) -> Definition:
        from faasctl.rollout.watching import marks_of

        before = marks_of([self._file])
        definition = run.definition()
        code = [spec.code_path for spec in definition.functions]
        files = [*code, *(path.with_name("config.json") for path in code)]
        self._marks = {**marks_of(files), **before}
        return definition

    def _open(self, run: Run) -> Account:
        from faasctl.cli.own_emulator import cold_start_of, held_emulator, hold_emulator
        from faasctl.cli.target import emulator_folder, open_account

        if self.is_local:
            from faasctl.emulator.endpoint import read_endpoint

            folder = emulator_folder(self.definition.path)
            if held_emulator(folder) is None and read_endpoint(folder) is None:
                cold_start = cold_start_of(self.definition)
                offline = bool(self.definition.emulator.offline)
                self._stack.enter_context(hold_emulator(folder, cold_start_seconds=cold_start, offline=offline))
            self._push(run)
        return self._stack.enter_context(open_account(self.definition, deadline=Deadline(_A_DAY_SECONDS)))

    def _push(self, run: Run) -> None:
        from faasctl.cli.rolling import roll_out

        shown = run.reporter
        run.reporter = _Notes(self.notes)
        try:
            roll_out(run, ("create", "deploy"), definition=self.definition)
        finally:
            run.reporter = shown
        run.outcome.next = None
        run.outcome.result.pop("steps", None)

    def _invoker(self) -> PlatformInvoker:
        """Calls by the test call, which tells logs; NotFound where the bot's own function is missing."""
        from faasctl.cli.chosen_function import function_there

        uuids: dict[str, str] = {}
        for spec in self.definition.functions:
            try:
                there = function_there(spec, self._account.platform)
            except NotFound:
                if spec.role == "function":
                    raise
                self.notes.append(f"the function {spec.name} does not exist; run `faasctl up`")
                continue
            uuids[spec.role] = there.uuid
            if there.state == MODIFIED:
                self.notes.append(f"{spec.name} has changes that are not deployed: an older version answers")
            elif there.state not in DEPLOYED_STATES:
                self.notes.append(f"{spec.name} is not deployed; run `faasctl up`")
        return PlatformInvoker(self._account.platform, uuids)


@contextlib.contextmanager
def live_bot(run: Run, new_run: Callable[[], Run], file: Path) -> Iterator[LiveBot]:
    """`run` is the verb's own, `new_run` makes one for each reload, with a deadline of its own."""
    with contextlib.ExitStack() as stack:
        yield LiveBot(run, new_run, file, stack)


def reasons(error: FaasctlError) -> list[str]:
    """Why something failed, line by line."""
    findings = [str(finding) for finding in error.findings] if isinstance(error, InvalidDefinition) else []
    return [*findings, f"error: {error.message}", *([f"hint: {error.hint}"] if error.hint else [])]


class _Notes:
    """Implements Reporter: keeps what is worth a line in the middle of a conversation."""

    def __init__(self, notes: list[str]) -> None:
        self._notes = notes

    def opened(self, outcome: Outcome) -> None:
        pass

    def told(self, event: Event) -> None:
        from faasctl.rollout.events import Noted, StepFinished

        if isinstance(event, StepFinished) and event.status == "done":
            self._notes.append(f"{event.step}: {event.text}")
        elif isinstance(event, Noted):
            self._notes.append(event.text)

    def paused(self) -> None:
        pass

    def ended(self, outcome: Outcome) -> None:
        pass
