"""The function runtime: kept and fresh processes, beside a start of Node and LivePerson's own CLI.

Run it as `python -m benchmarks.runtime`. Memory is read from /proc: Linux only. LivePerson's CLI is installed from
npm into the cache of packages, once.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from benchmarks import invocation
from benchmarks.measure import Table, run_benchmark
from benchmarks.memory import can_measure, proportional_mb, resident_mb
from benchmarks.official_cli import official_invocation
from faasctl.emulator.runtime.host import FunctionHost
from faasctl.emulator.runtime.outcome import DeployedFunction
from faasctl.javascript.inspector import Inspector
from faasctl.javascript.node import find_node, start_environment

WARM_BOUND_MS, FRESH_BOUND_MS, PARALLEL_BOUND = 0.3, 5.0, 1.7
MEMORY_BOUND_MB, GROWTH_BOUND_MB = 60.0, 5.0
MANY = 10_000
SCENARIOS, TURNS, AT_ONCE = 200, 5, 4
PAUSE_SECONDS = 0.15
"""Between two fresh invocations, so that a spare is there again: a start of Node takes a sixth of it."""
PAYLOAD = {"timestamp": 0, "headers": [], "payload": {"message": "hi", "convId": "1", "context": {}}}
CODE = """async function lambda(input) {
  console.info('turn', input.payload.convId);
  return { messages: [`You said ${input.payload.message}`], context: {} };
}"""
BUSY_CODE = """const rows = Array.from({ length: 3000 }, (_, number) => ({ number, text: 'x'.repeat(20) }));
const text = JSON.stringify(rows);
async function lambda() {
  for (let times = 0; times < 20; times += 1) JSON.parse(text);
  return 1;
}"""
FUNCTION = DeployedFunction(
    account="1", uuid="u", name="Echo", deployment="0", code=CODE, environment={}, interface="v2", module="esm"
)


def measure(table: Table, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_runtime(table, Path(folder), rounds))
    _official(table)
    invocation.measure(table, max(rounds // 10, 100))


async def _runtime(table: Table, folder: Path, rounds: int) -> None:
    host = FunctionHost(folder)
    try:
        await _warm(table, host, rounds)
        await _starts(table, host)
        await _scenarios(table, host)
        await _parallel(table, host)
        await _many(table, host)
    finally:
        await host.close()
    _inspection(table)


async def _warm(table: Table, host: FunctionHost, rounds: int) -> None:
    kept = replace(FUNCTION, uuid="kept")

    async def warm(_: int) -> None:
        assert (await host.invoke(kept, PAYLOAD, test=False)).ok

    await _spans(warm, 200)
    spans = await _spans(warm, rounds)
    table.title("a kept function, inside the runtime")
    table.value("warm invocation", statistics.median(spans), "ms", bound=WARM_BOUND_MS)
    table.plain("warm invocation, 99 of 100 are faster", statistics.quantiles(spans, n=100)[98], "ms")


async def _starts(table: Table, host: FunctionHost) -> None:
    node = find_node()

    async def one_node(_: int) -> None:
        subprocess.run([node, "-e", "0"], env=start_environment(), check=True)

    async def from_nothing(number: int) -> None:
        assert (await host.invoke(replace(FUNCTION, deployment=str(number)), PAYLOAD, test=False)).ok

    async def fresh(number: int) -> None:
        assert (await host.invoke(FUNCTION, PAYLOAD, test=False, isolation=f"fresh {number}")).ok

    await fresh(-1)
    spans: dict[str, list[float]] = {"node": [], "nothing": [], "fresh": []}
    for number in range(20):
        for name, work in (("node", one_node), ("nothing", from_nothing), ("fresh", fresh)):
            await asyncio.sleep(PAUSE_SECONDS)
            spans[name].append(await _span(work, number))
            host.release(f"fresh {number}")
    table.title("one invocation in a process that ran nothing before")
    table.plain("a start of Node for it: node -e 0", statistics.median(spans["node"]), "ms")
    table.plain("deployed, loaded and invoked", statistics.median(spans["nothing"]), "ms")
    table.value("fresh, a spare is ready", statistics.median(spans["fresh"]), "ms", bound=FRESH_BOUND_MS)


async def _scenarios(table: Table, host: FunctionHost) -> None:
    waiting = iter(range(SCENARIOS))

    async def worker() -> None:
        for number in waiting:
            for _ in range(TURNS):
                assert (await host.invoke(FUNCTION, PAYLOAD, test=False, isolation=f"scenario {number}")).ok
            host.release(f"scenario {number}")

    started, before = time.perf_counter(), os.times()
    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    seconds, after = time.perf_counter() - started, os.times()
    python = after.user + after.system - before.user - before.system
    node = after.children_user + after.children_system - before.children_user - before.children_system
    cores = os.cpu_count() or 1
    table.title(f"{SCENARIOS} isolated scenarios of {TURNS} turns, {AT_ONCE} at once, one after the other")
    table.plain("all of them", seconds, "s")
    table.plain("one", seconds * 1000 / SCENARIOS, "ms")
    table.plain("one, processor time of Node", node * 1000 / SCENARIOS, "ms")
    table.plain("one, processor time of Python", python * 1000 / SCENARIOS, "ms")
    table.plain(f"of the time of {cores} cores that is", (node + python) / seconds / cores * 100, "%")


async def _parallel(table: Table, host: FunctionHost) -> None:
    one, two = (replace(FUNCTION, uuid=name, code=BUSY_CODE) for name in ("one", "two"))
    times = 50

    async def calls(function: DeployedFunction) -> None:
        for _ in range(times):
            assert (await host.invoke(function, PAYLOAD, test=False)).ok

    await asyncio.gather(calls(one), calls(two))
    rates: dict[str, list[float]] = {"one": [], "two": []}
    for _ in range(5):
        for name, functions in (("one", [one]), ("two", [one, two])):
            started = time.perf_counter()
            await asyncio.gather(*map(calls, functions))
            rates[name].append(len(functions) * times / (time.perf_counter() - started))
    alone, both = (statistics.median(rates[name]) for name in ("one", "two"))
    table.title("two kept functions at once, each invocation some 10 ms of work")
    table.plain("one function", alone, "invocations/s")
    table.plain("two functions", both, "invocations/s")
    table.at_least("two, times one", both / alone, "x", bound=PARALLEL_BOUND)


async def _many(table: Table, host: FunctionHost) -> None:
    if not can_measure():
        table.title("memory: not measured, there is no /proc here")
        return
    kept = replace(FUNCTION, uuid="many", code=CODE.replace("context: {}", "context: { pid: process.pid }"))

    async def call(_: int) -> int:
        outcome = await host.invoke(kept, PAYLOAD, test=False)
        pid: int = json.loads(outcome.result)["context"]["pid"]
        return pid

    node, ours = await call(0), os.getpid()
    for number in range(MANY):  # until Node's heap has found its size
        await call(number)
    before = {pid: resident_mb(pid) for pid in (node, ours)}
    for number in range(MANY):
        assert await call(number) == node
    after = {pid: resident_mb(pid) for pid in (node, ours)}
    table.title(f"memory, after {2 * MANY:,} invocations")
    table.value("a kept function, its part of what is shared", proportional_mb(node), "MB", bound=MEMORY_BOUND_MB)
    table.plain("the same, all that is shared included", after[node], "MB")
    for name, pid in (("its growth", node), ("growth of the emulator's side", ours)):
        table.value(f"{name} in the last {MANY:,}", after[pid] - before[pid], "MB", bound=GROWTH_BOUND_MB)


def _inspection(table: Table) -> None:
    inspector = Inspector()
    spans = []
    try:
        inspector.inspect(CODE)
        for _ in range(200):
            started = time.perf_counter()
            inspector.inspect(CODE)
            spans.append((time.perf_counter() - started) * 1000)
    finally:
        inspector.close()
    table.title("code read by a Node that runs already")
    table.plain("one function", statistics.median(spans), "ms")


def _official(table: Table) -> None:
    table.title("LivePerson's own CLI, the emulator in place of LivePerson's hosts")
    with official_invocation() as invoke:
        if isinstance(invoke, str):
            print(f"  not measured: {invoke}")
            return
        invoke()
        table.plain("lpf invoke --local", statistics.median(invoke() for _ in range(5)) * 1000, "ms")


async def _spans(work: Callable[[int], Awaitable[object]], times: int) -> list[float]:
    return [await _span(work, number) for number in range(times)]


async def _span(work: Callable[[int], Awaitable[object]], number: int) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    await work(number)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(run_benchmark("The function runtime", measure, rounds=2000))
