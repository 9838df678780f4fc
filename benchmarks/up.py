"""`faasctl up`: with nothing to change, and from nothing on the local target.

Run it as `python -m benchmarks.up`. The calls are those that a running emulator has seen; the question whether it
is alive (GET /emulator/health), which reads nothing of an account, is counted apart.
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from benchmarks.definition import write_definition
from benchmarks.emulator import running_emulator
from benchmarks.measure import FAASCTL, Table, interleaved, run_benchmark, run_timed
from faasctl.javascript.node import find_node

if TYPE_CHECKING:
    from faasctl.emulator.endpoint import Endpoint

FROM_NOTHING_BOUND = 2.5
MOST_READS = 4
UP = (FAASCTL, "up", "--no-input")

FLOOR = """import subprocess
import sys

import requests
import starlette.routing
import typer
import uvicorn

subprocess.run([sys.argv[1], "-e", "0"], check=True)
"""


def measure(table: Table, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        calls = _calls_with_nothing_to_change(folder / "served")
        ms = _times(folder, rounds)
    alive = [call for call in calls if call["path"] == "/emulator/health"]
    reads = [call for call in calls if call["method"] in ("GET", "HEAD") and call not in alive]
    table.title("nothing to change: calls")
    for call in calls:
        print(f"  {call['method']} {call['path']}")
    table.count("writes", len(calls) - len(reads) - len(alive), bound=0)
    table.count("reads", len(reads), bound=MOST_READS)
    table.title("nothing to change: time")
    table.plain("on a running emulator", ms["served, again"], "ms")
    table.plain("with an emulator of its own", ms["again"], "ms")
    table.title("from nothing")
    table.plain("importing the libraries and one Node", ms["floor"], "ms")
    table.ratio("faasctl up", ms["up"], base=ms["floor"], bound=FROM_NOTHING_BOUND)


def _calls_with_nothing_to_change(folder: Path) -> list[dict[str, Any]]:
    write_definition(folder)
    with running_emulator(folder) as endpoint:
        run_timed(UP, folder=folder)
        before = _requests(endpoint)
        run_timed(UP, folder=folder)
        after = _requests(endpoint)
    return after[len(before) + 1 :]  # the first is our own, which asked for `before`


def _times(folder: Path, rounds: int) -> dict[str, float]:
    floor = folder / "floor.py"
    floor.write_text(FLOOR, "utf-8")
    node = find_node()
    served, again, fresh = folder / "served", folder / "again", itertools.count()
    write_definition(again)
    run_timed(UP, folder=again)

    def up_from_nothing() -> float:
        place = folder / f"fresh-{next(fresh)}"
        write_definition(place)
        return run_timed(UP, folder=place)

    with running_emulator(served):
        return interleaved(
            {
                "floor": lambda: run_timed([sys.executable, str(floor), node]),
                "up": up_from_nothing,
                "again": lambda: run_timed(UP, folder=again),
                "served, again": lambda: run_timed(UP, folder=served),
            },
            rounds=rounds,
        )


def _requests(endpoint: Endpoint) -> list[dict[str, Any]]:
    """What the emulator has been asked since it was started, the oldest first."""
    connection = http.client.HTTPConnection(urlsplit(endpoint.url).netloc)
    try:
        connection.request(
            "GET", "/emulator/requests", headers={"Authorization": f"Bearer {endpoint.operator_token}"}
        )
        response = connection.getresponse()
        found: list[dict[str, Any]] = json.loads(response.read())
    finally:
        connection.close()
    if response.status != 200:
        raise RuntimeError(f"GET /emulator/requests: {response.status} {found}")
    return found


if __name__ == "__main__":
    sys.exit(run_benchmark("faasctl up", measure, rounds=15))
