"""An emulator in a process of its own, for as long as something is measured on it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import FAASCTL, run_timed
from faasctl.cli.target import emulator_folder
from faasctl.emulator.endpoint import Endpoint, read_endpoint


@contextlib.contextmanager
def running_emulator(folder: Path) -> Iterator[Endpoint]:
    """The emulator of the definitions in `folder`, started now and stopped at the end."""
    run_timed([FAASCTL, "emulator", "start"], folder=folder)
    try:
        endpoint = read_endpoint(emulator_folder(folder / "bot.yaml"))
        if endpoint is None:
            raise RuntimeError(f"no emulator runs on {folder}")
        yield endpoint
    finally:
        run_timed([FAASCTL, "emulator", "stop"], folder=folder)
