"""Waiting for what another process does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

SECONDS = 60
"""Far more than anything takes; a machine that is busy with other tests takes its time."""


def until(look: Callable[[], T], what: str, *, seconds: float = SECONDS) -> T:
    """What `look` gives, as soon as that is true; `what` is waited for."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"{seconds:g} s went by without {what}"
        time.sleep(0.02)
    return found
