"""Functions that name no way out of the language: what they go without, and that nothing else tells them apart."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.emulator.runtime.bundle import bundle_in
from faasctl.emulator.runtime.outward import may_reach_out

if TYPE_CHECKING:
    from faasctl.emulator.runtime.host import FunctionHost
    from faasctl.emulator.runtime.outcome import DeployedFunction, Outcome

Make = Callable[..., "DeployedFunction"]
OutcomeOf = Callable[..., "Outcome"]
WithHost = Callable[..., Any]


@pytest.mark.parametrize(
    "code",
    [
        "const fs = require('fs')",
        "import fs from 'fs'",
        "await import('fs')",
        "process.getBuiltinModule('fs')",
        "process['mainMod' + 'ule']",
        "const { stderr } = process",
        "const p = process; p.kill(1)",
        "process . kill(1)",
        "process/**/.exit()",
        "fetch('https://example.com')",
        "new WebSocket('wss://example.com')",
        "globalThis['fet' + 'ch']()",
        "arguments[1]('fs')",
        "ev\\u0061l('1')",
        "(() => {}).constructor('return 1')",
    ],
)
def test_code_that_names_a_way_out_is_seen(code: str) -> None:
    assert may_reach_out(f"async function lambda() {{ {code} }}")


@pytest.mark.parametrize(
    "code",
    [
        "return { messages: ['Hi'], context: {} }",
        "console.info(process.env.GREETING, process.pid); return 1",
        "return input.payload.message.split('\\n').filter((word) => /^\\d+$/.test(word))",
        "await new Promise((done) => setTimeout(done, 5))",
    ],
)
def test_code_that_only_reckons_goes_without(code: str) -> None:
    assert not may_reach_out(f"async function lambda(input) {{ {code} }}")


@pytest.mark.parametrize("kind", ["() => {}", "async () => {}", "function* () {}", "async function* () {}"])
def test_a_name_in_parts_makes_no_code(outcome_of: OutcomeOf, kind: str) -> None:
    code = f"async function lambda() {{ return ({kind})['const' + 'ructor']('return 1')() }}"
    assert not may_reach_out(code)
    outcome = outcome_of(code)
    assert not outcome.ok
    assert outcome.message == "Code generation from strings is not available to this function"


def test_one_that_names_it_makes_code_as_on_the_platform(outcome_of: OutcomeOf) -> None:
    assert outcome_of("async function lambda() { return new Function('return 1')() + eval('1') }").result == "2"


LEAVES_A_TIMER = """let ticks = 0;
async function lambda(input) {
  if (input === 'start') setTimeout(() => { ticks += 1 }, 1);
  return ticks;
}"""


def test_what_an_invocation_leaves_behind_goes_on_between_two(function: Make, with_host: WithHost) -> None:
    deployed = function(LEAVES_A_TIMER)

    async def work(host: FunctionHost) -> list[str]:
        told = [(await host.invoke(deployed, value, test=False)).result for value in ("look", "start")]
        for _ in range(1000):
            told.append((await host.invoke(deployed, "look", test=False)).result)
            if told[-1] == "1":
                break
            await asyncio.sleep(0.01)
        return told

    told = with_host(work)
    assert told[:2] == ["0", "0"]
    assert told[-1] == "1"


def test_a_timer_that_nobody_waits_for_runs_before_the_next_invocation(
    function: Make, with_host: WithHost
) -> None:
    deployed = function(LEAVES_A_TIMER.replace("}, 1);", "}, 1).unref();"))

    async def work(host: FunctionHost) -> str:
        await host.invoke(deployed, "start", test=False)
        await asyncio.sleep(0.2)
        result: str = (await host.invoke(deployed, "look", test=False)).result
        return result

    assert with_host(work) == "1"


def test_one_that_reaches_out_takes_a_spare_that_was_started_for_one_that_does_not(
    function: Make, with_host: WithHost
) -> None:
    reckons = function("async function lambda() { return 'reckons' }")
    reaches = function("import os from 'node:os'; async function lambda() { return typeof os.cpus }")

    async def work(host: FunctionHost) -> list[str]:
        calls = (reckons, reaches, reckons, reckons, reaches, reaches)
        return [
            (await host.invoke(deployed, None, test=False, isolation=f"i{number}")).result
            for number, deployed in enumerate(calls)
        ]

    found = [json.loads(result) for result in with_host(work)]
    assert found == ["reckons", "function", "reckons", "reckons", "function", "function"]


def test_the_bundle_is_written_once(tmp_path: Path) -> None:
    file = bundle_in(tmp_path)
    written = file.stat().st_mtime_ns
    assert bundle_in(tmp_path) == file
    assert file.stat().st_mtime_ns == written
    file.unlink()
    assert bundle_in(tmp_path).read_text("utf-8").startswith("'use strict';")
