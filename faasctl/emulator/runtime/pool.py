"""The instances of one deployed function, as the platform scales them (functions-api §7.4, §10)."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from faasctl.emulator.runtime.outcome import DeployedFunction, LoadFailure
from faasctl.errors import FaasctlError

if TYPE_CHECKING:
    from faasctl.emulator.runtime.process import FunctionProcess

IDLE_SECONDS = 60.0
"""After this an instance ends when it was not needed; one stays."""
BUSY_SECONDS = 5.0
"""So long a request waits for an instance when all are at work."""


class InstancesBusy(FaasctlError):
    """All instances that a function may have are at work."""

    def __init__(self, function: str) -> None:
        super().__init__(f"all instances of {function} are busy")


class Instance:
    """A process, and how many requests it serves now. `ready_at` is when its cold start is over (loop time)."""

    def __init__(self, process: FunctionProcess) -> None:
        self.process = process
        self.running = 0
        self.ready_at: float | None = None
        self.idle_since = 0.0


class Pool:
    """Instances start as they are needed, `most` of them at once, and end when they are idle for long.

    An instance serves one request at a time on V2, any number of them on V1. `start` makes a process that has
    the function loaded, `end` ends one without waiting for it.
    """

    def __init__(
        self,
        function: DeployedFunction,
        *,
        start: Callable[[DeployedFunction], Awaitable[FunctionProcess | LoadFailure]],
        end: Callable[[FunctionProcess], None],
        most: int,
        idle_seconds: float = IDLE_SECONDS,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        self.function = function
        self._start = start
        self._end = end
        self._most = most
        self._idle_seconds = idle_seconds
        self._busy_seconds = busy_seconds
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._at_once = math.inf if function.interface == "v1" else 1
        self._instances: list[Instance] = []  # the one that was used last comes last
        self._starting = 0
        self._first = asyncio.Lock()
        self._shrinking: asyncio.TimerHandle | None = None
        self._retired = False

    async def warm(self) -> LoadFailure | None:
        """Starts an instance before it is needed."""
        started = await self._another()
        if isinstance(started, LoadFailure):
            return started
        if self._retired:  # meanwhile
            self._end(started.process)
        return None

    async def take(self) -> Instance | LoadFailure:
        """An instance for one request; `give_back` it. InstancesBusy when none gets free in time."""
        taken: Instance | LoadFailure | None = self._free()
        if taken is None and self._at_once > 1:
            async with self._first:  # who comes meanwhile shares what is starting
                taken = self._free() or await self._another()
        elif taken is None:
            taken = await self._free_or_another()
        if isinstance(taken, Instance):
            taken.running += 1
        return taken

    async def _free_or_another(self) -> Instance | LoadFailure:
        loop = asyncio.get_running_loop()
        end = loop.time() + self._busy_seconds
        while True:
            free = self._free()
            if free is not None:
                return free
            try:
                return await self._another()
            except InstancesBusy:
                if loop.time() >= end:
                    raise
            waiting: asyncio.Future[None] = loop.create_future()
            self._waiting.append(waiting)
            try:
                await asyncio.wait([waiting], timeout=end - loop.time())
            finally:
                if waiting in self._waiting:
                    self._waiting.remove(waiting)

    def _tell_who_waits(self) -> None:
        if self._waiting:
            self._waiting.popleft().set_result(None)

    def give_back(self, instance: Instance) -> None:
        instance.running -= 1
        self._tell_who_waits()
        if not instance.process.usable or self._retired:
            if instance in self._instances:
                self._instances.remove(instance)
            if instance.running == 0:
                self._end(instance.process)
            return
        loop = asyncio.get_running_loop()
        instance.idle_since = loop.time()
        if len(self._instances) > 1:
            self._instances.remove(instance)
            self._instances.append(instance)
            if self._shrinking is None:
                self._shrinking = loop.call_later(self._idle_seconds, self._shrink)

    def retire(self) -> None:
        """Ends all instances, those at work when they are given back."""
        self._retired = True
        if self._shrinking is not None:
            self._shrinking.cancel()
        for instance in self._instances:
            if instance.running == 0:
                self._end(instance.process)
        self._instances = [instance for instance in self._instances if instance.running]

    def _free(self) -> Instance | None:
        for instance in reversed(self._instances):
            if instance.running < self._at_once:
                if instance.process.usable:
                    return instance
                self._instances.remove(instance)  # it broke between two requests
                if instance.running == 0:
                    self._end(instance.process)
        return None

    async def _another(self) -> Instance | LoadFailure:
        if len(self._instances) + self._starting >= self._most:
            raise InstancesBusy(self.function.name)
        self._starting += 1
        try:
            started = await self._start(self.function)
        finally:
            self._starting -= 1
        if isinstance(started, LoadFailure):
            return started
        instance = Instance(started)
        self._instances.append(instance)
        return instance

    def _shrink(self) -> None:
        self._shrinking = None
        loop = asyncio.get_running_loop()
        oldest = loop.time() - self._idle_seconds
        for instance in tuple(self._instances[:-1]):
            if instance.running == 0 and instance.idle_since <= oldest:
                self._instances.remove(instance)
                self._end(instance.process)
        if len(self._instances) > 1:
            self._shrinking = loop.call_later(self._idle_seconds, self._shrink)
