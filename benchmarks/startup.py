"""Start-up: faasctl --version, --help and validate, beside a bare Python and an empty Typer app.

Run it as `python -m benchmarks.startup`.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.definition import write_definition
from benchmarks.measure import FAASCTL, Table, interleaved, run_benchmark, run_timed

VERSION_BOUND, HELP_BOUND, VALIDATE_BOUND = 1.6, 1.2, 2.0
LINES = 200

EMPTY_APP = """import typer

app = typer.Typer(rich_markup_mode=None)


@app.command()
def empty():
    pass


app()
"""


def measure(table: Table, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        definition = str(write_definition(folder, lines=LINES))
        empty_app = folder / "empty_app.py"
        empty_app.write_text(EMPTY_APP, "utf-8")
        programs = {
            "python": [sys.executable, "-c", "pass"],
            "version": [FAASCTL, "--version"],
            "empty app": [sys.executable, str(empty_app), "--help"],
            "help": [FAASCTL, "--help"],
            "validate": [FAASCTL, "validate", "--file", definition],
        }
        ms = interleaved(
            {name: partial(run_timed, command) for name, command in programs.items()},
            rounds=rounds,
        )
    table.title("beside a bare Python")
    table.plain("python -c pass", ms["python"], "ms")
    table.ratio("faasctl --version", ms["version"], base=ms["python"], bound=VERSION_BOUND)
    table.title("beside an empty Typer app")
    table.plain("an empty Typer app with plain help, --help", ms["empty app"], "ms")
    table.ratio("faasctl --help", ms["help"], base=ms["empty app"], bound=HELP_BOUND)
    table.ratio(f"faasctl validate, {LINES} lines", ms["validate"], base=ms["empty app"], bound=VALIDATE_BOUND)


if __name__ == "__main__":
    sys.exit(run_benchmark("Start-up", measure, rounds=30))
