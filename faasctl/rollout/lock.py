"""One run at a time for a definition: a lock of the kernel, which a killed process cannot leave behind."""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING

from faasctl.errors import Locked
from faasctl.files import private_folder, write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from faasctl.deadline import Deadline

LONGEST_WAIT = 30.0
"""Seconds that a run waits for another before it gives up."""


@contextlib.contextmanager
def held(path: Path, *, verb: str, deadline: Deadline, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Holds the lock at `path`; waits at most LONGEST_WAIT, and not past the deadline, then raises Locked."""
    from filelock import FileLock, Timeout

    private_folder(path.parent)
    holder = path.with_suffix(".holder.json")
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        other = _describe(holder)
        on_wait(f"waiting for {other}, which works on this definition")
        try:
            lock.acquire(timeout=deadline.sooner(LONGEST_WAIT).remaining(), poll_interval=0.1)
        except Timeout:
            raise Locked(
                f"{other} works on this definition",
                hint="Wait until it has ended, then run again.",
            ) from None
    try:
        write_atomic(holder, json.dumps({"pid": os.getpid(), "verb": verb}))
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _describe(holder: Path) -> str:
    try:
        found = json.loads(holder.read_text("utf-8"))
        return f"another run (`faasctl {found['verb']}`, process {found['pid']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another run"
