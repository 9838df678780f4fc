"""Node processes that are started before they are needed."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from faasctl.errors import FaasctlError

if TYPE_CHECKING:
    from faasctl.emulator.runtime.process import FunctionProcess

SPARES = 2 * min(4, os.cpu_count() or 1)
"""A start of Node costs a core some 25 ms; so many are ready or starting at once."""
IDLE_SECONDS = 30.0


class Spares:
    """Nothing is started before the first `refill`, and what nobody took for a while ends again: 45 MB each."""

    def __init__(
        self,
        *,
        spawn: Callable[[], Awaitable[FunctionProcess]],
        end: Callable[[FunctionProcess], None],
        count: int = SPARES,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._spawn = spawn
        self._end = end
        self._count = count
        self._idle_seconds = idle_seconds
        self._ready: deque[FunctionProcess] = deque()
        self._starting: set[asyncio.Task[None]] = set()
        self._idle: asyncio.TimerHandle | None = None
        self._drops = 0

    async def take(self) -> FunctionProcess:
        """A process that has no function yet, started a while ago where possible."""
        self._restart_clock()
        while self._ready:
            process = self._ready.popleft()
            if process.usable:
                return process
            self._end(process)
        return await self._spawn()

    def drop(self) -> None:
        """Ends all spares; the next `take` starts anew."""
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        self._drops += 1
        while self._ready:
            self._end(self._ready.popleft())

    async def close(self) -> None:
        """Ends all spares, once those that are starting have started."""
        self.drop()
        await asyncio.gather(*self._starting)

    def refill(self) -> None:
        """Starts what is missing. Call it when nobody waits: each start holds the event loop up for a moment."""
        for _ in range(self._count - len(self._ready) - len(self._starting)):
            task = asyncio.get_running_loop().create_task(self._add())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _add(self) -> None:
        drops = self._drops
        try:
            process = await self._spawn()
        except FaasctlError:
            return  # whoever needs one starts it, and is told
        if drops == self._drops:
            self._ready.append(process)
        else:
            self._end(process)

    def _restart_clock(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(self._idle_seconds, self.drop)
