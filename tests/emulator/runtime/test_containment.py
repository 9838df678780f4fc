"""What a function cannot reach."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from faasctl.emulator.runtime import confinement
from faasctl.emulator.runtime.outcome import DeployedFunction, Outcome

OutcomeOf = Callable[..., Outcome]
ON_LINUX = sys.platform == "linux"

PREAMBLE = """
const fs = require('fs'), os = require('os'), path = require('path');
const v8 = require('v8'), Module = require('module');
"""

FORBIDDEN = {
    "reading a system file": "fs.readFileSync('/etc/passwd')",
    "reading the process's own files in /proc": "fs.readFileSync('/proc/self/environ')",
    "reading the user's file": "fs.readFileSync(input.secret)",
    "reading it through a promise": "return fs.promises.readFile(input.secret)",
    "reading it in a stream": "return new Promise((_, no) => fs.createReadStream(input.secret).on('error', no))",
    "reading it by a relative path": "fs.readFileSync(path.relative(process.cwd(), input.secret))",
    "reading it by a detour": "fs.readFileSync('../../../../../../../../../../..' + input.secret)",
    "listing a folder": "fs.readdirSync(path.dirname(input.secret))",
    "listing the folder above the copy": "fs.readdirSync('..')",
    "telling whether a file exists": "fs.statSync(input.secret)",
    "resolving a path natively": "fs.realpathSync.native(input.secret)",
    "watching": "fs.watch(path.dirname(input.secret))",
    "writing beside": "fs.writeFileSync(input.secret + '.new', 'x')",
    "changing": "fs.appendFileSync(input.secret, 'x')",
    "removing": "fs.rmSync(input.secret)",
    "renaming into the copy": "fs.renameSync(input.secret, 'mine')",
    "copying into the copy": "fs.copyFileSync(input.secret, 'mine')",
    "a symbolic link": "fs.symlinkSync(input.secret, 'mine'); fs.readFileSync('mine')",
    "a relative symbolic link": "fs.symlinkSync(path.relative(process.cwd(), input.secret), 'mine')",
    "a link through a promise": "return fs.promises.symlink(input.secret, 'mine')",
    "a hard link": "fs.linkSync(input.secret, 'mine')",
    "a temporary folder": "fs.mkdtempSync(path.join(os.tmpdir(), 'x'))",
    "another working directory": "process.chdir('/')",
    "requiring a file": "require(input.secret)",
    "importing a file": "return import(input.secret)",
    "loading a .env file": "process.loadEnvFile(input.secret)",
    "SQLite": "new (require('node:sqlite').DatabaseSync)(input.secret + '.db').exec('create table a (b)')",
    "a program": "require('child_process').execFileSync('/bin/true')",
    "a program, spawned": "require('child_process').spawn('/bin/sleep', ['60'])",
    "a fork": "require('child_process').fork('index.mjs')",
    "a cluster": "require('cluster').fork()",
    "replacing the process": "process.execve('/bin/true', ['true'], {})",
    "a worker": "new (require('worker_threads').Worker)('1', {eval: true})",
    "module hooks in a worker": "Module.register('data:text/javascript,')",
    "an add-on": "process.dlopen({exports: {}}, input.secret)",
    "WASI": "new (require('wasi').WASI)({version: 'preview1', preopens: {'/': '/'}})",
    "the inspector": "require('inspector').open(0)",
    "an inspector session": "new (require('inspector').Session)().connect()",
    "internal bindings": "process.binding('fs')",
    "a heap snapshot": "v8.writeHeapSnapshot()",
    "V8's flags": "v8.setFlagsFromString('--max-old-space-size=8000')",
    "a report": "process.report.writeReport()",
    "a signal to the parent": "process.kill(process.ppid, 'SIGTERM')",
    "a signal to all": "process.kill(-1, 'SIGTERM')",
    "a signal from below": "process._kill(process.ppid, 15)",
    "a signal to an object": "process.kill({valueOf: () => process.ppid}, 'SIGTERM')",
    "the inspector of the parent": "process._debugProcess(process.ppid)",
    "the inspector by a signal": "process.kill(process.pid, 'SIGUSR1')",
    "another user": "process.setuid(1)",
    "the parent's priority": "os.setPriority(process.ppid, 1)",
}


@pytest.mark.parametrize("action", FORBIDDEN)
def test_a_function_cannot_do(outcome_of: OutcomeOf, tmp_path: Path, action: str) -> None:
    secret = tmp_path / "project" / "secret.json"
    secret.parent.mkdir()
    secret.write_text('"of the developer"', "utf-8")
    before = {path: path.stat().st_mtime_ns for path in secret.parent.rglob("*")}
    code = f"{PREAMBLE} async function lambda(input) {{ {FORBIDDEN[action]}; return 'done' }}"
    outcome = outcome_of(code, {"secret": str(secret)}, module="commonjs")
    assert not outcome.ok, outcome.result
    assert "of the developer" not in f"{outcome}"
    assert {path: path.stat().st_mtime_ns for path in secret.parent.rglob("*")} == before


def test_a_function_may_use_its_copy(outcome_of: OutcomeOf) -> None:
    code = """import fs from 'node:fs';
    async function lambda() { fs.writeFileSync('mine', 'x'); return fs.readFileSync('mine', 'utf8') }"""
    assert outcome_of(code).result == '"x"'


def test_names_imported_from_builtins_are_closed_too(outcome_of: OutcomeOf) -> None:
    code = """import { symlinkSync } from 'node:fs'; import { setPriority } from 'node:os';
    async function lambda() {
      const told = [];
      for (const call of [() => symlinkSync('/etc', 'x'), () => setPriority(process.ppid, 1)])
        try { call(); told.push('done') } catch (error) { told.push(error.code) }
      return told;
    }"""
    assert json.loads(outcome_of(code).result) == ["ERR_ACCESS_DENIED", "ERR_ACCESS_DENIED"]


def test_the_pipes_that_a_function_lives_by_stay_open(
    function: Callable[..., DeployedFunction], with_host: Callable[..., Any]
) -> None:
    deployed = function("""import fs from 'node:fs';
    async function lambda() {
      for (let fd = 0; fd < 3; fd += 1) try { fs.closeSync(fd) } catch {}
      for (const fd of process.argv) try { fs.closeSync(+fd) } catch {}
      return process.pid;
    }""")

    async def work(host: Any) -> list[str]:
        return [(await host.invoke(deployed, None, test=False)).result for _ in range(3)]

    assert len(set(with_host(work))) == 1


@pytest.mark.skipif(not ON_LINUX, reason="limits of another process can be set on Linux alone")
def test_the_kernel_bounds_files_and_dumps(
    function: Callable[..., DeployedFunction], with_host: Callable[..., Any]
) -> None:
    import resource

    deployed = function("async function lambda() { return process.pid }")

    async def work(host: Any) -> dict[int, tuple[int, int]]:
        pid = int((await host.invoke(deployed, None, test=False)).result)
        kinds = (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE)
        return {kind: resource.prlimit(pid, kind) for kind in kinds}

    found = with_host(work)
    assert found[resource.RLIMIT_CORE] == (0, 0)
    assert found[resource.RLIMIT_FSIZE] == (64 * 1024 * 1024,) * 2
    assert max(found[resource.RLIMIT_NOFILE]) <= 1024


def test_a_spelling_that_node_does_not_know_is_replaced_by_another(
    outcome_of: OutcomeOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    spellings = (("--no-such-option",), *confinement._SPELLINGS)
    monkeypatch.setattr(confinement, "_SPELLINGS", spellings)
    monkeypatch.setattr(confinement, "_spoken", {})
    assert outcome_of("const lambda = async () => 1").result == "1"
    (spoken,) = confinement._spoken.values()
    assert spoken != ("--no-such-option",)


def _processes_naming(folder: Path) -> set[int]:
    """Those whose command line holds the folder; a process that has ended has none."""
    found = set()
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it has just ended
            if os.fsencode(folder) in file.read_bytes():
                found.add(int(file.parent.name))
    return found


HOST = """
import asyncio, sys
from pathlib import Path
from faasctl.emulator.runtime.host import FunctionHost
from faasctl.emulator.runtime.outcome import DeployedFunction
BODIES = ["return 1", "for (;;);", "await new Promise(() => {})", "setInterval(() => {}, 1); return 1"]
async def main(folder):
    host = FunctionHost(Path(folder), execution_seconds=60)
    functions = [
        DeployedFunction(account="1", uuid=f"u{n}", name="F", deployment=f"d{n}", environment={}, interface="v2",
                         module="esm", code=f"async function lambda() {{ {body} }}")
        for n, body in enumerate(BODIES)
    ]
    for function in functions:
        await host.load(function)
    order = [functions[n % 4 if n < 8 else 0] for n in range(100)]
    calls = [asyncio.ensure_future(host.invoke(function, None, test=False)) for function in order]
    await asyncio.sleep(0.5)
    print("ready", flush=True)
    await asyncio.gather(*calls, return_exceptions=True)
    await asyncio.sleep(60)
asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.skipif(
    not ON_LINUX, reason="only Linux can signal the end of a parent to a function that does not listen"
)
def test_no_process_outlives_two_killed_hosts_with_two_hundred_invocations(tmp_path: Path) -> None:
    import faasctl

    environment = {**os.environ, "PYTHONPATH": str(Path(faasctl.__file__).parents[1])}
    folders = [tmp_path / str(number) for number in range(2)]
    hosts = [
        subprocess.Popen(
            [sys.executable, "-c", HOST, str(folder)], env=environment, stdout=subprocess.PIPE, text=True
        )
        for folder in folders
    ]
    try:
        for host in hosts:
            assert host.stdout is not None
            assert host.stdout.readline() == "ready\n"
        assert len(_processes_naming(tmp_path) - {host.pid for host in hosts}) >= 8
    finally:
        for host in hosts:
            host.kill()
            host.communicate()
    until = time.monotonic() + 60
    while _processes_naming(tmp_path) and time.monotonic() < until:
        time.sleep(0.05)
    assert _processes_naming(tmp_path) == set()


def test_two_hundred_invocations_at_once_all_end(
    function: Callable[..., DeployedFunction], with_host: Callable[..., Any]
) -> None:
    functions = [function("let n = 0; async function lambda(input) { return [input, ++n] }") for _ in range(4)]

    async def work(host: Any) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for start in range(0, 200, 4):
            calls = [
                host.invoke(function, start + offset, test=False) for offset, function in enumerate(functions)
            ]
            outcomes += await asyncio.gather(*calls)
        return outcomes

    outcomes = with_host(work, execution_seconds=60)
    assert [json.loads(outcome.result)[0] for outcome in outcomes] == list(range(200))
