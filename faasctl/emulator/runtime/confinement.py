"""What a function's process may reach: Node's permission model, and limits of the kernel where it has them.

Neither is a wall against hostile code, as Node itself says: docs/emulator.md tells what is not contained.
"""

from __future__ import annotations

import contextlib
import functools
import resource
from collections.abc import Iterator, Sequence
from pathlib import Path

from faasctl.facts import limits

_MEBIBYTE = 1024 * 1024
_OURS = Path(__file__).parent
_TOOLBELTS = _OURS / "toolbelts"

Spelling = tuple[str, ...]
_WITH_NETWORK: Spelling = ("--permission", "--no-experimental-sqlite", "--allow-net")
_SPELLINGS: tuple[Spelling, ...] = (
    ("--permission", "--no-experimental-sqlite"),
    ("--experimental-permission",),
    _WITH_NETWORK,
)
"""How Node spells its permission model: 22 to 24; 20 and the first releases of 22; 25 and newer, which close the
network too. SQLite opens files past the permissions. A Node that does not know an option says so in 3 ms."""

_KNOWN_HASHES = "--no-rehash-snapshot"
"""Saves a start 4 ms of a core: V8 hashes its strings as it was built to, and not by a seed of each process. That
keeps strangers from sending keys that collide; who calls a function here is its author."""

_THREADS_MEBIBYTES = 64
"""What Node's own threads may take beside the function: four of 8 MiB for files and names, V8's for compiling."""
_FILE_BYTES = 64 * _MEBIBYTE
_OPEN_FILES = 1024
_FIRST_TO_DIE = "1000"

_spoken: dict[str, Spelling] = {}


def spellings(node: str) -> Iterator[Spelling]:
    """The spellings to try, the one that worked last with this Node first."""
    first = _spoken.get(node)
    if first is not None:
        yield first
    yield from (spelling for spelling in _SPELLINGS if spelling != first)


def worked(node: str, spelling: Spelling) -> None:
    _spoken[node] = spelling


def is_unknown(last_words: str) -> bool:
    """Whether Node ended since it does not know one of the options."""
    return "bad option" in last_words


def options(spelling: Spelling, bootstrap: Path, folder: Path, readable: Sequence[Path]) -> list[str]:
    """Node's command line up to `bootstrap`: only `folder` is written, only it, ours and `readable` are read.

    Without a spelling there are no permissions.
    """
    folders = [_TOOLBELTS, folder, *readable]
    allowed = [
        *(f"--allow-fs-read={file}" for file in (bootstrap, *_our_files())),
        *(f"--allow-fs-read={path}/*" for path in folders),
        f"--allow-fs-write={folder}/*",
    ]
    return [
        *spelling,
        *(allowed if spelling else ()),
        "--no-addons",
        "--no-warnings",
        _KNOWN_HASHES,
        f"--max-old-space-size={limits.MEMORY_MEBIBYTES.value}",
        str(bootstrap),
    ]


@functools.cache
def _our_files() -> list[Path]:
    return list(_OURS.glob("*.cjs"))


def limit(process: int) -> None:
    """Bounds a started Node: memory outside the heap too, files; no core dumps (Linux; elsewhere nothing).

    Call it before the function's code runs: what Node itself holds by then is not counted.
    """
    if not hasattr(resource, "prlimit"):
        return
    with contextlib.suppress(OSError):  # it ended already
        room = (limits.MEMORY_MEBIBYTES.value + _THREADS_MEBIBYTES) * _MEBIBYTE
        bounds = {
            resource.RLIMIT_DATA: _data_bytes(process) + room,
            resource.RLIMIT_FSIZE: _FILE_BYTES,
            resource.RLIMIT_NOFILE: _OPEN_FILES,
            resource.RLIMIT_CORE: 0,
        }
        for kind, value in bounds.items():
            _, hard = resource.prlimit(process, kind)
            bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.prlimit(process, kind, (bound, bound))
        Path(f"/proc/{process}/oom_score_adj").write_text(_FIRST_TO_DIE, "ascii")


def _data_bytes(process: int) -> int:
    """What the process holds of the memory that RLIMIT_DATA counts: 47 MiB in Node 20, 559 MiB in Node 24."""
    status = Path(f"/proc/{process}/status").read_text("utf-8", "replace")
    line = next(line for line in status.splitlines() if line.startswith("VmData:"))
    return int(line.split()[1]) * 1024
