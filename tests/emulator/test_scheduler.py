"""The scheduler by a clock of the test's own: what runs, once, and what was missed."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.emulator.functions.state import Functions
from faasctl.emulator.runtime.outcome import Outcome
from faasctl.emulator.schedules.reading import ScheduleChange
from faasctl.emulator.schedules.state import Schedule, Schedules
from faasctl.emulator.schedules.work import Scheduler
from faasctl.emulator.sealing import Seal
from faasctl.emulator.store import Store

if TYPE_CHECKING:
    from pathlib import Path

UUID = "11111111-2222-4333-8444-555555555555"
START = 1_763_700_000.0 // 3600 * 3600
"""The beginning of an hour."""


class Clock:
    def __init__(self) -> None:
        self.now = START + 30

    def __call__(self) -> float:
        return self.now


class Runs:
    """Stands for serving and gateway: remembers what was invoked when."""

    def __init__(self, clock: Clock, *, ok: bool = True) -> None:
        self._clock = clock
        self._ok = ok
        self.at: list[float] = []

    def by_uuid(self, account: str, uuid: str) -> Any:
        return (account, uuid)

    async def invoke(self, function: Any, envelope: dict[str, Any], *, request_id: str) -> Outcome:
        assert function == ("demo", UUID)
        assert envelope["timestamp"] == self._clock.now * 1000
        assert request_id
        self.at.append(self._clock.now - START)
        return Outcome(ok=self._ok, result="null", error=None, message=None, stack=None, logs=(), duration=0.0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@contextlib.contextmanager
def opened(folder: Path, clock: Clock) -> Iterator[Schedules]:
    """The schedules of a folder as one emulator sees them."""
    store = Store(folder)
    store.execute(
        "INSERT OR IGNORE INTO functions (uuid, account, name, description, state, skills, size, manifest_id,"
        " created_at, created_by, updated_at, updated_by) VALUES (?, 'demo', 'Echo', '', 'Productive', '[]', 'S',"
        " 'm', 0, 'x', 0, 'x')",
        UUID,
    )
    yield Schedules(store, Functions(store, Seal({})), clock=clock)
    store.close()


@pytest.fixture
def schedules(folder: Path, clock: Clock) -> Iterator[Schedules]:
    with opened(folder, clock) as made:
        yield made


def create(schedules: Schedules, cron: str = "* * * * *", **more: Any) -> Schedule:
    change = ScheduleChange(function_uuid=UUID, cron=cron, **more)
    return schedules.create("demo", change, "v2", by="jane@example.com")


@contextlib.asynccontextmanager
async def watching(schedules: Schedules, runs: Runs, clock: Clock) -> AsyncIterator[Scheduler]:
    scheduler = Scheduler(schedules, runs, runs, clock=clock)  # type: ignore[arg-type]  # plays both
    scheduler.start()
    yield scheduler
    await scheduler.close()


async def looked(scheduler: Scheduler) -> None:
    """Lets the scheduler look once, and its runs end."""
    scheduler.look_again()
    for _ in range(10):
        await asyncio.sleep(0)


def test_it_runs_at_each_due_time_and_not_between(schedules: Schedules, clock: Clock) -> None:
    made, runs = create(schedules), Runs(clock)

    async def pass_time() -> None:
        async with watching(schedules, runs, clock) as scheduler:
            for seconds in (45, 59.9, 60, 61, 119, 120.5, 180):
                clock.now = START + seconds
                await looked(scheduler)

    asyncio.run(pass_time())
    assert runs.at == [60, 120.5, 180]
    after = schedules.get("demo", made.id)
    assert (after.last_at, after.next_at, after.last_failed) == (START + 180, START + 240, False)


def test_a_schedule_wakes_a_scheduler_that_sleeps(schedules: Schedules, clock: Clock) -> None:
    runs = Runs(clock)

    async def create_late() -> None:
        async with watching(schedules, runs, clock) as scheduler:
            await looked(scheduler)
            create(schedules)
            clock.now = START + 60
            await looked(scheduler)

    asyncio.run(create_late())
    assert runs.at == [60]


def test_how_the_last_run_ended_is_kept(schedules: Schedules, clock: Clock) -> None:
    made = create(schedules)

    async def run_once(runs: Runs, seconds: float) -> None:
        async with watching(schedules, runs, clock) as scheduler:
            clock.now = START + seconds
            await looked(scheduler)

    asyncio.run(run_once(Runs(clock, ok=False), 60))
    assert schedules.get("demo", made.id).last_failed
    asyncio.run(run_once(Runs(clock), 120))
    assert not schedules.get("demo", made.id).last_failed


def test_what_was_missed_is_not_made_up_for(schedules: Schedules, clock: Clock) -> None:
    made, runs = create(schedules), Runs(clock)

    async def come_back_late() -> None:
        clock.now = START + 3600 + 25
        async with watching(schedules, runs, clock) as scheduler:
            await looked(scheduler)
            assert runs.at == []
            clock.now = START + 3660
            await looked(scheduler)

    asyncio.run(come_back_late())
    assert runs.at == [3660]
    assert schedules.get("demo", made.id).last_at == START + 3660


def test_two_emulators_on_one_folder_run_a_schedule_once(folder: Path, clock: Clock) -> None:
    runs = Runs(clock)

    async def pass_an_hour(first: Schedules, second: Schedules) -> None:
        async with watching(first, runs, clock) as one, watching(second, runs, clock) as two:
            for minute in range(1, 61):
                clock.now = START + 60 * minute
                one.look_again()
                two.look_again()
                await looked(two)

    with opened(folder, clock) as first, opened(folder, clock) as second:
        create(first)
        create(first, "*/2 * * * *")
        asyncio.run(pass_an_hour(first, second))
    assert sorted(runs.at) == sorted([60 * minute for minute in range(1, 61)] + [120 * n for n in range(1, 31)])


def test_both_may_find_a_schedule_due_and_one_gets_it(folder: Path, clock: Clock) -> None:
    with opened(folder, clock) as first, opened(folder, clock) as second:
        made = create(first)
        clock.now = START + 60
        seen = second.get("demo", made.id)
        assert [schedule.id for schedule in first.claim_due()] == [made.id]
        assert not second._claim(seen, clock.now)


def test_a_schedule_that_is_not_active_does_not_run(schedules: Schedules, clock: Clock) -> None:
    made, runs = create(schedules, active=False), Runs(clock)

    async def pass_time() -> None:
        async with watching(schedules, runs, clock) as scheduler:
            clock.now = START + 60
            await looked(scheduler)
            schedules.update("demo", made.id, ScheduleChange(active=True))
            clock.now = START + 120
            await looked(scheduler)

    asyncio.run(pass_time())
    assert runs.at == [120]


def test_it_ends_at_once_also_when_it_was_woken_just_before(schedules: Schedules, clock: Clock) -> None:
    async def wake_and_end() -> None:
        async with watching(schedules, Runs(clock), clock) as scheduler:
            await looked(scheduler)
            scheduler.look_again()

    asyncio.run(asyncio.wait_for(wake_and_end(), 4))


def test_a_run_under_way_ends_as_a_failure_when_the_emulator_ends(schedules: Schedules, clock: Clock) -> None:
    made = create(schedules)

    class Endless(Runs):
        async def invoke(self, function: Any, envelope: dict[str, Any], *, request_id: str) -> Outcome:
            await asyncio.Event().wait()
            raise AssertionError

    async def run_and_stop() -> None:
        async with watching(schedules, Endless(clock), clock) as scheduler:
            clock.now = START + 60
            await looked(scheduler)

    asyncio.run(run_and_stop())
    assert schedules.get("demo", made.id).last_failed
