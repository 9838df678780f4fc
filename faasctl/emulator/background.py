"""An emulator in a process of its own, which outlives the command that starts it."""

from __future__ import annotations

import contextlib
import os
import signal
import site
import subprocess
import sys
from pathlib import Path

import faasctl
from faasctl.deadline import Deadline
from faasctl.emulator.endpoint import FILE_NAME as ENDPOINT_FILE
from faasctl.emulator.endpoint import Endpoint, answers, read_endpoint
from faasctl.emulator.processes import process_lives
from faasctl.emulator.server_options import AS_USUAL, ServerOptions
from faasctl.errors import DeadlinePassed, Locked, PlatformError
from faasctl.exit_codes import ExitCode
from faasctl.files import private_folder

LOG_FILE = "emulator.log"
_LOOK_SECONDS = 0.05
_LAST_LINES = 5


def start_in_background(folder: Path, options: ServerOptions = AS_USUAL, *, timeout: float = 15.0) -> Endpoint:
    """The emulator that runs on `folder`; starts one when none does, and waits until it answers.

    PlatformError, with the end of its log, when the new process ends at once; DeadlinePassed after `timeout`
    seconds.
    """
    running = read_endpoint(folder)
    if running is not None:
        return running
    deadline = Deadline(timeout)
    log_path = private_folder(folder) / LOG_FILE
    with os.fdopen(os.open(log_path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "faasctl.emulator", "--folder", str(folder.resolve()), *options.arguments()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=_environment(),
            start_new_session=True,
        )
    while not deadline.passed:
        endpoint = read_endpoint(folder)
        if endpoint is not None:
            process.returncode = 0  # it outlives us, so Popen is not to warn that it still runs
            return endpoint
        # One that met another's lock leaves the folder to it: that one is about to answer.
        if process.poll() not in (None, int(ExitCode.LOCKED)):
            raise PlatformError(
                f"the emulator did not start: {_last_lines(log_path)}", hint=f"Its log is {log_path}."
            )
        deadline.sleep(_LOOK_SECONDS)
    process.terminate()
    process.wait()
    raise DeadlinePassed(f"the emulator did not answer within {timeout:g} s", hint=f"Its log is {log_path}.")


def stop(endpoint: Endpoint, *, timeout: float = 20.0) -> None:
    """Ends the emulator and waits until it is gone; one that is gone already is no error."""
    if not answers(endpoint):
        return
    _signal(endpoint.pid, signal.SIGTERM)
    deadline = Deadline(timeout)
    while process_lives(endpoint.pid):
        if deadline.passed:
            raise DeadlinePassed(f"the emulator (process {endpoint.pid}) did not end within {timeout:g} s")
        deadline.sleep(_LOOK_SECONDS)


def reset(folder: Path) -> None:
    """Removes the platform's state, and nothing else that `folder` holds; Locked while an emulator serves it."""
    running = read_endpoint(folder)
    if running is not None:
        raise Locked(
            f"an emulator runs on {folder} (process {running.pid})", hint="Run `faasctl emulator stop` first."
        )
    for name in ("state.sqlite3", "state.sqlite3-wal", "state.sqlite3-shm", ENDPOINT_FILE, LOG_FILE):
        (folder / name).unlink(missing_ok=True)


def _environment() -> dict[str, str]:
    """Ours, such that the new process finds the very package that runs here."""
    root = str(Path(faasctl.__file__).parent.parent)
    environment = dict(os.environ)
    if root not in (*site.getsitepackages(), site.getusersitepackages()):
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, environment.get("PYTHONPATH"))))
    return environment


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _last_lines(path: Path) -> str:
    lines = path.read_text("utf-8", "replace").strip().splitlines()
    return " ".join(lines[-_LAST_LINES:]) or "it wrote nothing"
