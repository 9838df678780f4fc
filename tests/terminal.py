"""A person at a real terminal, who runs the program, reads what it shows and types."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.waiting import SECONDS

_ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[()][A-Z0-9]|[=>])")
_WHERE_IS_THE_CURSOR, _TOP_LEFT = b"\x1b[6n", b"\x1b[1;1R"


class Terminal:
    """`raw` is all that the terminal was sent. `stdout` is what went elsewhere, once the program has ended."""

    def __init__(self, process: subprocess.Popen[bytes], leader: int) -> None:
        self.process = process
        self.raw = b""
        self.stdout = ""
        self._leader = leader
        self._seen = 0

    @property
    def shown(self) -> str:
        """Everything so far, without colours and movements of the cursor."""
        return _ESCAPES.sub("", self.raw.decode("utf-8", "replace"))

    def type(self, keys: str) -> None:
        os.write(self._leader, keys.encode())

    def wait_for(self, words: str) -> None:
        """Until the terminal has shown them since the last wait."""
        end = time.monotonic() + SECONDS
        while (found := self.shown.find(words, self._seen)) < 0:
            assert time.monotonic() < end, f"{words!r} did not come: {self.shown[self._seen :]}"
            assert self._read(), f"it ended without {words!r}: {self.shown[self._seen :]}"
        self._seen = found + len(words)

    def end(self, answers: Mapping[str, str] | None = None) -> int:
        """The exit status, once the program has ended; until then each question of `answers` gets its line."""
        end = time.monotonic() + SECONDS
        while self._read():
            assert time.monotonic() < end, f"it did not end: {self.shown}"
            for question, answer in (answers or {}).items():
                found = self.shown.find(question, self._seen)
                if found >= 0:
                    self._seen = found + len(question)
                    self.type(f"{answer}\n")
        if self.process.stdout is not None:
            self.stdout = self.process.stdout.read().decode("utf-8")
        assert "Traceback" not in self.shown + self.stdout, self.shown
        return self.process.wait(SECONDS)

    def _read(self) -> bool:
        """Takes in what is there, if anything is by then; False when nobody holds the terminal any more."""
        if not select.select([self._leader], [], [], 1)[0]:
            return True
        try:
            data = os.read(self._leader, 65536)
        except OSError:  # how Linux tells it
            return False
        if _WHERE_IS_THE_CURSOR in data:
            os.write(self._leader, _TOP_LEFT)
        self.raw += data
        return bool(data)


@contextlib.contextmanager
def at_a_terminal(
    *arguments: str, cwd: Path, environ: Mapping[str, str], stdin: bool = True, stdout: bool = True
) -> Iterator[Terminal]:
    """Runs `faasctl` with `arguments` on a terminal; nothing of it is left after the block.

    Without `stdin` it has nothing to read; without `stdout` its results go into a pipe, and not to the terminal.
    """
    leader, follower = pty.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "faasctl", *arguments],
            stdin=follower if stdin else subprocess.DEVNULL,
            stdout=follower if stdout else subprocess.PIPE,
            stderr=follower,
            env={"TERM": "xterm", "LINES": "40", **environ},
            cwd=cwd,
            start_new_session=True,
        )
    finally:
        os.close(follower)
    try:
        yield Terminal(process, leader)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
        os.close(leader)
