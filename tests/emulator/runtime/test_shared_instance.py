"""V1 sends many requests to one instance at once; each keeps its own input, result, log and errors."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.facts import function_errors

if TYPE_CHECKING:
    from faasctl.emulator.runtime.host import FunctionHost
    from faasctl.emulator.runtime.outcome import DeployedFunction, Outcome

Make = Callable[..., "DeployedFunction"]
WithHost = Callable[..., Any]

TOGETHER = """let running = 0; const waiting = [];
function lambda(input, callback) {
  console.info('in', input);
  waiting.push(() => { console.warn('out', input); callback(null, [process.pid, input, running]); });
  running += 1;
  if (running === 5) for (const go of waiting) go();
}"""

# Every call but the last waits for it; the last lets each end as its input says.
ENDINGS = """const waiting = [];
function lambda({ number, how, of }, callback) {
  console.info('in', number);
  const ends = {
    result: () => callback(null, number),
    error: () => callback(new Error(`error ${number}`)),
    thrown: () => { throw new TypeError(`thrown ${number}`); },
    rejected: () => { Promise.reject(new Error(`rejected ${number}`)); },
    exit: () => process.exit(),
  };
  const gate = new Promise((open) => waiting.push(open));
  gate.then(() => setTimeout(ends[how], 5));
  if (waiting.length === of) waiting.forEach((open) => open());
}"""


def run_together(with_host: WithHost, deployed: DeployedFunction, inputs: list[Any]) -> list[Outcome]:
    async def work(host: FunctionHost) -> list[Outcome]:
        return list(await asyncio.gather(*(host.invoke(deployed, value, test=False) for value in inputs)))

    outcomes: list[Outcome] = with_host(work)
    return outcomes


def test_requests_run_in_one_process_at_the_same_time(function: Make, with_host: WithHost) -> None:
    outcomes = run_together(with_host, function(TOGETHER, interface="v1", module="commonjs"), list(range(5)))
    results = [json.loads(outcome.result) for outcome in outcomes]
    assert [(value, together) for _, value, together in results] == [(number, 5) for number in range(5)]
    assert len({pid for pid, _, _ in results}) == 1


@pytest.mark.parametrize("module", ["commonjs", "esm"])
def test_each_request_ends_its_own_way_with_its_own_log(function: Make, with_host: WithHost, module: str) -> None:
    ways = ["result", "error", "thrown", "rejected", "result"]
    inputs = [{"number": number, "how": how, "of": len(ways)} for number, how in enumerate(ways)]
    outcomes = run_together(with_host, function(ENDINGS, interface="v1", module=module), inputs)
    assert [outcome.ok for outcome in outcomes] == [True, False, False, False, True]
    assert [outcome.message for outcome in outcomes[1:4]] == ["error 1", "thrown 2", "rejected 3"]
    assert [[entry.extras for entry in outcome.logs if entry.level == "Info"] for outcome in outcomes] == [
        [[number]] for number in range(5)
    ]


def test_a_process_that_ends_ends_all_its_requests(function: Make, with_host: WithHost) -> None:
    inputs = [{"number": number, "how": how, "of": 2} for number, how in enumerate(["exit", "result"])]
    outcomes = run_together(with_host, function(ENDINGS, interface="v1"), inputs)
    assert [outcome.ok for outcome in outcomes] == [False, False]
    assert {outcome.error for outcome in outcomes} == {function_errors.RUNTIME_ERROR}


def test_a_request_past_its_time_takes_the_others_along(function: Make, with_host: WithHost) -> None:
    code = "function lambda(input, callback) { if (input) for (;;); }"
    deployed = function(code, interface="v1")

    async def work(host: FunctionHost) -> list[Outcome]:
        first = asyncio.create_task(host.invoke(deployed, True, test=False))
        await asyncio.sleep(0.3)
        return [*await asyncio.gather(first, host.invoke(deployed, False, test=False))]

    late, other = with_host(work, execution_seconds=1.5)
    assert late.error == function_errors.EXECUTION_EXCEEDED
    assert not other.ok
