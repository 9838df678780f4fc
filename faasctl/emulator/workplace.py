"""The folder in which one emulator lets its functions run."""

from __future__ import annotations

import shutil
from pathlib import Path

from faasctl.emulator.processes import process_lives


class Workplace:
    """`path` is this emulator's alone. What emulators that were killed left beside it is removed."""

    def __init__(self, folder: Path, process: int, instance: str) -> None:
        parent = folder / "running"
        parent.mkdir(mode=0o700, exist_ok=True)
        for other in parent.iterdir():
            if not _process_lives(other.name):
                shutil.rmtree(other, ignore_errors=True)
        self.path = parent / f"{process}-{instance}"
        self.path.mkdir(mode=0o700)

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def _process_lives(name: str) -> bool:
    """Whether the process that a folder's name starts with is there; a name of another form is left alone."""
    number = name.partition("-")[0]
    return not number.isdecimal() or process_lives(int(number))
