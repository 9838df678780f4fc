"""Starts functions' processes, and knows all of them until they are gone."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from faasctl.emulator.runtime.modules import module_cache, modules_for
from faasctl.emulator.runtime.network import NetworkPolicy
from faasctl.emulator.runtime.outcome import LoadFailure
from faasctl.emulator.runtime.outward import Outward, may_reach_out
from faasctl.emulator.runtime.process import FunctionProcess
from faasctl.errors import FaasctlError
from faasctl.files import private_folder
from faasctl.javascript.node import find_node

if TYPE_CHECKING:
    from faasctl.emulator.runtime.debugging import Debugging
    from faasctl.emulator.runtime.outcome import DeployedFunction


class Launcher:
    """The settings are FunctionHost's. PrerequisiteMissing when Node is missing or too old."""

    def __init__(
        self,
        folder: Path,
        *,
        environ: Mapping[str, str] = os.environ,
        extra_environment: Mapping[str, str] | None = None,
        toolbelt: Callable[[str], Mapping[str, str]] = lambda _: {},
        offline: bool = False,
        allowed_hosts: Sequence[str] = (),
    ) -> None:
        self._folder = folder
        self._environ = environ
        self._extra_environment = dict(extra_environment or {})
        self._toolbelt = toolbelt
        self._offline = offline
        self._allowed_hosts = tuple(allowed_hosts)
        self._module_cache = module_cache(environ)
        self._found_node: str | None = None
        self._processes: set[FunctionProcess] = set()
        self._endings: set[asyncio.Task[None]] = set()
        self._closed = False

    async def spawn(self, *, debugged: bool = False, reaches_out: bool = False) -> FunctionProcess:
        """A process that knows no function yet; one to be debugged is not confined.

        `reaches_out` prepares it for one that may reach modules and connections.
        """
        self._refuse_when_closed()
        process = await FunctionProcess.start(
            node=self._node(),
            folder=private_folder(self._folder).resolve(),
            environment=self._extra_environment,
            readable=[self._module_cache],
            debugged=debugged,
            reaches_out=reaches_out,
        )
        self._processes.add(process)
        if self._closed:  # meanwhile
            await self.end(process)
        self._refuse_when_closed()
        return process

    async def load(
        self,
        function: DeployedFunction,
        process: FunctionProcess,
        debugging: Debugging | None = None,
        *,
        covered: bool = False,
    ) -> FunctionProcess | LoadFailure:
        """The process with the function in it; one that could not load it is ended."""
        try:
            # A debugger reaches out itself.
            outward = debugging is not None or may_reach_out(function.code)
            failure = await process.load(
                function,
                self._environment(function),
                allowed_domains=function.allowed_domains,
                outward=await self._outward(function) if outward else None,
                debugging=debugging,
                covered=covered,
            )
        except BaseException:
            await self.end(process)
            raise
        if isinstance(failure, LoadFailure):
            await self.end(process)
            return failure
        return process

    async def end(self, process: FunctionProcess) -> None:
        """Ends a process and waits until it is gone."""
        await process.kill()
        self._processes.discard(process)

    def end_soon(self, process: FunctionProcess) -> None:
        """Ends a process without waiting for it."""
        ending = asyncio.get_running_loop().create_task(self.end(process))
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    async def close(self) -> None:
        """Ends all processes and removes all copies."""
        self._closed = True
        await asyncio.gather(*(self.end(process) for process in tuple(self._processes)), *self._endings)

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise FaasctlError("the function runtime is closed")

    def _node(self) -> str:
        if self._found_node is None:
            self._found_node = find_node(self._environ)
        return self._found_node

    def _environment(self, function: DeployedFunction) -> dict[str, str]:
        """functions-api §10: what the platform's runtime sets, ours, and what the function declares."""
        return {
            "X_LIVEPERSON_BRAND_ID": function.account,
            "X_LIVEPERSON_FUNCTION_UUID": function.uuid,
            **({"BRAND_ID": function.account, "LAMBDA_UUID": function.uuid} if function.interface == "v1" else {}),
            **self._extra_environment,
            **function.environment,
        }

    async def _outward(self, function: DeployedFunction) -> Outward:
        modules = await modules_for(
            function.code,
            function.interface,
            cache=self._module_cache,
            node=self._node(),
            environ=self._environ,
        )
        return Outward(modules=modules, network=self._network(function), toolbelt=self._toolbelt(function.account))

    def _network(self, function: DeployedFunction) -> NetworkPolicy:
        return NetworkPolicy(
            # The services are found there (functions-api §10), so it is the emulator's address.
            emulator=self._extra_environment.get("X_LIVEPERSON_CSDS_DOMAIN"),
            offline=self._offline,
            allowed_hosts=self._allowed_hosts,
            allowed_domains=function.allowed_domains,
        )
