"""Carrying deployments out: each loads its function in the runtime and ends after the account's delay."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from faasctl.emulator.deployments.errors import failure
from faasctl.emulator.runtime.outcome import LogEntry
from faasctl.errors import FaasctlError

if TYPE_CHECKING:
    from faasctl.emulator.deployments.state import Deployments, UnderWay
    from faasctl.emulator.invocation.serving import Serving
    from faasctl.emulator.runtime.host import FunctionHost

_READER_WAITS_SECONDS = 1.0
_log = logging.getLogger(__name__)


class Deployer:
    """Runs on the emulator's event loop; its tasks end with `close`."""

    def __init__(
        self,
        deployments: Deployments,
        serving: Serving,
        host: FunctionHost,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._deployments = deployments
        self._serving = serving
        self._host = host
        self._clock = clock
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._endings: set[asyncio.Task[None]] = set()

    def deploy(self, account: str, uuid: str, *, redeploy: bool | None, by: str) -> None:
        """Starts a deployment (see Deployments.start); it goes on after this returns."""
        self._carry_out(self._deployments.start(account, uuid, redeploy=redeploy, by=by))

    def undeploy(self, account: str, uuid: str, *, by: str) -> None:
        """Starts an undeployment; it goes on after this returns."""
        over_at = self._deployments.start_undeploying(account, uuid, by=by)
        ending = asyncio.get_running_loop().create_task(self._undeployed(account, over_at))
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    def hurry(self, account: str) -> None:
        """Ends the waiting of the account's deployments: each is over as soon as it is loaded."""
        for record in self._deployments.hurry(account):
            waiting = self._tasks.get(record.id)
            if waiting is not None:
                waiting.cancel()
                self._carry_out(record)

    async def settle(self, account: str) -> None:
        """Lets what is due end before a reader looks, so that a delay of zero shows at the next read.

        Takes over what another emulator left behind. Waits for a second at most.
        """
        await self._stop(account, self._deployments.settle_undeployed(account))
        waited_for = []
        for record in self._deployments.overdue(account):
            task = self._tasks.get(record.id)
            if task is None and self._deployments.take_over(record):
                task = self._carry_out(record)
            if task is not None:
                waited_for.append(task)
        if waited_for:
            await asyncio.wait(waited_for, timeout=_READER_WAITS_SECONDS)

    def _carry_out(self, record: UnderWay) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(self._deployed(record))
        self._tasks[record.id] = task
        task.add_done_callback(lambda ended: self._forget(record.id, ended))
        return task

    def _forget(self, record: int, ended: asyncio.Task[None]) -> None:
        if self._tasks.get(record) is ended:  # another may carry the record out by now
            del self._tasks[record]

    async def _deployed(self, record: UnderWay) -> None:
        error = await self._load(record)
        await asyncio.sleep(max(0.0, record.finishes_at - self._clock()))
        self._deployments.settle(record, error)

    async def _load(self, record: UnderWay) -> dict[str, Any] | None:
        """The reason for which the deployment fails, None when it does not."""
        if record.scripted_failure is not None:
            return failure(record.scripted_failure)
        function = self._serving.deployed(
            record.account, record.function_uuid, record.manifest_version, record.uuid
        )
        if function is None:
            return failure("the version to deploy is gone")
        try:
            problem = await self._host.load(function)
        except FaasctlError as error:
            return failure(error.message)
        except Exception as error:  # noqa: BLE001 - whatever it was, the record has to end
            _log.exception("loading a function failed")
            return failure(f"the emulator could not load the function: {error}")
        if problem is None:
            return None
        logs = [entry.as_json() for entry in problem.logs]
        if problem.stack is not None:  # it names the line of the user's file
            thrown_at = LogEntry(
                level="Error", message=problem.stack, extras=[], timestamp=round(self._clock() * 1000)
            )
            logs.append(thrown_at.as_json())
        return failure(problem.message, logs)

    async def _undeployed(self, account: str, over_at: float) -> None:
        await asyncio.sleep(max(0.0, over_at - self._clock()))
        await self._stop(account, self._deployments.settle_undeployed(account))

    async def _stop(self, account: str, uuids: list[str]) -> None:
        for uuid in uuids:
            await self._host.stop(account, uuid)

    async def close(self) -> None:
        """Cancels what runs and leaves its records to the next emulator."""
        tasks: list[asyncio.Task[None]] = [*self._tasks.values(), *self._endings]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._deployments.release_all()
