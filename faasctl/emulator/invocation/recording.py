"""What the platform keeps of an invocation: its outcome, counted, and the function's log entries."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from faasctl.facts import limits
from faasctl.facts.invocation_reports import FINEST_BUCKET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faasctl.emulator.runtime.outcome import LogEntry
    from faasctl.emulator.store import Store

_HELD_SECONDS = 0.2
_HELD_ENTRIES = 10_000
"""What is not written yet, when writing fails for long; the oldest entries are lost then."""
_SWEEP_SECONDS = 3600.0
_KEPT_SECONDS = limits.LOG_DAYS.value * 86_400


class Recorder:
    """Holds what is recorded for a moment and writes it in one transaction, beside the invocations.

    Who reads calls `flush` first. Without a running event loop nothing is written until then.
    """

    def __init__(self, store: Store, *, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock
        self._counts: Counter[tuple[str, int, str]] = Counter()
        self._entries: deque[tuple[Any, ...]] = deque(maxlen=_HELD_ENTRIES)
        self._timer: asyncio.TimerHandle | None = None
        self._swept_at = float("-inf")

    def record(self, uuid: str, state: str, entries: Sequence[LogEntry], *, request_id: str) -> None:
        """Counts one invocation of the function as `state` (facts.invocation_reports), and keeps its entries."""
        bucket = int(self._clock()) // FINEST_BUCKET * FINEST_BUCKET
        self._counts[uuid, bucket, state] += 1
        for entry in entries:
            self._entries.append((uuid, request_id, entry))
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_HELD_SECONDS, self.flush)

    def flush(self) -> None:
        """Writes what is held; what cannot be written is held on."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._counts:
            return
        with self._store.writing():
            for (uuid, bucket, state), count in self._counts.items():
                self._store.execute(
                    "INSERT INTO invocation_counts SELECT uuid, ?, ?, ? FROM functions WHERE uuid = ?"
                    " ON CONFLICT (function_uuid, bucket, state) DO UPDATE SET count = count + excluded.count",
                    *(bucket, state, count, uuid),
                )
            for uuid, request_id, entry in self._entries:
                # A function may have been deleted since.
                self._store.execute(
                    "INSERT INTO logs (function_uuid, request_id, written_ms, level, message, extras)"
                    " SELECT uuid, ?, ?, ?, ?, ? FROM functions WHERE uuid = ?",
                    *(request_id, entry.timestamp, entry.level, _storable(entry.message)),
                    *(_storable(json.dumps(entry.extras, ensure_ascii=False, separators=(",", ":"))), uuid),
                )
            self._sweep()
        self._counts.clear()
        self._entries.clear()

    def _sweep(self) -> None:
        """Removes what is older than the platform keeps, now and then."""
        now = self._clock()
        if now - self._swept_at < _SWEEP_SECONDS:
            return
        self._swept_at = now
        oldest = now - _KEPT_SECONDS
        self._store.execute("DELETE FROM logs WHERE written_ms < ?", int(oldest * 1000))
        self._store.execute("DELETE FROM invocation_counts WHERE bucket < ?", int(oldest))


def _storable(text: str) -> str:
    """The text with half surrogate pairs as escapes: SQLite takes UTF-8 only."""
    return text.encode("utf-8", "backslashreplace").decode()
