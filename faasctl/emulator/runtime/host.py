"""Runs deployed functions: each in instances of its own, which are kept, or in a process of the caller's alone."""

from __future__ import annotations

import asyncio
import math
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faasctl.emulator.runtime.isolation import Isolations
from faasctl.emulator.runtime.launcher import Launcher
from faasctl.emulator.runtime.outcome import DeployedFunction, LoadFailure, Outcome
from faasctl.emulator.runtime.outward import may_reach_out
from faasctl.emulator.runtime.pool import BUSY_SECONDS, Instance, InstancesBusy, Pool
from faasctl.emulator.runtime.spare import Spares
from faasctl.facts import function_errors

if TYPE_CHECKING:
    from faasctl.emulator.runtime.debugging import Debugging
    from faasctl.emulator.runtime.process import FunctionProcess

__all__ = ["INSTANCES", "FunctionHost", "InstancesBusy"]

INSTANCES = 8
"""At most so many for one function, some 50 MB each while it lives: no source tells the platform's number."""
_Key = tuple[str, str]


class FunctionHost:
    """Runs functions inside the running event loop.

    `folder` takes the copies of the code. `execution_seconds` is what one invocation may take, where its account
    does not give it less. `instances` is how many a function may have at once,
    and `busy_seconds` how long a request waits for one. `cold_start_seconds` is what the
    first request to an instance waits. `extra_environment` is added to every function's process.env; what a
    function declares wins. `toolbelt` gives, for an account, what the toolbelts of its functions reach the
    emulator with. `offline` closes the way to all hosts but the emulator and `allowed_hosts` (runtime/network.py).
    `debugging` names a function that runs under a debugger: alone, unconfined and without a limit of time.
    PrerequisiteMissing when Node is missing or too old.
    """

    def __init__(
        self,
        folder: Path,
        *,
        environ: Mapping[str, str] = os.environ,
        execution_seconds: float = 30,
        instances: int = INSTANCES,
        busy_seconds: float = BUSY_SECONDS,
        cold_start_seconds: float = 0,
        extra_environment: Mapping[str, str] | None = None,
        toolbelt: Callable[[str], Mapping[str, str]] = lambda _: {},
        offline: bool = False,
        allowed_hosts: Sequence[str] = (),
        debugging: Debugging | None = None,
    ) -> None:
        self._launcher = Launcher(
            folder,
            environ=environ,
            extra_environment=extra_environment,
            toolbelt=toolbelt,
            offline=offline,
            allowed_hosts=allowed_hosts,
        )
        self._execution_seconds = execution_seconds
        self._instances = instances
        self._busy_seconds = busy_seconds
        self._cold_start_seconds = cold_start_seconds
        self._debugging = debugging
        self._pools: dict[_Key, Pool] = {}
        self._coming: dict[_Key, Pool] = {}
        self._covered: set[str] = set()
        self._isolations = Isolations(end=self._launcher.end_soon)
        self._spares = Spares(spawn=self._spawn_spare, end=self._launcher.end_soon)
        self._isolated_reaches_out = False

    async def load(self, function: DeployedFunction) -> LoadFailure | None:
        """Loads the code into a new instance, which serves from the first invocation of this deployment on.

        What a function has under a debugger is started by its first invocation: someone has to attach.
        """
        if self._is_debugged(function):
            return None
        pool = self._pool(function)
        failure = await pool.warm()
        if failure is not None:
            return failure
        former = self._coming.get(_key(function))
        self._coming[_key(function)] = pool
        if former is not None:
            former.retire()
        return None

    async def invoke(
        self, function: DeployedFunction, value: Any, *, test: bool, isolation: str | None = None
    ) -> Outcome:
        """Runs the function once. InstancesBusy when it may have no further instance.

        `test` is whether Debug entries are kept (functions-api §8). With `isolation` the process is one that
        nobody else uses, fresh at first, and kept for further calls of the same isolation until `release`.
        """
        if isolation is not None:
            return await self._invoke_isolated(function, value, test, isolation)
        pool = self._serving(function)
        instance = await pool.take()
        if isinstance(instance, LoadFailure):
            return _unloadable(instance)
        try:
            if self._cold_start_seconds:
                await self._warm_up(instance)
            return await self._run(instance.process, function, value, test)
        finally:
            pool.give_back(instance)

    def release(self, isolation: str) -> None:
        """Ends the processes of an isolation; one that is unknown is no error."""
        self._covered.discard(isolation)
        self._isolations.release(isolation)

    def cover(self, isolation: str) -> None:
        """From now on what runs in the isolation is counted, by processes that are not confined: V8's inspector is
        barred from those that are."""
        self._covered.add(isolation)

    async def coverage(self, isolation: str) -> list[tuple[DeployedFunction, Any]]:
        """What V8 counted in each function of a covered isolation (process.coverage)."""
        counted: list[tuple[DeployedFunction, Any]] = []
        for isolated in self._isolations.of(isolation):
            async with isolated.turn:
                process = isolated.process
                if process is None or process.function is None or not process.usable:
                    continue
                told = await process.coverage()
                if told is not None:
                    counted.append((process.function, told))
        return counted

    async def stop(self, account: str, uuid: str) -> None:
        """Ends a function's processes; a later invocation starts it again."""
        self._isolations.forget(account, uuid)
        for pools in (self._pools, self._coming):
            pool = pools.pop((account, uuid), None)
            if pool is not None:
                pool.retire()

    async def close(self) -> None:
        """Ends all processes and removes all copies; invocations under way end as failures."""
        for pool in (*self._pools.values(), *self._coming.values()):
            pool.retire()
        self._isolations.close()
        await self._spares.close()
        await self._launcher.close()

    def _serving(self, function: DeployedFunction) -> Pool:
        """The pool of this deployment; it takes over from that of another one."""
        key = _key(function)
        pool = self._pools.get(key)
        if pool is not None and pool.function == function:
            return pool
        coming = self._coming.get(key)
        if coming is not None and coming.function == function:
            del self._coming[key]
        else:
            coming = self._pool(function)
        self._pools[key] = coming
        if pool is not None:
            pool.retire()
        return coming

    def _pool(self, function: DeployedFunction) -> Pool:
        return Pool(
            function,
            start=self._started,
            end=self._launcher.end_soon,
            most=1 if self._is_debugged(function) else self._instances,
            busy_seconds=self._busy_seconds,
        )

    async def _started(self, function: DeployedFunction) -> FunctionProcess | LoadFailure:
        debugging = self._debugging if self._is_debugged(function) else None
        process = await self._launcher.spawn(debugged=debugging is not None)
        return await self._launcher.load(function, process, debugging)

    async def _warm_up(self, instance: Instance) -> None:
        loop = asyncio.get_running_loop()
        if instance.ready_at is None:
            instance.ready_at = loop.time() + self._cold_start_seconds
        if (left := instance.ready_at - loop.time()) > 0:
            await asyncio.sleep(left)

    async def _run(self, process: FunctionProcess, function: DeployedFunction, value: Any, test: bool) -> Outcome:
        seconds = min(self._execution_seconds, function.execution_seconds)
        if self._is_debugged(function):
            seconds = math.inf
        return await process.invoke(value, test=test, seconds=seconds, allowed_domains=function.allowed_domains)

    async def _invoke_isolated(
        self, function: DeployedFunction, value: Any, test: bool, isolation: str
    ) -> Outcome:
        isolated = self._isolations.enter(isolation, function)
        try:
            async with isolated.turn:
                process = isolated.process
                if process is not None and not (process.usable and process.function == function):
                    self._launcher.end_soon(process)
                    isolated.process = process = None
                if process is None:
                    self._isolated_reaches_out = may_reach_out(function.code)  # likely so is the next
                    covered = isolation in self._covered
                    fresh = await self._launcher.spawn(debugged=True) if covered else await self._spares.take()
                    loaded = await self._launcher.load(function, fresh, covered=covered)
                    if isinstance(loaded, LoadFailure):
                        return _unloadable(loaded)
                    isolated.process = process = loaded
                    if self._cold_start_seconds:
                        await asyncio.sleep(self._cold_start_seconds)
                return await self._run(process, function, value, test)
        finally:
            self._isolations.leave(isolated)
            self._spares.refill()

    async def _spawn_spare(self) -> FunctionProcess:
        return await self._launcher.spawn(reaches_out=self._isolated_reaches_out)

    def _is_debugged(self, function: DeployedFunction) -> bool:
        return self._debugging is not None and self._debugging.function == function.name


def _key(function: DeployedFunction) -> _Key:
    return function.account, function.uuid


def _unloadable(failure: LoadFailure) -> Outcome:
    return Outcome(
        ok=False,
        result="null",
        error=function_errors.RUNTIME_ERROR,
        message=failure.message,
        stack=failure.stack,
        logs=failure.logs,
        duration=0.0,
    )
