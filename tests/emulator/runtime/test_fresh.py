"""Isolations: processes that share nothing with others, taken from spares."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.emulator.runtime.isolation import Isolations
from faasctl.emulator.runtime.pool import InstancesBusy

if TYPE_CHECKING:
    from faasctl.emulator.runtime.host import FunctionHost
    from faasctl.emulator.runtime.outcome import DeployedFunction

Make = Callable[..., "DeployedFunction"]
WithHost = Callable[..., Any]
COUNTER = "let count = 0; async function lambda() { return [process.pid, ++count] }"


async def counted(host: FunctionHost, function: DeployedFunction, isolation: str | None) -> list[int]:
    outcome = await host.invoke(function, None, test=False, isolation=isolation)
    found: list[int] = json.loads(outcome.result)
    return found


def test_each_isolation_has_module_state_of_its_own(function: Make, with_host: WithHost) -> None:
    deployed = function(COUNTER)

    async def work(host: FunctionHost) -> list[list[int]]:
        names = [None, "a", "b", "a", None, "b", "b"]
        return [await counted(host, deployed, name) for name in names]

    results = with_host(work)
    assert [count for _, count in results] == [1, 1, 1, 2, 2, 2, 3]
    assert len({pid for pid, _ in results}) == 3


def test_functions_of_one_isolation_have_processes_of_their_own(function: Make, with_host: WithHost) -> None:
    one, two = function(COUNTER), function(COUNTER)

    async def work(host: FunctionHost) -> list[list[int]]:
        return [await counted(host, deployed, "a") for deployed in (one, two, one)]

    assert [count for _, count in with_host(work)] == [1, 1, 2]


def test_a_released_isolation_begins_anew(function: Make, with_host: WithHost, tmp_path: Path) -> None:
    deployed = function(COUNTER)

    async def work(host: FunctionHost) -> list[list[int]]:
        first = await counted(host, deployed, "a")
        host.release("a")
        host.release("unknown")
        return [first, await counted(host, deployed, "a")]

    first, second = with_host(work)
    assert (first[1], second[1]) == (1, 1)
    assert first[0] != second[0]
    assert not list((tmp_path / "runtime").glob("function-*"))


def test_an_isolated_function_that_crashes_begins_anew(function: Make, with_host: WithHost) -> None:
    deployed = function("let count = 0; async function lambda(i) { if (i) process.exit(); return ++count }")

    async def work(host: FunctionHost) -> list[str]:
        calls = [await host.invoke(deployed, value, test=False, isolation="a") for value in (0, 0, 1, 0)]
        return [outcome.result for outcome in calls]

    assert with_host(work) == ["1", "2", "null", "1"]


def test_isolated_code_that_cannot_be_loaded_fails_as_elsewhere(function: Make, with_host: WithHost) -> None:
    deployed = function("const a = ;")

    async def work(host: FunctionHost) -> list[Any]:
        return [await host.invoke(deployed, None, test=False, isolation=name) for name in ("a", "a", None)]

    outcomes = with_host(work)
    assert [outcome.ok for outcome in outcomes] == [False] * 3
    assert len({outcome.message for outcome in outcomes}) == 1


def test_stopping_a_function_ends_its_isolations(function: Make, with_host: WithHost) -> None:
    deployed = function(COUNTER)

    async def work(host: FunctionHost) -> list[int]:
        await counted(host, deployed, "a")
        await host.stop(deployed.account, deployed.uuid)
        return await counted(host, deployed, "a")

    assert with_host(work)[1] == 1


def test_many_isolations_at_once_stay_apart(function: Make, with_host: WithHost) -> None:
    deployed = function("let mine = null; async function lambda(i) { mine ??= i; return mine }")

    async def work(host: FunctionHost) -> list[list[str]]:
        async def scenario(name: str) -> list[str]:
            turns = [await host.invoke(deployed, name, test=False, isolation=name) for _ in range(3)]
            host.release(name)
            return [turn.result for turn in turns]

        return list(await asyncio.gather(*(scenario(f"s{number}") for number in range(12))))

    assert with_host(work) == [[f'"s{number}"'] * 3 for number in range(12)]


class FakeProcess:
    usable = True


def test_the_isolation_that_was_used_longest_ago_gives_way(function: Make) -> None:
    deployed = function(COUNTER)

    async def main() -> None:
        ended: list[Any] = []
        isolations = Isolations(end=ended.append, most=2)
        processes = {}
        for name in ("a", "b", "a", "c"):
            isolated = isolations.enter(name, deployed)
            if isolated.process is None:
                isolated.process = processes[name] = FakeProcess()  # type: ignore[assignment]
            isolations.leave(isolated)
        assert ended == [processes["b"]]
        isolations.enter("a", deployed), isolations.enter("c", deployed)
        with pytest.raises(InstancesBusy):
            isolations.enter("d", deployed)
        isolations.close()

    asyncio.run(main())


def test_an_isolation_that_is_forgotten_ends_by_itself(function: Make) -> None:
    async def main() -> None:
        ended: list[Any] = []
        isolations = Isolations(end=ended.append, idle_seconds=0.02)
        isolated = isolations.enter("a", function(COUNTER))
        isolated.process = FakeProcess()  # type: ignore[assignment]
        isolations.leave(isolated)
        for _ in range(1000):
            if ended:
                break
            await asyncio.sleep(0.01)
        assert len(ended) == 1
        isolations.close()

    asyncio.run(main())
