"""Function runtime: one invocation in a kept process, beside a start of Node for each call.

Run it as `python -m benchmarks.runtime`. It ends with status 1 when the bound is missed.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from faasctl.emulator.runtime.host import FunctionHost
from faasctl.emulator.runtime.outcome import DeployedFunction
from faasctl.javascript.inspector import Inspector
from faasctl.javascript.node import find_node

WARM_BOUND_MS = 0.3
PAYLOAD = {"timestamp": 0, "headers": [], "payload": {"message": "hi", "convId": "1", "context": {}}}
CODE = """async function lambda(input) {
  console.info('turn', input.payload.convId);
  return { messages: [`You said ${input.payload.message}`], context: {} };
}"""
FUNCTION = DeployedFunction(
    account="1", uuid="u", name="Echo", deployment="0", code=CODE, environment={}, interface="v2", module="esm"
)


async def median_ms(work: Callable[[int], Awaitable[object]], times: int) -> float:
    spans = []
    for number in range(times):
        started = time.perf_counter()
        await work(number)
        spans.append((time.perf_counter() - started) * 1000)
    return statistics.median(spans)


async def measure(folder: Path) -> dict[str, float]:
    node = find_node()
    host = FunctionHost(folder)

    async def one_node(_: int) -> None:
        subprocess.run([node, "-e", "0"], env={}, check=True)

    async def from_nothing(number: int) -> None:
        fresh = replace(FUNCTION, deployment=str(number))
        assert (await host.invoke(fresh, PAYLOAD, test=False)).ok

    kept = replace(FUNCTION, uuid="kept")

    async def warm(_: int) -> None:
        assert (await host.invoke(kept, PAYLOAD, test=False)).ok

    async def sixteen_at_once(_: int) -> None:
        await asyncio.gather(*(host.invoke(kept, PAYLOAD, test=False) for _ in range(16)))

    inspector = Inspector()

    async def inspect(_: int) -> None:
        inspector.inspect(CODE)

    try:
        spans = {
            "node -e 0": await median_ms(one_node, 15),
            "deployed and invoked once": await median_ms(from_nothing, 15),
        }
        await median_ms(warm, 200)
        spans["kept, warm invocation"] = await median_ms(warm, 2000)
        spans["kept, warm, 16 queued, each"] = await median_ms(sixteen_at_once, 100) / 16
        await inspect(0)
        spans["inspection, Node kept"] = await median_ms(inspect, 200)
    finally:
        inspector.close()
        await host.close()
    return spans


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        spans = asyncio.run(measure(Path(folder)))
    node = spans["node -e 0"]
    for name, span in spans.items():
        print(f"{name:30} {span:9.3f} ms  {span / node:7.3f} x node -e 0")
    warm = spans["kept, warm invocation"]
    met = warm <= WARM_BOUND_MS
    print(f"bound {WARM_BOUND_MS} ms: {'met' if met else 'MISSED'} ({warm / WARM_BOUND_MS:.2f} of it)")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
