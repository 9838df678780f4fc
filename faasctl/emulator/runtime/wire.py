"""Lines to and from a function's process."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

Kind = Literal["hello", "loaded", "covered", "result", "threw", "broke", "limit", "exiting", "ended", "overrun"]
"""Of an answer. `broke` is a failure that the function did not throw, `limit` one by the log limit, `exiting` one
after which the process is of no use. `ended` and `overrun` are ours: the process is gone, time is up."""

_FATAL_KINDS = frozenset({"overrun", "exiting", "limit"})
"""After these the process may still run the function, or is about to end."""
_LONGEST_LINE = 64 * 1024 * 1024
_LAST_WORDS = 8192
_DRAIN_SECONDS = 0.5


class Wire(asyncio.SubprocessProtocol):
    """A process with two pipes of its own for requests and answers, apart from its stdout and stderr.

    Answers start with a nonce, so that a function which finds the pipe forges none by chance.
    """

    def __init__(self) -> None:
        self.nonce = secrets.token_hex(16)
        self.pid = 0
        self.usable = True
        """Whether the process can be asked once more; no longer when it was killed or ended."""
        self.on_waiting: Callable[[str], None] = lambda _: None
        """Called with the inspector's address when the process waits for a debugger."""
        self._mark = f"{self.nonce} ".encode()
        self._loop = asyncio.get_running_loop()
        self._process: asyncio.SubprocessTransport | None = None
        self._requests: asyncio.WriteTransport | None = None
        self._answers: asyncio.BaseTransport | None = None
        self._unread = bytearray()
        self._errors = b""
        self._asked = 0
        self._under_way: dict[int, _Asked] = {}
        self._open_ends = 2
        self._ended = asyncio.Event()

    @classmethod
    async def spawn(
        cls, command: Sequence[str], *, environment: Mapping[str, str], folder: Path, inherited: tuple[int, ...]
    ) -> Wire:
        """Starts `command` in `folder`, in a session of its own, with the pipes it is given as last arguments:
        requests, answers, `inherited`. OSError when it does not start."""
        wire = cls()
        requests, sending = os.pipe()
        receiving, answers = os.pipe()
        ours = [os.fdopen(sending, "wb", 0), os.fdopen(receiving, "rb", 0)]
        pipes = (requests, answers, *inherited)
        try:
            try:
                await wire._loop.subprocess_exec(
                    lambda: wire,
                    *command,
                    *map(str, pipes),
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=asyncio.subprocess.DEVNULL,
                    stderr=asyncio.subprocess.PIPE,
                    env=dict(environment),
                    cwd=folder,
                    start_new_session=True,
                    pass_fds=pipes,
                )
            finally:
                os.close(requests)
                os.close(answers)
            transport, _ = await wire._loop.connect_write_pipe(asyncio.BaseProtocol, ours.pop(0))
            wire._requests = transport
            wire._answers, _ = await wire._loop.connect_read_pipe(lambda: _Answers(wire), ours.pop(0))
        except BaseException:
            wire.kill_group()
            if wire.pid:  # nobody else would wait for it, and the loop may close right after
                await wire.wait_ended()
            wire.close()
            raise
        finally:
            for end in ours:
                end.close()
        return wire

    @property
    def exit_status(self) -> int | None:
        return self._process.get_returncode() if self._process else None

    @property
    def last_words(self) -> str:
        """The end of what it wrote to stderr."""
        return self._errors.decode(errors="replace")

    async def ask(self, request: Mapping[str, Any], seconds: float) -> tuple[Kind, bytes, list[bytes]]:
        """Sends a request, and returns its answer and the log entries, as JSON, that were written until then.

        Several may be under way. `ended` and `overrun` have an empty body. When the process is of no more use, the
        answer comes once it is killed and all that it wrote is read.
        """
        if not self.usable or self._requests is None:
            return "ended", b"", []
        self._asked += 1
        asked = self._under_way[self._asked] = _Asked(self._loop)
        number = self._asked
        alarm = self._loop.call_later(seconds, asked.answer, "overrun", b"")
        try:
            self._requests.write(json.dumps({"id": number, **request}).encode() + b"\n")
            kind, body = await asked.answered
            if kind in _FATAL_KINDS:
                self.kill_group()
                await self.wait_ended()
            return kind, body, asked.logs
        finally:
            alarm.cancel()
            del self._under_way[number]

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
        for transport in (self._requests, self._answers, self._process):
            if transport is not None:
                transport.close()

    # ---- called by the event loop

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.SubprocessTransport)  # noqa: S101 - so says asyncio
        self._process = transport
        self.pid = transport.get_pid()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        self._errors = (self._errors + data)[-_LAST_WORDS:]

    def process_exited(self) -> None:
        self.kill_group()  # children may have outlived it, and hold its pipes open
        self.pid = 0  # from here on the number may become another's
        self._loop.call_later(_DRAIN_SECONDS, self._over)

    def connection_lost(self, exc: Exception | None) -> None:
        self.end_closed()

    def end_closed(self) -> None:
        """One of the two, the process with its stderr and the pipe of answers, has nothing more to tell."""
        self._open_ends -= 1
        if self._open_ends == 0:
            self._over()

    def received(self, data: bytes) -> None:
        self._unread += data
        if b"\n" not in data:
            if len(self._unread) > _LONGEST_LINE:
                self._unread.clear()
            return
        *lines, rest = self._unread.split(b"\n")
        self._unread = rest
        for line in lines:
            if line.startswith(self._mark):
                self._told(bytes(line[len(self._mark) :]))

    def _told(self, line: bytes) -> None:
        kind, _, rest = line.partition(b" ")
        number, _, body = rest.partition(b" ")
        if kind == b"waiting":
            self.on_waiting(json.loads(body))
            return
        asked = self._under_way.get(int(number)) if number.isdigit() else None
        if asked is None:
            return
        if kind == b"log":
            asked.logs.append(body)
        elif kind in {b"hello", b"loaded", b"covered", b"result", b"threw", b"broke", b"limit", b"exiting"}:
            asked.answer(kind.decode(), body)  # type: ignore[arg-type]

    def _over(self) -> None:
        self.usable = False
        self._ended.set()
        for asked in self._under_way.values():
            asked.answer("ended", b"")


class _Asked:
    """A request under way. The first answer counts."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.logs: list[bytes] = []
        self.answered: asyncio.Future[tuple[Kind, bytes]] = loop.create_future()

    def answer(self, kind: Kind, body: bytes) -> None:
        if not self.answered.done():
            self.answered.set_result((kind, body))


class _Answers(asyncio.Protocol):
    """The pipe of answers."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def data_received(self, data: bytes) -> None:
        self._wire.received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._wire.end_closed()
