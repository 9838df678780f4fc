"""One Node process that holds one function."""

from __future__ import annotations

import asyncio
import json
import secrets
import shutil
import signal
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faasctl.emulator.runtime.lifeline import Lifeline
from faasctl.emulator.runtime.outcome import DeployedFunction, LoadFailure, LogEntry, Outcome
from faasctl.emulator.runtime.wire import Wire
from faasctl.errors import FaasctlError
from faasctl.facts import console, function_errors, limits
from faasctl.javascript.node import explain_failed_start, refuse_old_node, start_environment

if TYPE_CHECKING:
    from faasctl.facts.function_errors import FunctionErrorCode

_BOOTSTRAP = str(Path(__file__).with_name("bootstrap.cjs"))
_LOAD_SECONDS = float(limits.EXECUTION_SECONDS.value)
_RESULT_CHARACTERS = 6 * 1024 * 1024
"""Ours: the platform names no limit, but a result has to fit somewhere."""


def _flags() -> list[str]:
    """How Node is confined; further confinement (permissions, resource limits) belongs here."""
    return [f"--max-old-space-size={limits.MEMORY_MEBIBYTES.value}", "--no-warnings"]


class FunctionProcess:
    """Start it, `load` once, then `invoke` one after the other; `kill` ends it and all that it started.

    Once it is not `usable` it stays so: the function called process.exit, crashed, ran over, or was cancelled.
    """

    def __init__(self, function: DeployedFunction, node: str, wire: Wire, lifeline: Lifeline, copy: Path) -> None:
        self.function = function
        self._node = node
        self._wire = wire
        self._lifeline = lifeline
        self._copy = copy

    @classmethod
    async def start(
        cls, function: DeployedFunction, *, node: str, folder: Path, environment: Mapping[str, str]
    ) -> FunctionProcess:
        """Spawns Node with `environment` and what it needs itself; PrerequisiteMissing when it does not start."""
        copy = Path(tempfile.mkdtemp(prefix="function-", dir=folder))
        lifeline = Lifeline()
        nonce = secrets.token_hex(16)
        try:
            _, wire = await asyncio.get_running_loop().subprocess_exec(
                lambda: Wire(nonce),
                node,
                *_flags(),
                _BOOTSTRAP,
                env={**start_environment(), **environment},
                start_new_session=True,
                pass_fds=lifeline.inherited,
            )
        except OSError as error:
            lifeline.cut()
            shutil.rmtree(copy, ignore_errors=True)
            raise explain_failed_start(node) or FaasctlError(f"Node does not start: {error}") from error
        lifeline.tie(wire.pid)
        return cls(function, node, wire, lifeline, copy)

    @property
    def usable(self) -> bool:
        return self._wire.usable

    async def load(self, environment: Mapping[str, str]) -> LoadFailure | None:
        """Loads a copy of the code with `environment` as its process.env, whole."""
        function = self.function
        alias = f"faasctl_{secrets.token_hex(8)}"
        file = self._copy / ("index.mjs" if function.module == "esm" else "index.cjs")
        file.write_text(_with_epilogue(function, alias), encoding="utf-8", errors="replace", newline="")
        request = {
            "nonce": self._wire.nonce,
            "file": str(file),
            "alias": alias,
            "module": function.module,
            "shownAs": f"{function.name}/index.js",
            "environment": dict(environment),
            "settings": _settings(function),
        }
        kind, body, logs = await self._ask(request, _LOAD_SECONDS)
        if self._wire.node_version is not None:
            refuse_old_node(self._node, self._wire.node_version)
        elif kind == "ended":
            raise explain_failed_start(self._node) or FaasctlError(f"Node ended at once: {body['message']}")
        if kind == "loaded":
            return None
        if kind == "overrun":
            body["message"] = f"the code did not finish loading within {_LOAD_SECONDS:.0f} s"
        return LoadFailure(message=body["message"], stack=body.get("stack"), logs=logs)

    async def invoke(self, value: Any, *, test: bool, seconds: float) -> Outcome:
        started = time.perf_counter()
        kind, body, logs = await self._ask({"input": value, "test": test}, seconds)
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

    async def kill(self) -> None:
        """Ends the process and what it started, and removes the copy; idempotent."""
        self._wire.kill_group()
        await self._wire.wait_ended()
        self._wire.close()
        self._lifeline.cut()
        shutil.rmtree(self._copy, ignore_errors=True)

    async def _ask(self, request: dict[str, Any], seconds: float) -> tuple[str, Any, tuple[LogEntry, ...]]:
        """The kind and content of the answer, and the log entries written before it."""
        try:
            kind, body = await self._wire.ask(json.dumps(request).encode() + b"\n", seconds)
        except asyncio.CancelledError:
            self._wire.kill_group()  # nobody waits for the answer; it must not be taken for the next one's
            raise
        if kind in {"overrun", "exiting"}:
            self._wire.kill_group()
            await self._wire.wait_ended()
        logs = tuple(LogEntry(**json.loads(entry)) for entry in self._wire.take_logs())
        if kind == "result":
            return kind, body.decode(), logs
        return kind, json.loads(body) if body else {"message": self._ending()}, logs

    def _ending(self) -> str:
        """How the process ended, for a person."""
        complaint = self._wire.last_words
        if "heap out of memory" in complaint or "allocation failed" in complaint.lower():
            return f"the function ran out of memory ({limits.MEMORY_MEBIBYTES.value} MiB)"
        code = self._wire.exit_status
        if code is not None and code < 0:
            return f"the function's process was ended by {signal.Signals(-code).name}"
        return f"the function's process ended with status {code}"


def _with_epilogue(function: DeployedFunction, alias: str) -> str:
    """The code and, after it so that line numbers stay, what hands `lambda` over."""
    if function.module == "esm":
        return f"{function.code}\nexport {{ lambda as {alias} }};\n"
    return f"{function.code}\n;module.{alias}(() => typeof lambda === 'undefined' ? undefined : lambda);\n"


def _settings(function: DeployedFunction) -> dict[str, Any]:
    v1 = function.interface == "v1"
    levels = {method: level for method, level in console.LEVELS.items() if not v1 or method in console.V1_METHODS}
    characters = limits.LOG_CHARACTERS
    return {
        "interface": function.interface,
        "levels": levels,
        "logEntries": limits.LOG_ENTRIES.value,
        "logCharacters": characters.v1 if v1 else characters.value,
        "resultCharacters": _RESULT_CHARACTERS,
    }


def _classify(kind: str, name: str | None) -> FunctionErrorCode:
    if kind == "overrun":
        return function_errors.EXECUTION_EXCEEDED
    if kind == "threw" and name not in function_errors.RUNTIME_ERROR_NAMES:
        return function_errors.THREW_ERROR
    return function_errors.RUNTIME_ERROR
