"""Whether files change: the definition, the code, what else a person edits while a verb runs on."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

LOOK_SECONDS = 0.3
_SETTLE_SECONDS = 0.1

_Mark = tuple[int, int, int]
Marks = Mapping[Path, "_Mark | None"]


def marks_of(paths: Iterable[Path]) -> Marks:
    """What tells later whether one of the files was written, replaced, removed or made; reads no content.

    Take it before the files are read, so that no change between the two is missed.
    """
    return {path: _mark(path) for path in paths}


def wait_for_change(marks: Marks, *, sleep: Callable[[float], None] = time.sleep) -> list[Path]:
    """Returns the files that differ from `marks`, once there are some and all of them have come to rest.

    Editors write a file in several steps, or move another one into its place.
    """
    paths = list(marks)
    while (now := marks_of(paths)) == marks:
        sleep(LOOK_SECONDS)
    while True:
        sleep(_SETTLE_SECONDS)
        later = marks_of(paths)
        if later == now:
            break
        now = later
    return [path for path in paths if now[path] != marks[path]]


def _mark(path: Path) -> _Mark | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - half the time of Path.stat, several times a second
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
