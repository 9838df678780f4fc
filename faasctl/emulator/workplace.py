"""The folder in which one emulator lets its functions run."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from pathlib import Path

_LOCK = "lock"


class Workplace:
    """`path` is this emulator's alone, without links, and locked while it lives.

    It lies in the system's folder for temporary files: no node_modules of a project is above it, and an emulator
    that is killed leaves nothing in the project. What killed ones left there is removed by the next.
    """

    def __init__(self) -> None:
        parent = _private_parent()
        gate = _locked(parent / _LOCK, wait=True)
        try:
            for other in parent.iterdir():
                if other.is_dir():
                    _remove_if_dead(other)
            self.path = Path(tempfile.mkdtemp(prefix="emulator-", dir=parent))
            self._lock = _locked(self.path / _LOCK, wait=True)
        finally:
            _unlock(gate)

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        _unlock(self._lock)


def _private_parent() -> Path:
    """A folder that only this user can reach; one that another user made in our name is not used."""
    parent = Path(tempfile.gettempdir()).resolve() / f"faasctl-{os.getuid()}"
    parent.mkdir(mode=0o700, exist_ok=True)
    found = parent.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        return Path(tempfile.mkdtemp(prefix="faasctl-")).resolve()
    return parent


def _locked(file: Path, *, wait: bool) -> int | None:
    """The open file with a lock that ends with this process; None where another process has it."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def _remove_if_dead(folder: Path) -> None:
    lock = _locked(folder / _LOCK, wait=False)
    if lock is not None:
        shutil.rmtree(folder, ignore_errors=True)
        _unlock(lock)


def _unlock(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)
