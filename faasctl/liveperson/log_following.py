"""New log entries as they come."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from faasctl.deadline import Deadline
from faasctl.liveperson.whole_spans import read_log

if TYPE_CHECKING:
    from faasctl.liveperson.model import KeptEntry
    from faasctl.liveperson.platform import Platform

_PAUSE_SECONDS = 2.0
_LATE_MS = 30_000
"""How long after its time an entry may show up in the platform's export, and still be seen."""


def follow_log(
    platform: Platform,
    uuid: str,
    *,
    start: int,
    levels: Sequence[str],
    seconds: float,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[KeptEntry | None]:
    """Entries from `start` (Unix milliseconds) on, without end; each look may take so many `seconds`.

    None stands where some are missing, since the platform exports no more of one moment. Each look goes back a
    little, and what the last one has shown already is left out.
    """
    shown: Counter[str] = Counter()
    while True:
        end = int(clock() * 1000)
        log = read_log(platform, uuid, start=start, end=end, levels=levels, deadline=Deadline(seconds))
        if not log.complete:
            yield None
        found: Counter[str] = Counter()
        for kept in log.entries:
            same = repr(kept)
            found[same] += 1
            if found[same] > shown[same]:
                yield kept
        shown = found
        start = max(start, end - _LATE_MS)
        sleep(_PAUSE_SECONDS)
