"""What the scripts share: contestants that run in turns, medians, and a table with the bounds."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FAASCTL = str(Path(sysconfig.get_path("scripts")) / "faasctl")
"""The console script, beside the Python that runs the benchmark."""


def environment() -> dict[str, str]:
    """Ours, but children may keep their bytecode, as a person's do; of faasctl's settings only Node stays."""
    return {
        name: value
        for name, value in os.environ.items()
        if name == "FAASCTL_NODE" or not name.startswith(("FAASCTL_", "PYTHONDONTWRITEBYTECODE"))
    }


def run_timed(
    command: Sequence[str], *, folder: Path | None = None, surroundings: Mapping[str, str] | None = None
) -> float:
    """Runs a program, and returns the seconds from its start to its end; RuntimeError when it fails.

    `surroundings` are its environment variables, where they are not to be `environment()`.
    """
    if surroundings is None:
        surroundings = environment()
    started = time.perf_counter()
    ended = subprocess.run(
        command,
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    seconds = time.perf_counter() - started
    if ended.returncode:
        said = ended.stderr.decode(errors="replace")
        raise RuntimeError(f"{' '.join(command)} ended with status {ended.returncode}: {said}")
    return seconds


def interleaved(contestants: Mapping[str, Callable[[], float]], *, rounds: int) -> dict[str, float]:
    """The median of each contestant's seconds, in milliseconds.

    They run in turns (ABAB…), so that what else the machine does hits all alike. The first round is not counted:
    it fills caches, and lets Python write bytecode.
    """
    spans: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds + 1):
        for name, run in contestants.items():
            seconds = run()
            if number:
                spans[name].append(seconds * 1000)
    return {name: statistics.median(of) for name, of in spans.items()}


@dataclass(slots=True)
class Table:
    """Prints a line for each measurement, and remembers whether one was over its bound."""

    over: bool = field(default=False, init=False)

    def title(self, text: str) -> None:
        print(f"\n{text}")

    def plain(self, name: str, value: float, unit: str) -> None:
        """A measurement that has no bound: others are compared with it, or are made up of it."""
        print(f"  {name:44} {value:8.2f} {unit}")

    def ratio(self, name: str, ms: float, *, base: float, bound: float) -> None:
        """Milliseconds that may be at most `bound` times those of `base`."""
        ratio = ms / base
        print(f"  {name:44} {ms:8.2f} ms {ratio:6.2f} x  bound {bound:g} x  {self._verdict(ratio <= bound)}")

    def value(self, name: str, value: float, unit: str, *, bound: float) -> None:
        """A measurement with a bound of its own."""
        verdict = self._verdict(value <= bound)
        print(f"  {name:44} {value:8.2f} {unit}           bound {bound:g} {unit}  {verdict}")

    def at_least(self, name: str, value: float, unit: str, *, bound: float) -> None:
        """A measurement that must not be less than its bound."""
        verdict = self._verdict(value >= bound)
        print(f"  {name:44} {value:8.2f} {unit}           bound {bound:g} {unit} or more  {verdict}")

    def count(self, name: str, number: int, *, bound: int) -> None:
        print(f"  {name:44} {number:8}              bound {bound}  {self._verdict(number <= bound)}")

    def _verdict(self, holds: bool) -> str:
        self.over = self.over or not holds
        return "ok" if holds else "over"


def run_benchmark(what: str, measure: Callable[[Table, int], None], *, rounds: int) -> int:
    """Parses --check and --rounds, measures, and gives the exit status: 1 when --check and something is over."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--check", action="store_true", help="end with status 1 when something is over its bound")
    parser.add_argument("--rounds", type=int, default=rounds, help=f"how often each runs (default {rounds})")
    options = parser.parse_args()
    table = Table()
    print(f"{what}: medians of {options.rounds} rounds, Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    measure(table, options.rounds)
    return 1 if options.check and table.over else 0
