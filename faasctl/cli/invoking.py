"""What `faasctl invoke` does: one invocation, again at every change, with cold starts, under a debugger."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from faasctl.cli.options import OutputForm
from faasctl.errors import InvalidDefinition, UsageError

if TYPE_CHECKING:
    from faasctl.cli.run import Run
    from faasctl.definition.model import Definition, FunctionSpec
    from faasctl.emulator.runtime.debugging import Debugging
    from faasctl.rollout.watching import Marks

INSPECTOR_PORT = 9229
"""Node's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the command line asks for. `payload` is a file, `message` a text; neither is the welcome event.

    `inspector_port` is None without a debugger; `cold_start` None where nothing was said.
    """

    payload: str | None
    message: str | None
    function: str | None
    inspector_port: int | None = None
    cold_start: float | None = None
    offline: bool = False


def invoke_once(run: Run, wish: Wish) -> None:
    from faasctl.cli.payload import read_payload

    read = None if wish.payload is None else read_payload(wish.payload)
    definition = run.definition(with_code=False)
    with _surroundings(definition, wish):
        _invoke(run, definition, wish, read)


def watch_and_invoke(new_run: Callable[[], Run], wish: Wish, file: Path) -> NoReturn:
    """Pushes, deploys and invokes, and does it again whenever a file has changed, until Ctrl-C."""
    import typer

    from faasctl.cli.payload import read_payload
    from faasctl.cli.run import carry_out
    from faasctl.exit_codes import ExitCode
    from faasctl.report.streams import to_stderr
    from faasctl.rollout.watching import marks_of, wait_for_change

    payload_file = Path(wish.payload) if wish.payload not in (None, "-") else None
    stdin = read_payload("-") if wish.payload == "-" else None
    watched: list[Path] = [file, *([payload_file] if payload_file else [])]
    marks: Marks = {}

    with contextlib.ExitStack() as kept:

        def round_(run: Run) -> None:
            nonlocal marks
            marks = marks_of(watched)
            try:
                definition = run.definition()
            except InvalidDefinition as error:
                watched.extend(_named(error, file))
                marks = {**marks_of(watched), **marks}
                raise
            _refuse_cloud(definition, "--watch")
            watched[:] = [*dict.fromkeys([*watched, *_files(definition)])]
            marks = {**marks_of(watched), **marks}
            _hold(kept, definition, wish)
            _push(run, definition)
            _invoke(run, definition, wish, stdin if payload_file is None else read_payload(str(payload_file)))

        ends = {ExitCode.INTERRUPTED, ExitCode.TERMINATED, ExitCode.USAGE}
        while True:
            run = new_run()
            carry_out(run, round_)
            status = run.outcome.exit_code
            if status in ends:
                raise typer.Exit(int(status))
            ends -= {ExitCode.USAGE}  # from now on that is a file which is gone while it is written
            to_stderr("watching for changes; Ctrl-C ends")
            try:
                changed = wait_for_change(marks)
            except KeyboardInterrupt:
                raise typer.Exit(int(ExitCode.INTERRUPTED)) from None
            to_stderr(f"changed: {', '.join(path.name for path in changed)}")


def _hold(kept: contextlib.ExitStack, definition: Definition, wish: Wish) -> None:
    """Keeps one emulator over all rounds, so that Node and the functions stay warm."""
    from faasctl.cli.own_emulator import held_emulator
    from faasctl.cli.target import emulator_folder
    from faasctl.emulator.endpoint import read_endpoint

    folder = emulator_folder(definition.path)
    if held_emulator(folder) is None and (_is_special(wish) or read_endpoint(folder) is None):
        kept.enter_context(_surroundings(definition, wish, always=True))


def _push(run: Run, definition: Definition) -> None:
    from faasctl.cli.rolling import roll_out

    roll_out(run, ("create", "deploy"), definition=definition)
    run.outcome.next = None


def _files(definition: Definition) -> list[Path]:
    """What the definition was read from: itself, the code, and the config.json of lpf projects."""
    code = [spec.code_path for spec in definition.functions]
    return [*code, *(path.with_name("config.json") for path in code)]


def _named(error: InvalidDefinition, file: Path) -> list[Path]:
    """The files with mistakes: their paths are as messages name them."""
    names = dict.fromkeys(finding.file for finding in error.findings)
    return [place / name for name in names for place in (Path.cwd(), file.absolute().parent)]


def _is_special(wish: Wish) -> bool:
    return wish.inspector_port is not None or wish.cold_start is not None or wish.offline


@contextlib.contextmanager
def _surroundings(definition: Definition, wish: Wish, *, always: bool = False) -> Iterator[None]:
    """An emulator of this process where the wish needs one that is not as usual."""
    if not (always or _is_special(wish)):
        yield
        return
    from faasctl.cli.debugger import debugging_of
    from faasctl.cli.own_emulator import cold_start_of, hold_emulator
    from faasctl.cli.target import emulator_folder

    _refuse_cloud(definition, _special_option(wish))
    debugging: Debugging | None = None
    if wish.inspector_port is not None:
        debugging = debugging_of(_spec(definition, wish), port=wish.inspector_port)
    cold_start = cold_start_of(definition) if wish.cold_start is None else wish.cold_start
    folder = emulator_folder(definition.path)
    offline = wish.offline or bool(definition.emulator.offline)
    with hold_emulator(folder, cold_start_seconds=cold_start, offline=offline, debugging=debugging):
        yield


def _special_option(wish: Wish) -> str:
    if wish.inspector_port is not None:
        return "--inspect"
    return "--cold-start" if wish.cold_start is not None else "--offline"


def _refuse_cloud(definition: Definition, option: str) -> None:
    if definition.target != "local":
        raise UsageError(f"{option} works on the local platform alone", hint="Add --target local.")


def _spec(definition: Definition, wish: Wish) -> FunctionSpec:
    from faasctl.cli.chosen_function import chosen_function

    return chosen_function(definition, wish.function)


def _how_to_look_closer(definition: Definition, wish: Wish) -> str | None:
    if definition.target != "local" or wish.inspector_port is not None:
        return None
    return "To step through it with a debugger, add --inspect."


def _invoke(run: Run, definition: Definition, wish: Wish, read: Any) -> None:
    from faasctl.cli.chosen_function import function_there, in_own_file
    from faasctl.cli.debugger import note_other_code
    from faasctl.cli.payload import built_payload
    from faasctl.cli.target import open_account
    from faasctl.durations import show_duration
    from faasctl.errors import FunctionFailed
    from faasctl.facts.function_errors import THREW_ERROR
    from faasctl.redaction import redactor
    from faasctl.report.streams import to_stderr

    spec = _spec(definition, wish)
    sent = read if wish.payload is not None else built_payload(definition, wish.message)
    with open_account(definition, deadline=run.deadline) as account:
        there = function_there(spec, account.platform)
        if wish.inspector_port is not None:
            note_other_code(run, spec, account.platform.function(there.uuid))
        try:
            answer = account.platform.test_invocation(there.uuid, sent)
        except FunctionFailed as error:
            error.stack = in_own_file(error.stack, spec)
            if THREW_ERROR.is_said_by(error.code):
                error.hint = _how_to_look_closer(definition, wish)
            run.outcome.result |= {"payload": sent, "logs": [entry.as_json() for entry in error.logs]}
            raise
    run.outcome.result |= {
        "payload": sent,
        "result": answer.result,
        "logs": [entry.as_json() for entry in answer.logs],
        "function_ms": round(answer.duration * 1000, 1),
    }
    run.outcome.text = json.dumps(redactor.data(answer.result), indent=2, ensure_ascii=False)
    if run.output is OutputForm.text:
        for entry in answer.logs:
            to_stderr(f"  {entry.as_text()}")
        to_stderr(f"{spec.name} answered in {show_duration(answer.duration)}")
