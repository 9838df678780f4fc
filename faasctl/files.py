"""Writing files so that a reader, or a kill, never meets half a file; and naming them to a person."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def shown_path(path: Path) -> str:
    """As a person would write it: relative, where it lies below the current folder."""
    here = Path.cwd()
    return os.fspath(path.relative_to(here)) if path.is_relative_to(here) else os.fspath(path)


def write_atomic(path: Path, data: str | bytes, *, mode: int = 0o600) -> None:
    """Replaces `path` by `data` in one step: temporary file beside it, fsync, rename."""
    raw = data.encode() if isinstance(data, str) else data
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno is not None:
            error.filename = os.fspath(path)  # a write that fails, as on a full disk, names no file
        raise


def private_folder(path: Path) -> Path:
    """Makes `path` (mode 0700) where it is missing, with a .gitignore that keeps it out of repositories."""
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        ignore = path / ".gitignore"
        if not ignore.exists():
            write_atomic(ignore, "*\n", mode=0o644)
    return path
