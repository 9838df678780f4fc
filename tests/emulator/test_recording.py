"""What is kept of invocations: when it is written, what goes when, and what a broken state does to it."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING

import pytest

from faasctl.emulator.invocation.recording import Recorder
from faasctl.emulator.runtime.outcome import LogEntry
from faasctl.emulator.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UUID = "11111111-2222-4333-8444-555555555555"
DAY = 86_400
NOW = 1_763_700_000.0


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """With one function."""
    made = Store(folder)
    made.execute(
        "INSERT INTO functions (uuid, account, name, description, state, skills, size, manifest_id, created_at,"
        " created_by, updated_at, updated_by) VALUES (?, 'demo', 'Echo', '', 'Productive', '[]', 'S', 'm', 0, 'x',"
        " 0, 'x')",
        UUID,
    )
    yield made
    made.close()


def entry(moment: float, message: str = "hello") -> LogEntry:
    return LogEntry(level="Info", message=message, extras=[], timestamp=int(moment * 1000))


def messages(store: Store) -> list[str]:
    return [row["message"] for row in store.rows("SELECT message FROM logs ORDER BY id")]


def counted(store: Store) -> int:
    return store.number("SELECT coalesce(sum(count), 0) FROM invocation_counts")


def test_what_is_recorded_is_written_soon_without_being_asked_for(store: Store) -> None:
    async def record_and_wait() -> None:
        Recorder(store, clock=lambda: NOW).record(UUID, "SUCCEEDED", [entry(NOW)], request_id="r")
        assert messages(store) == []
        while not messages(store):
            await asyncio.sleep(0.02)

    asyncio.run(asyncio.wait_for(record_and_wait(), 30))
    assert counted(store) == 1


def test_invocations_are_summed_before_they_are_written(store: Store) -> None:
    async def record() -> None:
        recorder = Recorder(store, clock=lambda: NOW)
        for _ in range(1000):
            recorder.record(UUID, "SUCCEEDED", (), request_id="r")
        recorder.record(UUID, "TIMEOUT", (), request_id="r")
        recorder.flush()
        recorder.record(UUID, "TIMEOUT", (), request_id="r")
        recorder.flush()

    asyncio.run(record())
    rows = store.rows("SELECT bucket, state, count FROM invocation_counts ORDER BY state")
    bucket = int(NOW) // 300 * 300
    assert [tuple(row) for row in rows] == [(bucket, "SUCCEEDED", 1000), (bucket, "TIMEOUT", 2)]


def test_entries_of_a_function_that_is_gone_are_dropped(store: Store) -> None:
    async def record() -> None:
        recorder = Recorder(store, clock=lambda: NOW)
        recorder.record("gone", "SUCCEEDED", [entry(NOW)], request_id="r")
        recorder.record(UUID, "SUCCEEDED", [entry(NOW, "stays")], request_id="r")
        recorder.flush()

    asyncio.run(record())
    assert (messages(store), counted(store)) == (["stays"], 1)


def test_what_could_not_be_written_is_written_later(store: Store) -> None:
    async def record() -> None:
        recorder = Recorder(store, clock=lambda: NOW)
        recorder.record(UUID, "SUCCEEDED", [entry(NOW)], request_id="r")
        store.execute("ALTER TABLE logs RENAME TO elsewhere")
        with pytest.raises(sqlite3.OperationalError):
            recorder.flush()
        store.execute("ALTER TABLE elsewhere RENAME TO logs")
        assert counted(store) == 0
        recorder.flush()

    asyncio.run(record())
    assert (messages(store), counted(store)) == (["hello"], 1)


def test_what_is_older_than_thirty_days_goes(store: Store) -> None:
    async def record() -> None:
        now = NOW
        recorder = Recorder(store, clock=lambda: now)
        recorder.record(UUID, "SUCCEEDED", [entry(NOW, "old")], request_id="r")
        recorder.flush()
        now += 30 * DAY - 1
        recorder.record(UUID, "SUCCEEDED", [entry(now, "new")], request_id="r")
        recorder.flush()
        assert messages(store) == ["old", "new"]
        now += 2 * 3600
        recorder.record(UUID, "SUCCEEDED", [entry(now, "newer")], request_id="r")
        recorder.flush()

    asyncio.run(record())
    assert (messages(store), counted(store)) == (["new", "newer"], 2)
