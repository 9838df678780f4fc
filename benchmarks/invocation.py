"""A warm invocation over HTTP, and the memory of an emulator that holds one warm function.

Run it as `python -m benchmarks.invocation`. The emulator is a process of its own (`faasctl emulator start`).
Memory is the sum of the resident sizes of it and of every process that it started, read from /proc: Linux only.
"""

from __future__ import annotations

import http.client
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.definition import write_definition
from benchmarks.emulator import running_emulator
from benchmarks.measure import FAASCTL, Table, run_benchmark, run_timed
from benchmarks.memory import can_measure, family, resident_mb
from faasctl.deadline import Deadline
from faasctl.facts.payloads import neutral_probe
from faasctl.liveperson.connect import connect
from faasctl.liveperson.credentials import SessionToken
from faasctl.liveperson.network import Network

if TYPE_CHECKING:
    from faasctl.emulator.endpoint import Endpoint

WARM_BOUND_MS, MEMORY_BOUND_MB = 1.5, 150.0
ACCOUNT = "demo"
WARM_UP = 200


def measure(table: Table, rounds: int) -> None:
    """A warm invocation over HTTP, beside what the emulator does at least for a request."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_definition(folder)
        with running_emulator(folder) as endpoint:
            run_timed([FAASCTL, "up", "--no-input"], folder=folder)
            _invocations(table, endpoint, rounds)
            _memory(table, endpoint.pid)


def _invocations(table: Table, endpoint: Endpoint, rounds: int) -> None:
    platform = connect(
        ACCOUNT,
        SessionToken(bearer=endpoint.operator_token, user_id=endpoint.operator_id),
        network=Network(domain_url=endpoint.url, reach_at=endpoint.url),
        deadline=Deadline(600),
    )
    connection = http.client.HTTPConnection(urlsplit(endpoint.url).netloc)
    uuid = platform.functions()[0].uuid
    path = f"/api/account/{ACCOUNT}/lambdas/{uuid}/invoke"
    payload = neutral_probe()
    body = json.dumps({"timestamp": 0, "headers": [], "payload": payload}).encode()
    ms = _in_turns(
        {
            "health": lambda: _ask(connection, "GET", "/emulator/health", endpoint),
            "invocation": lambda: _ask(connection, "POST", path, endpoint, body),
            "client": lambda: platform.invoke(uuid, payload),
        },
        rounds,
    )
    connection.close()
    platform.close()
    table.title("one connection, kept open")
    table.plain("the emulator's health, which does nothing", ms["health"], "ms")
    table.value("warm invocation over HTTP", ms["invocation"], "ms", bound=WARM_BOUND_MS)
    table.plain("the same through faasctl's client", ms["client"], "ms")


def _memory(table: Table, emulator: int) -> None:
    if not can_measure():
        table.title("resident memory: not measured, there is no /proc here")
        return
    sizes = {pid: resident_mb(pid) for pid in family(emulator)}
    table.title("resident memory after that")
    for pid, size in sizes.items():
        table.plain("the emulator" if pid == emulator else "one Node", size, "MB")
    table.value(f"{len(sizes)} processes in all", sum(sizes.values()), "MB", bound=MEMORY_BOUND_MB)


def _ask(
    connection: http.client.HTTPConnection, method: str, path: str, endpoint: Endpoint, body: bytes | None = None
) -> None:
    headers = {"Authorization": f"Bearer {endpoint.operator_token}", "Content-Type": "application/json"}
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    answer = response.read()
    if response.status != 200:
        raise RuntimeError(f"{method} {path}: {response.status} {answer.decode(errors='replace')}")


def _in_turns(calls: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    spans: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(WARM_UP + rounds):
        for name, call in calls.items():
            started = time.perf_counter()
            call()
            if number >= WARM_UP:
                spans[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(of) for name, of in spans.items()}


if __name__ == "__main__":
    sys.exit(run_benchmark("A warm invocation", measure, rounds=2000))
