"""One Node process that holds one function."""

from __future__ import annotations

import asyncio
import json
import math
import secrets
import shutil
import signal
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faasctl.emulator.runtime import confinement
from faasctl.emulator.runtime.bundle import bundle_in
from faasctl.emulator.runtime.debugging import Debugging, named_as, stopping
from faasctl.emulator.runtime.lifeline import Lifeline
from faasctl.emulator.runtime.modules import MODULES_FOLDER
from faasctl.emulator.runtime.outcome import DeployedFunction, LoadFailure, LogEntry, Outcome
from faasctl.emulator.runtime.wire import Wire
from faasctl.errors import FaasctlError
from faasctl.facts import console, function_errors, limits
from faasctl.javascript.node import explain_failed_start, refuse_old_node, start_environment

if TYPE_CHECKING:
    from faasctl.emulator.runtime.outward import Outward
    from faasctl.facts.function_errors import FunctionErrorCode
    from faasctl.javascript.report import Module

_START_SECONDS = 30.0
_COVERAGE_SECONDS = 10.0
_LOAD_SECONDS = float(limits.EXECUTION_SECONDS.value)
"""Ours: the platform names no limit, but a result has to fit somewhere."""
_OUT_OF_MEMORY = f"the function ran out of memory ({limits.MEMORY_MEBIBYTES.value} MiB)"
_LAST_WORDS_OF_MEMORY = ("out of memory", "allocation failed", "bad_alloc", "terminate called")
"""The last are C++'s: where several threads find no memory at once, they garble the exception's name."""
_REFUSED_MEMORY = ("Array buffer allocation failed", "could not allocate memory", "Failed to allocate memory")
"""What V8 throws, as a RangeError, when it gets no memory outside the heap."""


class FunctionProcess:
    """Start it, `load` once, then `invoke` one after the other; `kill` ends it and all that it started.

    `function` is None until `load` is called: a process may be started before it is known what it will run. Once
    it is not `usable` it stays so: the function called process.exit, crashed, ran over, or was cancelled.
    """

    def __init__(self, node: str, wire: Wire, lifeline: Lifeline, copy: Path) -> None:
        self.function: DeployedFunction | None = None
        self._allowed_domains: tuple[str, ...] | None = None
        self._node = node
        self._wire = wire
        self._lifeline = lifeline
        self._copy = copy

    @classmethod
    async def start(
        cls,
        *,
        node: str,
        folder: Path,
        environment: Mapping[str, str],
        readable: Sequence[Path] = (),
        debugged: bool = False,
        reaches_out: bool = False,
    ) -> FunctionProcess:
        """Spawns Node, confined to a new folder below `folder`, and waits until it can load a function.

        `environment` is Node's own. `readable` are folders that the function may read besides its copy. All paths
        without links. One to be `debugged` gets no permissions: they bar Node's inspector. `reaches_out` prepares
        for a function that may reach modules and connections. PrerequisiteMissing when Node does not start or is
        too old.
        """
        place = Path(tempfile.mkdtemp(prefix="function-", dir=folder))
        copy = place / "code"
        copy.mkdir()
        readable = [place / MODULES_FOLDER, *readable]
        try:
            bootstrap = bundle_in(folder)
            for spelling in [()] if debugged else confinement.spellings(node):
                options = confinement.options(spelling, bootstrap, copy, readable)
                process = await cls._spawned(node, options, copy, environment)
                if await process._greeted(reaches_out):  # noqa: SLF001 - of this very class
                    if spelling:
                        confinement.worked(node, spelling)
                    return process
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        shutil.rmtree(place, ignore_errors=True)
        raise explain_failed_start(node) or FaasctlError(f"faasctl cannot confine functions with Node at {node}")

    @classmethod
    async def _spawned(
        cls, node: str, options: Sequence[str], copy: Path, environment: Mapping[str, str]
    ) -> FunctionProcess:
        lifeline = Lifeline()
        try:
            wire = await Wire.spawn(
                [node, *options],
                environment={**start_environment(), **environment},
                folder=copy,
                inherited=lifeline.inherited,
            )
        except BaseException as error:
            lifeline.cut()
            if isinstance(error, OSError):
                raise explain_failed_start(node) or FaasctlError(f"Node does not start: {error}") from error
            raise
        lifeline.tie(wire.pid)
        return cls(node, wire, lifeline, copy)

    async def _greeted(self, reaches_out: bool) -> bool:
        """Waits until Node is there, and limits it. Where its options do not fit: False, and it is gone."""
        fits = False
        try:
            fits = await self._fits(reaches_out)
        finally:
            if not fits:
                self._wire.kill_group()
                await self._disconnect()
        return fits

    async def _fits(self, reaches_out: bool) -> bool:
        kind, body, _ = await self._ask({"nonce": self._wire.nonce, "reachesOut": reaches_out}, _START_SECONDS)
        if kind != "hello":
            if confinement.is_unknown(self._wire.last_words):
                return False
            message = body.get("message", "it does not answer")
            raise explain_failed_start(self._node) or FaasctlError(f"Node does not start functions: {message}")
        refuse_old_node(self._node, body["node"])
        if body["network"]:
            confinement.limit(self._wire.pid)
        return bool(body["network"])

    @property
    def usable(self) -> bool:
        return self._wire.usable

    async def load(
        self,
        function: DeployedFunction,
        environment: Mapping[str, str],
        *,
        allowed_domains: tuple[str, ...] | None,
        outward: Outward | None,
        debugging: Debugging | None = None,
        covered: bool = False,
    ) -> LoadFailure | None:
        """Loads a copy of the code with `environment` as its process.env, whole. Once for each process.

        `outward` is None for a function that reaches nothing out of the language. With `debugging` it waits for a
        debugger first. One that is to be `covered` must have been started without permissions.
        """
        self.function = function
        self._allowed_domains = allowed_domains
        if outward is not None:
            outward.modules.lay(self._copy.parent)
        alias = f"faasctl_{secrets.token_hex(8)}"
        file = self._copy / ("index.mjs" if function.module == "esm" else "index.cjs")
        code = function.code if debugging is None else stopping(function.code)
        code = _with_epilogue(code, function.module, alias)
        if debugging is not None:
            code += named_as(debugging.file)
            self._wire.on_waiting = debugging.on_waiting
        file.write_text(code, encoding="utf-8", errors="replace", newline="")
        request = {
            "file": str(file),
            "alias": alias,
            "module": function.module,
            "shownAs": f"{function.name}/index.js",
            "environment": dict(environment),
            "outward": None if outward is None else outward.as_json(),
            "settings": _settings(function),
            "debuggerPort": None if debugging is None else debugging.port,
            "covered": covered,
        }
        kind, body, logs = await self._ask(request, _LOAD_SECONDS if debugging is None else math.inf)
        if kind == "loaded":
            return None
        if kind == "overrun":
            body["message"] = f"the code did not finish loading within {_LOAD_SECONDS:.0f} s"
        message, stack = body["message"], body.get("stack")
        if stack and stack.startswith(f"{request['shownAs']}:"):
            message += " ({})".format(stack.partition("\n")[0])  # a syntax error: where it is
        return LoadFailure(message=message, stack=stack, logs=logs)

    async def invoke(
        self, value: Any, *, test: bool, seconds: float, allowed_domains: tuple[str, ...] | None = None
    ) -> Outcome:
        """Runs the function once. `allowed_domains` holds from now on, in the invocations under way too."""
        started = time.perf_counter()
        request = {"input": value, "test": test}
        if allowed_domains != self._allowed_domains:
            self._allowed_domains = allowed_domains
            request["allowedDomains"] = allowed_domains
        kind, body, logs = await self._ask(request, seconds)
        duration = time.perf_counter() - started
        if kind == "result":
            return Outcome(
                ok=True, result=body, error=None, message=None, stack=None, logs=logs, duration=duration
            )
        if kind == "overrun":
            body["message"] = f"the function did not end within {seconds:g} s"
        return Outcome(
            ok=False,
            result="null",
            error=_classify(kind, body.get("name")),
            message=body["message"],
            stack=body.get("stack"),
            logs=logs,
            duration=duration,
        )

    async def coverage(self) -> Any:
        """What V8 counted since the last time, if it is `covered`: {"functions": […]}; None if it is gone."""
        kind, body, _ = await self._ask({"coverage": True}, _COVERAGE_SECONDS)
        return body if kind == "covered" else None

    async def kill(self) -> None:
        """Ends the process and what it started, and removes the copy; idempotent."""
        self._wire.kill_group()
        await self._disconnect()
        shutil.rmtree(self._copy.parent, ignore_errors=True)

    async def _disconnect(self) -> None:
        await self._wire.wait_ended()
        self._wire.close()
        self._lifeline.cut()

    async def _ask(self, request: dict[str, Any], seconds: float) -> tuple[str, Any, tuple[LogEntry, ...]]:
        """The kind and content of the answer, and the log entries written before it."""
        try:
            kind, body, logs = await self._wire.ask(request, seconds)
        except asyncio.CancelledError:
            self._wire.kill_group()  # nobody waits for the answer; it must not be taken for the next one's
            raise
        told: Any = body.decode() if kind == "result" else json.loads(body or "{}")
        if kind == "threw" and told["name"] == "RangeError" and told["message"].endswith(_REFUSED_MEMORY):
            kind, told = "exiting", {"message": _OUT_OF_MEMORY}
            self._wire.kill_group()
        elif kind == "ended":
            told = {"message": self._ending()}
        return kind, told, tuple(LogEntry(**json.loads(entry)) for entry in logs)

    def _ending(self) -> str:
        """How the process ended, for a person."""
        complaint = self._wire.last_words.lower()
        if any(words in complaint for words in _LAST_WORDS_OF_MEMORY):
            return _OUT_OF_MEMORY
        code = self._wire.exit_status
        if code is not None and code < 0:
            return f"the function's process was ended by {signal.Signals(-code).name}"
        return f"the function's process ended with status {code}"


def _with_epilogue(code: str, module: Module, alias: str) -> str:
    """The code and, after it so that line numbers stay, what hands `lambda` over."""
    if module == "esm":
        return f"{code}\nexport {{ lambda as {alias} }};\n"
    return f"{code}\n;module.{alias}(() => typeof lambda === 'undefined' ? undefined : lambda);\n"


def _settings(function: DeployedFunction) -> dict[str, Any]:
    v1 = function.in_v1_account  # an imported V1 function has V2's console
    levels = {method: level for method, level in console.LEVELS.items() if not v1 or method in console.V1_METHODS}
    return {
        "interface": function.interface,
        "levels": levels,
        "logEntries": limits.LOG_ENTRIES.value,
        "logCharacters": limits.LOG_CHARACTERS.of(function.interface, loose=function.loose_limits),
        "failAtLogLimit": function.fail_at_log_limit,
        "resultCharacters": limits.RESULT_CHARACTERS.value,
    }


def _classify(kind: str, name: str | None) -> FunctionErrorCode:
    if kind == "overrun":
        return function_errors.EXECUTION_EXCEEDED
    if kind == "limit":
        return function_errors.LIMIT_REACHED
    if kind == "threw" and name not in function_errors.RUNTIME_ERROR_NAMES:
        return function_errors.THREW_ERROR
    return function_errors.RUNTIME_ERROR
