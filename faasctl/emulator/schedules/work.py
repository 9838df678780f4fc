"""Carrying schedules out: whatever is due is invoked as the gateway would."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
import uuid as uuids
from collections.abc import Callable
from typing import TYPE_CHECKING

from faasctl.errors import FaasctlError

if TYPE_CHECKING:
    from faasctl.emulator.invocation.gateway import Gateway
    from faasctl.emulator.invocation.serving import Serving
    from faasctl.emulator.schedules.state import Schedule, Schedules

_LOOK_SECONDS = 5.0
"""How long at most until schedules that another emulator on the folder made, or a clock that was set, are seen."""
_log = logging.getLogger(__name__)


class Scheduler:
    """Runs on the emulator's event loop, from `start` to `close`. `clock` gives Unix time."""

    def __init__(
        self,
        schedules: Schedules,
        serving: Serving,
        gateway: Gateway,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._schedules = schedules
        self._serving = serving
        self._gateway = gateway
        self._clock = clock
        self._woken = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None
        self._runs: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Starts to watch the clock."""
        self._watch = asyncio.get_running_loop().create_task(self._watching())

    def look_again(self) -> None:
        """To be called when a schedule has changed: it may be due sooner than what is waited for."""
        self._woken.set()

    async def close(self) -> None:
        """Ends the watch, and the runs under way as failures."""
        tasks = [task for task in (self._watch, *self._runs) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _watching(self) -> None:
        while True:
            self._woken.clear()
            try:
                for schedule in self._schedules.claim_due():
                    self._carry_out(schedule)
                next_at = self._schedules.next_due()
            except sqlite3.Error:  # locked, or the disk is full: that passes, and the watch goes on
                _log.exception("looking for schedules that are due failed")
                next_at = None
            wait = _LOOK_SECONDS if next_at is None else min(_LOOK_SECONDS, next_at - self._clock())
            # Not asyncio.wait_for: where both come at once, it loses a cancellation in Python 3.11 and older.
            alarm = asyncio.get_running_loop().call_later(max(0.0, wait), self._woken.set)
            try:
                await self._woken.wait()
            finally:
                alarm.cancel()

    def _carry_out(self, schedule: Schedule) -> None:
        run = asyncio.get_running_loop().create_task(self._run(schedule))
        self._runs.add(run)
        run.add_done_callback(self._runs.discard)

    async def _run(self, schedule: Schedule) -> None:
        failed = True
        try:
            failed = not await self._succeeds(schedule)
        finally:
            self._schedules.ended(schedule.id, failed=failed)

    async def _succeeds(self, schedule: Schedule) -> bool:
        function = self._serving.by_uuid(schedule.account, schedule.function_uuid)
        if function is None:
            return False
        envelope = {"timestamp": int(self._clock() * 1000), **schedule.body}
        try:
            outcome = await self._gateway.invoke(function, envelope, request_id=str(uuids.uuid4()))
        except FaasctlError as error:
            _log.warning("schedule %s: %s", schedule.id, error.message)
            return False
        return outcome.ok
