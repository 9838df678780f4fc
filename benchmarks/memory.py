"""Memory of processes, read from /proc: Linux only."""

from __future__ import annotations

from pathlib import Path


def can_measure() -> bool:
    return Path("/proc/self/status").exists()


def family(root: int) -> list[int]:
    """A process and all its descendants."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = entry.read_text("utf-8", "replace")
        except OSError:  # it ended
            continue
        parents[int(entry.parent.name)] = int(text.rpartition(")")[2].split()[1])
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def resident_mb(pid: int) -> float:
    """All that the process has in memory, what it shares with others included."""
    return _mb(Path(f"/proc/{pid}/status"), "VmRSS:")


def proportional_mb(pid: int) -> float:
    """What it has alone, and its part of what it shares: Node's own program stands in memory once."""
    return _mb(Path(f"/proc/{pid}/smaps_rollup"), "Pss:")


def _mb(file: Path, name: str) -> float:
    for line in file.read_text("utf-8").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0
