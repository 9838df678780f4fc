"""Functions written in a test, run in real Node."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from faasctl.emulator.runtime.host import FunctionHost
from faasctl.emulator.runtime.outcome import DeployedFunction, Outcome

T = TypeVar("T")
_numbers = itertools.count(1)


@pytest.fixture
def function() -> Callable[..., DeployedFunction]:
    """Makes a deployed function of its own out of `code`."""

    def make(code: str, **changes: Any) -> DeployedFunction:
        number = next(_numbers)
        values: dict[str, Any] = {
            "account": "12345678",
            "uuid": f"uuid-{number}",
            "name": "OrderBot",
            "deployment": f"deployment-{number}",
            "code": code,
            "environment": {},
            "interface": "v2",
            "module": "esm",
        }
        return DeployedFunction(**{**values, **changes})

    return make


@pytest.fixture
def with_host(tmp_path: Path) -> Callable[..., Any]:
    """Runs a coroutine function with an open host, and closes the host."""

    def run(work: Callable[[FunctionHost], Awaitable[T]], **options: Any) -> T:
        async def main() -> T:
            host = FunctionHost(tmp_path / "runtime", **options)
            try:
                return await work(host)
            finally:
                await host.close()

        return asyncio.run(main())

    return run


@pytest.fixture
def outcome_of(function: Callable[..., DeployedFunction], with_host: Callable[..., Any]) -> Callable[..., Outcome]:
    """The outcome of one invocation of `code`; options starting with `host_` go to the host."""

    def invoke(code: str, value: Any = None, *, test: bool = True, **options: Any) -> Outcome:
        host_options = {key[5:]: options.pop(key) for key in list(options) if key.startswith("host_")}
        deployed = function(code, **options)
        outcome: Outcome = with_host(lambda host: host.invoke(deployed, value, test=test), **host_options)
        return outcome

    return invoke
