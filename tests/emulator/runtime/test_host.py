"""Deployed functions in kept processes."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import faasctl
from faasctl.emulator.processes import process_lives
from faasctl.emulator.runtime.host import FunctionHost
from faasctl.emulator.runtime.outcome import DeployedFunction, LoadFailure
from faasctl.errors import FaasctlError, PrerequisiteMissing

Make = Callable[..., DeployedFunction]
WithHost = Callable[..., Any]

COUNTER = "let count = 0; async function lambda() { return [process.pid, ++count] }"


def ends_soon(pid: int) -> bool:
    until = time.monotonic() + 10
    while process_lives(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return not process_lives(pid)


async def appears(folder: Path, name: str) -> Path:
    """The file of that name anywhere in the folder, once it is there."""
    until = time.monotonic() + 20
    while not (found := list(folder.rglob(name))):
        assert time.monotonic() < until, f"{name} was not written"
        await asyncio.sleep(0.01)
    return found[0]


def test_module_state_survives_between_invocations(function: Make, with_host: WithHost) -> None:
    deployed = function(COUNTER)

    async def work(host: FunctionHost) -> list[Any]:
        assert await host.load(deployed) is None
        return [json.loads((await host.invoke(deployed, None, test=False)).result) for _ in range(3)]

    results = with_host(work)
    assert [count for _, count in results] == [1, 2, 3]
    assert len({pid for pid, _ in results}) == 1


def test_a_new_deployment_replaces_the_process(function: Make, with_host: WithHost) -> None:
    old = function(COUNTER)
    new = function("async function lambda() { return 'new' }", uuid=old.uuid)

    async def work(host: FunctionHost) -> tuple[str, int]:
        first = json.loads((await host.invoke(old, None, test=False)).result)[0]
        return (await host.invoke(new, None, test=False)).result, first

    result, former = with_host(work)
    assert result == '"new"'
    assert not process_lives(former)


def test_what_runs_may_end_while_its_replacement_is_loaded(
    function: Make, with_host: WithHost, tmp_path: Path
) -> None:
    old = function(
        "import fs from 'node:fs';\n"
        "async function lambda() {\n"
        "  fs.writeFileSync('running', '');\n"
        "  while (!fs.existsSync('go')) await new Promise((go) => setTimeout(go, 10));\n"
        "  return process.pid;\n"
        "}"
    )
    new = function("async function lambda() { return 'new' }", uuid=old.uuid)

    async def work(host: FunctionHost) -> tuple[str, str]:
        await host.load(old)
        running = asyncio.create_task(host.invoke(old, None, test=False))
        mark = await appears(tmp_path, "running")
        await host.load(new)
        assert not running.done()
        mark.with_name("go").touch()
        return (await running).result, (await host.invoke(new, None, test=False)).result

    former, result = with_host(work)
    assert result == '"new"'
    assert not process_lives(int(former))


@pytest.mark.parametrize(
    ("code", "module", "words"),
    [
        ("const a = ;", "esm", "Unexpected token"),
        ("const a = ;", "commonjs", "Unexpected token"),
        ("console.info('before'); throw new Error('at load')", "commonjs", "at load"),
        ("console.info('before'); throw new Error('at load'); function lambda() {}", "esm", "at load"),
        ("async function lamda() {}", "esm", "no top-level function named lambda"),
        ("async function lamda() {}", "commonjs", "lambda is not a top-level function"),
        ("const lambda = 3", "esm", "lambda is not a top-level function"),
        ("return; function lambda() {}", "commonjs", "lambda is not a top-level function"),
        ("import 'no-such-module'; async function lambda() {}", "esm", "no-such-module"),
        ("process.exit(); function lambda() {}", "esm", "process.exit()"),
    ],
)
def test_code_that_cannot_be_loaded_fails_at_load_and_at_invoke(
    function: Make, with_host: WithHost, tmp_path: Path, code: str, module: str, words: str
) -> None:
    deployed = function(code, module=module)

    async def work(host: FunctionHost) -> tuple[LoadFailure | None, Any]:
        return await host.load(deployed), await host.invoke(deployed, None, test=False)

    failure, outcome = with_host(work)
    assert words in failure.message
    assert (outcome.ok, outcome.message) == (False, failure.message)
    assert [entry.message for entry in failure.logs] == (["before"] if "before" in code else [])
    assert str(tmp_path) not in failure.message + str(failure.stack)


def test_a_failed_load_leaves_the_former_deployment_running(function: Make, with_host: WithHost) -> None:
    good = function(COUNTER)
    bad = function("nonsense(", uuid=good.uuid)

    async def work(host: FunctionHost) -> list[int]:
        await host.invoke(good, None, test=False)
        assert await host.load(bad) is not None
        counted: list[int] = json.loads((await host.invoke(good, None, test=False)).result)
        return counted

    assert with_host(work)[1] == 2


def test_concurrent_invocations_of_two_functions_keep_apart(function: Make, with_host: WithHost) -> None:
    code = """let running = 0;
    async function lambda(input) {
      running += 1; const most = running;
      await new Promise((go) => setTimeout(go, 2));
      running -= 1; console.info('call', input);
      return [input, most];
    }"""
    one, two = function(code), function(code)

    async def work(host: FunctionHost) -> list[Any]:
        calls = [host.invoke((one, two)[number % 2], number, test=False) for number in range(12)]
        return list(await asyncio.gather(*calls))

    outcomes = with_host(work)
    assert [json.loads(outcome.result) for outcome in outcomes] == [[number, 1] for number in range(12)]
    assert [[entry.extras for entry in outcome.logs] for outcome in outcomes] == [[[n]] for n in range(12)]


def test_waiting_for_the_turn_does_not_count_as_run_time(function: Make, with_host: WithHost) -> None:
    deployed = function("async function lambda() { await new Promise((go) => setTimeout(go, 400)); return true }")

    async def work(host: FunctionHost) -> list[Any]:
        calls = [host.invoke(deployed, None, test=False, isolation="one process") for _ in range(4)]
        return list(await asyncio.gather(*calls))

    assert all(outcome.ok for outcome in with_host(work, execution_seconds=1.5))  # 1.6 s in all


def test_a_cancelled_invocation_does_not_disturb_the_next(
    function: Make, with_host: WithHost, tmp_path: Path
) -> None:
    deployed = function(
        "import fs from 'node:fs';\n"
        "async function lambda(input) {\n"
        "  if (input === 'hang') { fs.writeFileSync('running', ''); for (;;); }\n"
        "  return input;\n"
        "}"
    )

    async def work(host: FunctionHost) -> str:
        await host.load(deployed)
        hanging = asyncio.create_task(host.invoke(deployed, "hang", test=False))
        await appears(tmp_path, "running")
        hanging.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hanging
        return (await host.invoke(deployed, "next", test=False)).result

    assert with_host(work) == '"next"'


def test_stop_ends_the_process(function: Make, with_host: WithHost) -> None:
    deployed = function(COUNTER)

    async def work(host: FunctionHost) -> int:
        pid: int = json.loads((await host.invoke(deployed, None, test=False)).result)[0]
        assert process_lives(pid)
        await host.stop(deployed.account, deployed.uuid)
        return pid

    assert ends_soon(with_host(work))


def test_close_removes_the_copies_and_refuses_more(function: Make, tmp_path: Path) -> None:
    first, second = function(COUNTER), function("const a = ;")

    async def main() -> None:
        host = FunctionHost(tmp_path / "runtime")
        await host.invoke(first, None, test=False)
        await host.invoke(second, None, test=False)
        assert len(list((tmp_path / "runtime").glob("function-*"))) == 1
        await host.close()
        with pytest.raises(FaasctlError, match="closed"):
            await host.invoke(first, None, test=False)

    asyncio.run(main())
    assert not list((tmp_path / "runtime").glob("function-*"))


def test_close_ends_what_is_under_way(function: Make, tmp_path: Path) -> None:
    deployed = function(
        "import fs from 'node:fs';\n"
        "async function lambda() {\n"
        "  fs.writeFileSync('pid', String(process.pid));\n"
        "  fs.writeFileSync('running', '');\n"
        "  for (;;);\n"
        "}"
    )

    async def main() -> bool:
        host = FunctionHost(tmp_path / "runtime")
        running = asyncio.create_task(host.invoke(deployed, None, test=False))
        pid = int((await appears(tmp_path, "running")).with_name("pid").read_text())
        await host.close()
        assert ends_soon(pid)
        outcomes = await asyncio.gather(running, return_exceptions=True)
        return getattr(outcomes[0], "ok", False)

    assert asyncio.run(main()) is False


def test_the_environment_is_what_was_declared_and_what_the_platform_sets(
    function: Make, with_host: WithHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAASCTL_SECRET_TOKEN", "of the developer")
    monkeypatch.setenv("NODE_OPTIONS", "--no-such-option")
    deployed = function(
        "async function lambda() { return process.env }", environment={"GREETING": "Hällo\n", "EMPTY": ""}
    )
    outcome = with_host(
        lambda host: host.invoke(deployed, None, test=False),
        extra_environment={"X_LIVEPERSON_CSDS_DOMAIN": "127.0.0.1:1"},
    )
    assert json.loads(outcome.result) == {
        "GREETING": "Hällo\n",
        "EMPTY": "",
        "X_LIVEPERSON_BRAND_ID": "12345678",
        "X_LIVEPERSON_FUNCTION_UUID": deployed.uuid,
        "X_LIVEPERSON_CSDS_DOMAIN": "127.0.0.1:1",
    }


def test_node_builtins_can_be_imported_and_required(function: Make, with_host: WithHost) -> None:
    esm = function("import { basename } from 'node:path'; const lambda = async (i) => basename(i)")
    commonjs = function(
        "const { basename } = require('path'); async function lambda(i) { return basename(i) }", module="commonjs"
    )

    async def work(host: FunctionHost) -> set[str]:
        calls = [host.invoke(deployed, "/a/b", test=False) for deployed in (esm, commonjs)]
        return {outcome.result for outcome in await asyncio.gather(*calls)}

    assert with_host(work) == {'"b"'}


@pytest.mark.parametrize(
    "code",
    [
        "\ufeffasync function lambda() { return 'ü' } // the end",
        "#!/usr/bin/env node\r\nasync function lambda() {\r\n return 'ü' }\r\n/* the end */",
        "export default 1; export { lambda as x };\nconst lambda = async () => 'ü'",
        "export async function lambda() { return `ü` }",
    ],
)
def test_code_is_loaded_as_it_is_written(function: Make, with_host: WithHost, code: str) -> None:
    modules = ["esm"] if "export" in code else ["esm", "commonjs"]

    async def work(host: FunctionHost) -> set[str]:
        calls = [host.invoke(function(code, module=module), None, test=False) for module in modules]
        return {outcome.result for outcome in await asyncio.gather(*calls)}

    assert with_host(work) == {'"ü"'}


def test_a_missing_node_is_named(function: Make, with_host: WithHost) -> None:
    with pytest.raises(PrerequisiteMissing, match="no-such-node"):
        with_host(
            lambda host: host.invoke(function(COUNTER), None, test=False),
            environ={"FAASCTL_NODE": "/no-such-node"},
        )


OLD_NODE = f"""#!{sys.executable}
import json, os, sys
requests, answers = (int(pipe) for pipe in sys.argv[-3:-1])
nonce = json.loads(os.read(requests, 1000))["nonce"]
hello = json.dumps({{"node": "18.2.0", "network": True}})
os.write(answers, f"{{nonce}} hello 1 {{hello}}\\n".encode())
os.read(requests, 1)
"""
FAKE_NODES = {
    # ends before it says anything, as a Node that does not know an option
    "mute": ('#!/bin/sh\n[ "$1" = --version ] && { echo v18.1.0; exit 0; }\nexit 9\n', r"18\.1\.0 .*too old"),
    # runs our code, and tells its version
    "old": (
        OLD_NODE,
        r"18\.2\.0 .*too old",
    ),
    "broken": ("no program", "does not start"),
}


@pytest.mark.parametrize("kind", FAKE_NODES)
def test_an_old_or_broken_node_is_refused(function: Make, with_host: WithHost, tmp_path: Path, kind: str) -> None:
    node = tmp_path / "node"
    program, message = FAKE_NODES[kind]
    node.write_text(program)
    node.chmod(0o755)
    with pytest.raises(PrerequisiteMissing, match=message):
        with_host(lambda host: host.load(function(COUNTER)), environ={"FAASCTL_NODE": str(node)})


# Only Linux can signal the end of a parent to a function that does not listen.
@pytest.mark.parametrize("body", ["return 1", *(["for (;;);"] if sys.platform == "linux" else [])])
def test_a_function_dies_with_the_process_that_hosts_it(tmp_path: Path, body: str) -> None:
    host = f"""
import asyncio
from pathlib import Path
from faasctl.emulator.processes import process_lives
from faasctl.emulator.runtime.host import FunctionHost
from faasctl.emulator.runtime.outcome import DeployedFunction
code = '''import fs from 'node:fs';
async function lambda() {{ fs.writeFileSync('pid', String(process.pid)); {body} }}'''
async def main():
    host = FunctionHost(Path({str(tmp_path)!r}) / "runtime")
    function = DeployedFunction(account="1", uuid="u", name="F", deployment="d", code=code, environment={{}},
                                interface="v2", module="esm")
    await host.invoke(function, None, test=False)
    await asyncio.sleep(60)
asyncio.run(main())
"""
    root = str(Path(faasctl.__file__).parents[1])
    parent = subprocess.Popen([sys.executable, "-c", host], env={**os.environ, "PYTHONPATH": root})
    try:
        until = time.monotonic() + 20
        while not (files := [file for file in tmp_path.rglob("pid") if file.read_text()]):
            assert time.monotonic() < until
            time.sleep(0.01)
        pid = int(files[0].read_text())
        assert process_lives(pid)
    finally:
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
    assert ends_soon(pid)
