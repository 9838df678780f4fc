"""Processes that belong to one caller: a conversation test has functions of its own, with fresh module state."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING

from faasctl.emulator.runtime.pool import InstancesBusy

if TYPE_CHECKING:
    from collections.abc import Callable

    from faasctl.emulator.runtime.outcome import DeployedFunction
    from faasctl.emulator.runtime.process import FunctionProcess

MOST = 64
"""Isolated processes at once, some 50 MB each; the one that was used longest ago gives way."""
IDLE_SECONDS = 120.0
_Key = tuple[str, str, str]


class Isolated:
    """One function of one isolation. `turn` is held while its process is used; who asks meanwhile queues."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.process: FunctionProcess | None = None
        self.used_at = 0.0
        self.users = 0
        self.released = False


class Isolations:
    """`end` ends a process without waiting for it."""

    def __init__(
        self, *, end: Callable[[FunctionProcess], None], most: int = MOST, idle_seconds: float = IDLE_SECONDS
    ) -> None:
        self._end = end
        self._most = most
        self._idle_seconds = idle_seconds
        self._held: OrderedDict[_Key, Isolated] = OrderedDict()  # what was used last comes last
        self._sweeping: asyncio.TimerHandle | None = None

    def enter(self, isolation: str, function: DeployedFunction) -> Isolated:
        """What the isolation has for the function; call `leave` afterwards. InstancesBusy when all are in use."""
        key = (isolation, function.account, function.uuid)
        isolated = self._held.get(key)
        if isolated is None:
            self._make_room(function)
            isolated = self._held[key] = Isolated()
        self._held.move_to_end(key)
        isolated.users += 1
        return isolated

    def leave(self, isolated: Isolated) -> None:
        loop = asyncio.get_running_loop()
        isolated.users -= 1
        isolated.used_at = loop.time()
        if isolated.released or (isolated.process is not None and not isolated.process.usable):
            self._end_process(isolated)
        if self._sweeping is None:
            self._sweeping = loop.call_later(self._idle_seconds, self._sweep)

    def release(self, isolation: str) -> None:
        """Ends the isolation's processes, those at work when they are done."""
        for key in [key for key in self._held if key[0] == isolation]:
            self._drop(self._held.pop(key))

    def of(self, isolation: str) -> list[Isolated]:
        """What the isolation has, one for each function that it has called."""
        return [isolated for key, isolated in self._held.items() if key[0] == isolation]

    def forget(self, account: str, uuid: str) -> None:
        """Ends what runs the function in any isolation."""
        for key in [key for key in self._held if key[1:] == (account, uuid)]:
            self._drop(self._held.pop(key))

    def close(self) -> None:
        if self._sweeping is not None:
            self._sweeping.cancel()
        for isolated in self._held.values():
            self._drop(isolated)
        self._held.clear()

    def _drop(self, isolated: Isolated) -> None:
        isolated.released = True
        self._end_process(isolated)

    def _end_process(self, isolated: Isolated) -> None:
        if isolated.users == 0 and isolated.process is not None:
            self._end(isolated.process)
            isolated.process = None

    def _make_room(self, function: DeployedFunction) -> None:
        if len(self._held) < self._most:
            return
        for key, isolated in self._held.items():
            if isolated.users == 0:
                self._drop(self._held.pop(key))
                return
        raise InstancesBusy(function.name)

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        oldest = loop.time() - self._idle_seconds
        for key, isolated in tuple(self._held.items()):
            if isolated.users == 0 and isolated.used_at <= oldest:
                self._drop(self._held.pop(key))
        self._sweeping = loop.call_later(self._idle_seconds, self._sweep) if self._held else None
