"""Lines to and from a function's process."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from typing import Literal

Kind = Literal["loaded", "result", "threw", "broke", "exiting", "ended", "overrun"]
"""Of an answer. `broke` is a failure that the function did not throw, `exiting` one after which the process is of
no use. `ended` and `overrun` come from this side: the process is gone; time is up."""

_LONGEST_LINE = 64 * 1024 * 1024
_LAST_WORDS = 8192
_DRAIN_SECONDS = 0.5


class Wire(asyncio.SubprocessProtocol):
    """Tells the process's answers, which start with the nonce, from whatever else the function wrote to stdout."""

    def __init__(self, nonce: str) -> None:
        self.nonce = nonce
        self.pid = 0
        self.node_version: str | None = None
        self._mark = f"{nonce} ".encode()
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.SubprocessTransport | None = None
        self._input: asyncio.WriteTransport | None = None
        self._unread = bytearray()
        self._errors = b""
        self._logs: list[bytes] = []
        self._waiting: asyncio.Future[tuple[Kind, bytes]] | None = None
        self._ended = asyncio.Event()
        self.usable = True
        """Whether the process can be asked once more; no longer when it was killed or ended."""

    @property
    def exit_status(self) -> int | None:
        return self._transport.get_returncode() if self._transport else None

    @property
    def last_words(self) -> str:
        """The end of what it wrote to stderr."""
        return self._errors.decode(errors="replace")

    async def ask(self, line: bytes, seconds: float) -> tuple[Kind, bytes]:
        """Sends a request and returns its answer; `ended` and `overrun` have an empty body."""
        if not self.usable or self._input is None:
            return "ended", b""
        self._logs.clear()
        self._waiting = self._loop.create_future()
        alarm = self._loop.call_later(seconds, self._answer, "overrun", b"")
        try:
            self._input.write(line)
            return await self._waiting
        finally:
            alarm.cancel()
            self._waiting = None

    def take_logs(self) -> list[bytes]:
        """The log entries since the last request, as JSON."""
        logs, self._logs = self._logs, []
        return logs

    async def wait_ended(self) -> None:
        """Waits until a killed process is gone and everything that it wrote is read."""
        await self._ended.wait()

    def kill_group(self) -> None:
        """Kills the process and its children: it leads a process group of its own. Idempotent."""
        self.usable = False
        if self.pid:
            try:
                os.killpg(self.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return  # all gone; macOS says PermissionError where only zombies are left

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    # ---- called by the event loop

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.SubprocessTransport)  # noqa: S101 - so says asyncio
        self._transport = transport
        self.pid = transport.get_pid()
        pipe = transport.get_pipe_transport(0)
        self._input = pipe if isinstance(pipe, asyncio.WriteTransport) else None

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == 2:
            self._errors = (self._errors + data)[-_LAST_WORDS:]
            return
        self._unread += data
        if b"\n" not in data:
            if len(self._unread) > _LONGEST_LINE:
                self._unread.clear()
            return
        *lines, rest = self._unread.split(b"\n")
        self._unread = rest
        for line in lines:
            if line.startswith(self._mark):
                self._received(bytes(line[len(self._mark) :]))

    def process_exited(self) -> None:
        self.kill_group()  # children may have outlived it, and hold its pipes open
        self.pid = 0  # from here on the number may become another's
        self._loop.call_later(_DRAIN_SECONDS, self._over)

    def connection_lost(self, exc: Exception | None) -> None:
        self._over()

    def _received(self, line: bytes) -> None:
        kind, _, body = line.partition(b" ")
        if kind == b"log":
            self._logs.append(body)
        elif kind == b"hello":
            self.node_version = json.loads(body)
        elif kind in {b"loaded", b"result", b"threw", b"broke", b"exiting"}:
            self._answer(kind.decode(), body)  # type: ignore[arg-type]

    def _over(self) -> None:
        self.usable = False
        self._ended.set()
        self._answer("ended", b"")

    def _answer(self, kind: Kind, body: bytes) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result((kind, body))
