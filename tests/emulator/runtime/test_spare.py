"""Processes that are started before they are needed."""

from __future__ import annotations

import asyncio
from typing import Any

from faasctl.emulator.runtime.spare import Spares
from faasctl.errors import FaasctlError


class FakeProcess:
    def __init__(self, number: int) -> None:
        self.number = number
        self.usable = True


class Factory:
    """Starts stand-ins; `ended` holds those that were ended."""

    def __init__(self) -> None:
        self.count = 0
        self.ended: list[Any] = []

    async def spawn(self) -> Any:
        self.count += 1
        made = FakeProcess(self.count)
        await asyncio.sleep(0)
        return made

    def spares(self, **options: Any) -> Spares:
        return Spares(spawn=self.spawn, end=self.ended.append, **options)


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_nothing_is_started_before_it_is_asked_for() -> None:
    async def main() -> None:
        factory = Factory()
        spares = factory.spares(count=3)
        await settled()
        assert factory.count == 0
        await spares.take()
        spares.refill()
        await settled()
        assert factory.count == 4
        await spares.close()
        assert len(factory.ended) == 3

    asyncio.run(main())


def test_a_taken_spare_is_replaced() -> None:
    async def main() -> None:
        factory = Factory()
        spares = factory.spares(count=2)
        taken = []
        for _ in range(5):
            taken.append((await spares.take()).number)  # type: ignore[attr-defined]
            spares.refill()
            await settled()
        assert taken == [1, 2, 3, 4, 5]
        assert factory.count == 7
        await spares.close()

    asyncio.run(main())


def test_a_spare_that_has_died_is_passed_over() -> None:
    async def main() -> None:
        factory = Factory()
        spares = factory.spares(count=2)
        await spares.take()
        spares.refill()
        await settled()
        spares._ready[0].usable = False  # type: ignore[misc]
        assert (await spares.take()).number == 3  # type: ignore[attr-defined]
        assert [process.number for process in factory.ended] == [2]
        await spares.close()

    asyncio.run(main())


def test_spares_that_nobody_takes_end() -> None:
    async def main() -> None:
        factory = Factory()
        spares = factory.spares(count=2, idle_seconds=0.02)
        await spares.take()
        spares.refill()
        for _ in range(1000):
            if len(factory.ended) == 2:
                break
            await asyncio.sleep(0.01)
        assert len(factory.ended) == 2
        assert (await spares.take()).number == 4  # type: ignore[attr-defined]
        await spares.close()

    asyncio.run(main())


def test_a_spare_that_cannot_be_started_is_nobodys_error() -> None:
    async def main() -> None:
        calls = 0

        async def spawn() -> Any:
            nonlocal calls
            calls += 1
            if calls > 1:
                raise FaasctlError("no more")
            return FakeProcess(calls)

        spares = Spares(spawn=spawn, end=lambda _: None, count=2)
        assert (await spares.take()).number == 1  # type: ignore[attr-defined]
        spares.refill()
        await settled()
        assert calls == 3
        await spares.close()

    asyncio.run(main())
