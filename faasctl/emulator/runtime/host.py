"""Keeps one process for each deployed function, and sends invocations to it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from faasctl.emulator.runtime.outcome import DeployedFunction, LoadFailure, Outcome
from faasctl.emulator.runtime.process import FunctionProcess
from faasctl.errors import FaasctlError
from faasctl.facts import function_errors
from faasctl.files import private_folder
from faasctl.javascript.node import find_node

_Key = tuple[str, str]


class FunctionHost:
    """Runs functions inside the running event loop.

    `folder` takes the copies of the code. `execution_seconds` is what one invocation may take, without the wait
    for the one before it. `extra_environment` is added to every function's process.env; what a function declares
    wins. PrerequisiteMissing when Node is missing or too old.
    """

    def __init__(
        self,
        folder: Path,
        *,
        environ: Mapping[str, str] = os.environ,
        execution_seconds: float = 30,
        extra_environment: Mapping[str, str] | None = None,
    ) -> None:
        self._folder = folder
        self._environ = environ
        self._execution_seconds = execution_seconds
        self._extra_environment = dict(extra_environment or {})
        self._node: str | None = None
        self._kept: dict[_Key, FunctionProcess] = {}
        self._turns: dict[_Key, asyncio.Lock] = {}
        self._processes: set[FunctionProcess] = set()
        self._busy: set[FunctionProcess] = set()
        self._closed = False

    async def load(self, function: DeployedFunction) -> LoadFailure | None:
        """Loads the code into a new process; if that succeeds, it replaces the one that the function had."""
        started = await self._started(function)
        return started if isinstance(started, LoadFailure) else None

    async def invoke(self, function: DeployedFunction, value: Any, *, test: bool) -> Outcome:
        """Runs the function once. Calls of one function queue, calls of different functions do not.

        `test` is whether Debug entries are kept (functions-api §8).
        """
        key = _key(function)
        async with self._turns.setdefault(key, asyncio.Lock()):
            process = self._kept.get(key)
            if process is None or not process.usable or process.function.deployment != function.deployment:
                started = await self._started(function)
                if isinstance(started, LoadFailure):
                    return _unloadable(started)
                process = started
            self._busy.add(process)
            try:
                return await process.invoke(value, test=test, seconds=self._execution_seconds)
            finally:
                self._busy.discard(process)
                if not process.usable or self._kept.get(key) is not process:
                    await self._end(process)

    async def stop(self, account: str, uuid: str) -> None:
        """Ends a function's process; a later invocation starts it again."""
        process = self._kept.pop((account, uuid), None)
        if process is not None:
            await self._end(process)

    async def close(self) -> None:
        """Ends all processes and removes all copies; invocations under way end as failures."""
        self._closed = True
        self._kept.clear()
        await asyncio.gather(*(self._end(process) for process in tuple(self._processes)))

    async def _started(self, function: DeployedFunction) -> FunctionProcess | LoadFailure:
        """A new process with the function loaded, kept from now on; what was kept before ends when it is idle."""
        process = await self._spawn(function)
        try:
            failure = await process.load(self._environment(function))
        except BaseException:
            await self._end(process)
            raise
        if failure is not None:
            await self._end(process)
            return failure
        former = self._kept.get(_key(function))
        self._kept[_key(function)] = process
        if former is not None and former not in self._busy:
            await self._end(former)
        return process

    async def _spawn(self, function: DeployedFunction) -> FunctionProcess:
        self._refuse_when_closed()
        if self._node is None:
            self._node = find_node(self._environ)
        folder = private_folder(self._folder).resolve()
        process = await FunctionProcess.start(
            function, node=self._node, folder=folder, environment=self._extra_environment
        )
        self._processes.add(process)
        if self._closed:  # meanwhile
            await self._end(process)
        self._refuse_when_closed()
        return process

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise FaasctlError("the function runtime is closed")

    def _environment(self, function: DeployedFunction) -> dict[str, str]:
        """functions-api §10: what the platform's runtime sets, ours, and what the function declares."""
        return {
            "X_LIVEPERSON_BRAND_ID": function.account,
            "X_LIVEPERSON_FUNCTION_UUID": function.uuid,
            **self._extra_environment,
            **function.environment,
        }

    async def _end(self, process: FunctionProcess) -> None:
        await process.kill()
        self._processes.discard(process)


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
