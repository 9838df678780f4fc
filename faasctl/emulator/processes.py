"""Whether a process is still there."""

from __future__ import annotations

import os
from pathlib import Path


def process_lives(pid: int) -> bool:
    """False also for a process that has ended and whose parent has not asked for its status (Linux)."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[:1] != ["Z"]
