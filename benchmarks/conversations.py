"""`faasctl test`: 1,000 turns in 200 scenarios, the overhead of a turn, and how soon the first scenario starts.

Run it as `python -m benchmarks.conversations`. Every scenario has a process of its own, as always on the local
target. The overhead of a turn is what it takes beyond the time of the function itself: connector, expectations,
HTTP.
"""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from benchmarks.definition import write_definition
from benchmarks.emulator import running_emulator
from benchmarks.measure import FAASCTL, Table, environment, interleaved, run_benchmark, run_timed
from faasctl.conversation.connector_settings import ConnectorSettings
from faasctl.conversation.platform_invoker import PlatformInvoker
from faasctl.conversation.scenarios.load import load_scenarios
from faasctl.conversation.scenarios.running import run_scenario
from faasctl.deadline import Deadline
from faasctl.javascript.node import find_node
from faasctl.liveperson.connect import connect
from faasctl.liveperson.credentials import SessionToken
from faasctl.liveperson.isolated import Isolation
from faasctl.liveperson.network import Network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from faasctl.conversation.invoker import Invoker
    from faasctl.emulator.endpoint import Endpoint
    from faasctl.liveperson.platform import Platform
    from faasctl.liveperson.signed_in import SignedInAccount

SCENARIOS, TURNS = 200, 5
WHOLE_BOUND_SECONDS = 3.0
TURN_BOUND_MS = 1.5
START_BOUND_MS = 500.0
LONG = 1000


def measure(table: Table, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_definition(folder)
        many = _write(folder / "many.yaml", scenarios=SCENARIOS, turns=TURNS)
        few = _write(folder / "few.yaml", scenarios=10, turns=2)
        run_timed([FAASCTL, "test", few.name], folder=folder)
        table.title(f"{SCENARIOS * TURNS} turns in {SCENARIOS} scenarios, each in a process of its own")
        node = find_node()
        ms = interleaved(
            {
                "whole": lambda: run_timed([FAASCTL, "test", many.name], folder=folder),
                "node": lambda: run_timed([node, "-e", "0"]),
            },
            rounds=rounds,
        )
        table.plain("one start of Node, for comparison", ms["node"], "ms")
        table.value("faasctl test, from start to end", ms["whole"] / 1000, "s", bound=WHOLE_BOUND_SECONDS)
        table.title("ten scenarios")
        first = statistics.median(_first_line(folder, few) for _ in range(rounds))
        table.value("until the first starts", first, "ms", bound=START_BOUND_MS)
        _turns(table, folder)


def _write(path: Path, *, scenarios: int, turns: int) -> Path:
    steps = "".join(
        f"      - says: text {turn}\n        expect: {{texts: [You said text {turn}]}}\n" for turn in range(turns)
    )
    text = "".join(f"  - name: scenario {number}\n    steps:\n{steps}" for number in range(scenarios))
    path.write_text(f"scenarios:\n{text}", "utf-8")
    return path


def _first_line(folder: Path, file: Path) -> float:
    """Milliseconds until it says how many scenarios it begins now."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [FAASCTL, "test", file.name], cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("10 scenarios"):
            break
    spent = (time.perf_counter() - started) * 1000
    process.communicate()
    return spent


def _turns(table: Table, folder: Path) -> None:
    (file,) = load_scenarios([_write(folder / "long.yaml", scenarios=1, turns=LONG)])
    with running_emulator(folder) as endpoint, _invoker(endpoint) as invoker:
        overheads = []
        for _ in range(3):
            started = time.perf_counter()
            result = run_scenario(file.scenarios[0], ConnectorSettings(), invoker)
            spent = time.perf_counter() - started
            assert result.status == "passed", result.steps[-1].differences
            overheads.append((spent - sum(result.durations)) / LONG * 1000)
    table.title(f"{LONG} turns of one scenario, the emulator in a process of its own")
    table.value("a turn beyond the function", statistics.median(overheads), "ms", bound=TURN_BOUND_MS)


@contextlib.contextmanager
def _invoker(endpoint: Endpoint) -> Iterator[Invoker]:
    platform = connect(
        "demo",
        SessionToken(bearer=endpoint.operator_token, user_id=endpoint.operator_id),
        network=Network(domain_url=endpoint.url, reach_at=endpoint.url),
        deadline=Deadline(600),
    )
    uuid = platform.functions()[0].uuid
    with Isolation(cast("SignedInAccount", platform), "benchmark") as own:
        yield PlatformInvoker(cast("Platform", own.platform), {"function": uuid})
    platform.close()


if __name__ == "__main__":
    sys.exit(run_benchmark("Conversations", measure, rounds=3))
