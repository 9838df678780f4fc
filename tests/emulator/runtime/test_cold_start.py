"""Cold starts: what the first request to an instance waits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from faasctl.emulator.runtime.host import FunctionHost
    from faasctl.emulator.runtime.outcome import DeployedFunction

Make = Callable[..., "DeployedFunction"]
WithHost = Callable[..., Any]
COLD = 1.0
CODE = "async function lambda() { return 1 }"


async def spent(host: FunctionHost, deployed: DeployedFunction, **more: Any) -> tuple[float, float]:
    """How long the caller waited, and how long the function ran."""
    started = time.monotonic()
    outcome = await host.invoke(deployed, None, test=False, **more)
    return time.monotonic() - started, outcome.duration


def test_the_first_request_to_an_instance_waits_and_the_next_does_not(function: Make, with_host: WithHost) -> None:
    deployed = function(CODE)

    async def work(host: FunctionHost) -> list[tuple[float, float]]:
        await host.load(deployed)
        return [await spent(host, deployed) for _ in range(2)]

    first, second = with_host(work, cold_start_seconds=COLD)
    assert first[0] >= COLD
    assert second[0] < first[0]


def test_a_cold_start_is_no_run_time(function: Make, with_host: WithHost) -> None:
    deployed = function(CODE)
    waited, ran = with_host(
        lambda host: spent(host, deployed), cold_start_seconds=COLD, execution_seconds=COLD * 0.9
    )
    assert ran < COLD <= waited


def test_each_instance_and_each_isolation_starts_cold(function: Make, with_host: WithHost) -> None:
    deployed = function(CODE)

    async def work(host: FunctionHost) -> list[tuple[float, float]]:
        await spent(host, deployed)
        calls = [spent(host, deployed, isolation=name) for name in ("a", "b")]
        return list(await asyncio.gather(*calls))

    assert all(waited >= COLD for waited, _ in with_host(work, cold_start_seconds=COLD))


def test_requests_to_v1_wait_for_the_same_cold_start(function: Make, with_host: WithHost) -> None:
    deployed = function("function lambda(input, callback) { callback(null, 1) }", interface="v1")

    async def work(host: FunctionHost) -> float:
        started = time.monotonic()
        await asyncio.gather(*(spent(host, deployed) for _ in range(10)))
        return time.monotonic() - started

    assert COLD <= with_host(work, cold_start_seconds=COLD) < 10 * COLD
