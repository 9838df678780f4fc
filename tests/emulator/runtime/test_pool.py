"""Instances of a function: as many as are needed, up to a number; those that idle end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.emulator.runtime.pool import InstancesBusy, Pool

if TYPE_CHECKING:
    from faasctl.emulator.runtime.host import FunctionHost
    from faasctl.emulator.runtime.outcome import DeployedFunction, Outcome

Make = Callable[..., "DeployedFunction"]
WithHost = Callable[..., Any]

HELD = """let running = 0;
async function lambda(input) {
  running += 1;
  const most = running;
  await new Promise((go) => setTimeout(go, input));
  running -= 1;
  return [process.pid, most];
}"""
ECHO = "async function lambda(input) { return [process.pid, input] }"
SECONDS = 20


class FakeProcess:
    """An instance's process, as far as the pool looks at it."""

    def __init__(self) -> None:
        self.usable = True


def pool_of(function: DeployedFunction, **options: Any) -> tuple[Pool, list[Any], list[Any]]:
    """A pool of stand-ins; what it started, and what it ended."""
    started: list[Any] = []
    ended: list[Any] = []

    async def start(_: DeployedFunction) -> Any:
        await asyncio.sleep(0)
        started.append(FakeProcess())
        return started[-1]

    return Pool(function, start=start, end=ended.append, **options), started, ended


def test_an_instance_of_v2_serves_one_request_at_a_time(function: Make, with_host: WithHost) -> None:
    deployed = function(HELD)

    async def work(host: FunctionHost) -> list[list[int]]:
        outcomes = await asyncio.gather(*(host.invoke(deployed, 300, test=False) for _ in range(3)))
        return [json.loads(outcome.result) for outcome in outcomes]

    results = with_host(work)
    assert [most for _, most in results] == [1, 1, 1]
    assert len({pid for pid, _ in results}) == 3


def test_requests_one_after_the_other_need_one_instance(function: Make, with_host: WithHost) -> None:
    deployed = function(ECHO)

    async def work(host: FunctionHost) -> set[int]:
        return {json.loads((await host.invoke(deployed, 1, test=False)).result)[0] for _ in range(5)}

    assert len(with_host(work)) == 1


def test_past_the_most_instances_requests_are_turned_away(function: Make, with_host: WithHost) -> None:
    deployed = function(HELD)

    async def work(host: FunctionHost) -> list[Outcome | BaseException]:
        calls = [host.invoke(deployed, 500, test=False) for _ in range(5)]
        answers = await asyncio.gather(*calls, return_exceptions=True)
        assert (await host.invoke(deployed, 0, test=False)).ok
        return answers

    answers = with_host(work, instances=2, busy_seconds=0)
    refused = [answer for answer in answers if isinstance(answer, InstancesBusy)]
    assert len(refused) == 3
    assert "OrderBot" in refused[0].message


def test_a_burst_of_requests_waits_for_the_instances_that_there_are(function: Make, with_host: WithHost) -> None:
    deployed = function(ECHO)

    async def work(host: FunctionHost) -> set[int]:
        outcomes = await asyncio.gather(*(host.invoke(deployed, 1, test=False) for _ in range(200)))
        return {json.loads(outcome.result)[0] for outcome in outcomes}

    assert len(with_host(work, instances=2, busy_seconds=SECONDS)) <= 2


def test_instances_that_idle_end_and_one_stays(function: Make) -> None:
    async def main() -> None:
        pool, started, ended = pool_of(function(ECHO), most=4, idle_seconds=0.05)
        taken = [await pool.take() for _ in range(4)]
        for instance in taken:
            pool.give_back(instance)  # type: ignore[arg-type]
        for _ in range(SECONDS * 100):
            if len(ended) == 3:
                break
            await asyncio.sleep(0.01)
        assert await pool.take() is taken[-1]
        assert (len(started), len(ended)) == (4, 3)
        pool.retire()

    asyncio.run(main())


def test_a_retired_pool_ends_what_is_at_work_when_it_is_given_back(function: Make) -> None:
    async def main() -> None:
        pool, started, ended = pool_of(function(ECHO), most=2)
        first, second = await pool.take(), await pool.take()
        pool.give_back(first)  # type: ignore[arg-type]
        pool.retire()
        assert ended == [started[0]]
        pool.give_back(second)  # type: ignore[arg-type]
        assert ended == started

    asyncio.run(main())


def test_an_instance_that_broke_is_replaced(function: Make) -> None:
    async def main() -> None:
        pool, started, ended = pool_of(function(ECHO), most=1)
        pool.give_back(await pool.take())  # type: ignore[arg-type]
        started[0].usable = False
        assert (await pool.take()).process is started[1]  # type: ignore[union-attr]
        assert ended == started[:1]

    asyncio.run(main())


def test_requests_to_v1_share_what_is_starting(function: Make) -> None:
    async def main() -> None:
        pool, started, ended = pool_of(function(ECHO, interface="v1"), most=8)
        taken = await asyncio.gather(*(pool.take() for _ in range(20)))
        assert len(started) == 1
        assert {instance.running for instance in taken} == {20}  # type: ignore[union-attr]
        started[0].usable = False
        for instance in taken:
            assert not ended
            pool.give_back(instance)  # type: ignore[arg-type]
        assert ended == started

    asyncio.run(main())


@pytest.mark.parametrize("interface", ["v1", "v2"])
def test_a_pool_that_is_retired_while_it_warms_up_keeps_nothing(function: Make, interface: str) -> None:
    async def main() -> None:
        pool, started, ended = pool_of(function(ECHO, interface=interface), most=1)
        warming = asyncio.create_task(pool.warm())
        await asyncio.sleep(0)
        pool.retire()
        assert await warming is None
        assert ended == started
        assert len(ended) == 1

    asyncio.run(main())
