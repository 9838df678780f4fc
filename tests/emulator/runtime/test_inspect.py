"""A function under a debugger: breakpoints bind in the user's own file, on its own lines."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from pathlib import Path
from queue import Queue
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.emulator.runtime.debugging import Debugging, stopping
from tests.emulator.runtime.debugger_client import DebuggerClient

if TYPE_CHECKING:
    from faasctl.emulator.runtime.host import FunctionHost
    from faasctl.emulator.runtime.outcome import DeployedFunction, Outcome

Make = Callable[..., "DeployedFunction"]
WithHost = Callable[..., Any]
ATTACH_SECONDS = 60

CODE = """// The bot of an example
'use strict';
const greeting = 'Hello';

async function lambda(input) {
  const name = input.name;
  return `${greeting} ${name}`;
}
"""
V1_CODE = CODE.replace("async function lambda(input)", "function lambda(input, callback)").replace(
    "return `${greeting} ${name}`", "callback(null, `${greeting} ${name}`)"
)
LINE = CODE.splitlines().index("  const name = input.name;")
FORMS = [("v2", "esm", CODE), ("v2", "commonjs", CODE), ("v1", "commonjs", V1_CODE)]


def debugged(
    with_host: WithHost,
    deployed: DeployedFunction,
    file: Path,
    debug: Callable[[DebuggerClient], Any],
    **options: Any,
) -> tuple[Outcome, Any]:
    """The invocation's outcome, and what `debug` returned, which ran as the debugger."""
    addresses: Queue[str] = Queue()
    results: Queue[Any] = Queue()

    def attach() -> None:
        try:
            with DebuggerClient(addresses.get(timeout=ATTACH_SECONDS)) as client:
                client.call("Runtime.enable")
                client.call("Debugger.enable")
                results.put(debug(client))
        except BaseException as error:  # noqa: BLE001 - the test raises it
            results.put(error)

    debugging = Debugging(function=deployed.name, file=file, port=0, on_waiting=addresses.put)
    thread = threading.Thread(target=attach)
    thread.start()

    async def work(host: FunctionHost) -> Outcome:
        assert await host.load(deployed) is None
        return await asyncio.wait_for(host.invoke(deployed, {"name": "Ada"}, test=True), ATTACH_SECONDS)

    outcome = with_host(work, debugging=debugging, **options)
    thread.join()
    result = results.get(timeout=1)
    if isinstance(result, BaseException):
        raise result
    return outcome, result


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my bot" / "index.js"
    path.parent.mkdir()
    return path


@pytest.mark.parametrize(("interface", "module", "code"), FORMS)
def test_a_breakpoint_set_before_the_code_is_loaded_stops_on_its_line(
    function: Make, with_host: WithHost, file: Path, interface: str, module: str, code: str
) -> None:
    def debug(client: DebuggerClient) -> dict[str, Any]:
        client.call("Debugger.setBreakpointByUrl", url=file.as_uri(), lineNumber=LINE)
        client.call("Runtime.runIfWaitingForDebugger")
        entry = client.wait("Debugger.paused")["callFrames"][0]
        client.call("Debugger.resume")
        paused = client.wait("Debugger.paused")
        frame = paused["callFrames"][0]
        seen = {
            "url": client.script(frame["location"]["scriptId"])["url"],
            "entry": entry["location"]["lineNumber"],
            "line": frame["location"]["lineNumber"],
            "hit": len(paused["hitBreakpoints"]),
            "input": client.value_of("input.name", frame["callFrameId"]),
            "text": client.call("Debugger.getScriptSource", scriptId=frame["location"]["scriptId"])[
                "scriptSource"
            ],
        }
        client.resume_to_the_end()
        return seen

    outcome, seen = debugged(
        with_host, function(code, interface=interface, module=module), file, debug, execution_seconds=0.001
    )
    assert json.loads(outcome.result) == "Hello Ada"
    text = seen.pop("text")
    assert seen == {"url": file.as_uri(), "entry": 1, "line": LINE, "hit": 1, "input": "Ada"}
    lines, own = text.splitlines(), code.splitlines()
    assert lines[: len(own)] == [own[0], f"{own[1]};debugger;", *own[2:]]


@pytest.mark.parametrize("module", ["esm", "commonjs"])
def test_stack_traces_name_the_users_file_while_it_is_debugged(
    function: Make, with_host: WithHost, file: Path, module: str
) -> None:
    def debug(client: DebuggerClient) -> None:
        client.call("Runtime.runIfWaitingForDebugger")
        client.wait("Debugger.paused")
        client.resume_to_the_end()

    code = "\nasync function lambda() {\n  throw new Error('no');\n}\n"
    outcome, _ = debugged(with_host, function(code, module=module), file, debug)
    assert outcome.message == "no"
    assert f"{file.as_uri()}:3:9" in (outcome.stack or "")


def test_other_functions_run_as_ever(function: Make, with_host: WithHost, file: Path) -> None:
    other = function("async function lambda() { return 1 }", name="Other")
    debugging = Debugging(function="OrderBot", file=file, port=0, on_waiting=lambda _: None)
    outcome = with_host(lambda host: host.invoke(other, None, test=True), debugging=debugging)
    assert outcome.result == "1"


def test_a_debugger_that_never_comes_does_not_hold_the_host_open(
    function: Make, with_host: WithHost, file: Path
) -> None:
    waiting: Queue[str] = Queue()

    async def work(host: FunctionHost) -> bool:
        call = asyncio.create_task(host.invoke(function(CODE), {}, test=True))
        for _ in range(ATTACH_SECONDS * 100):
            if not waiting.empty():
                break
            await asyncio.sleep(0.01)
        await host.close()
        outcome, *_ = await asyncio.gather(call, return_exceptions=True)
        return getattr(outcome, "ok", False)

    debugging = Debugging(function="OrderBot", file=file, port=0, on_waiting=waiting.put)
    assert with_host(work, debugging=debugging) is False
    assert waiting.get_nowait().startswith("ws://127.0.0.1:")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a()", "debugger;a()"),
        ("\n\n  a()", "\n\n  debugger;a()"),
        ("\ufeff#!/usr/bin/env node\na()", "\ufeff#!/usr/bin/env node\ndebugger;a()"),
        ("'use strict'\na()", "'use strict';debugger;\na()"),
        ('/* one\n two */ // three\n"use strict"; a()', '/* one\n two */ // three\n"use strict";;debugger; a()'),
        ("", "debugger;"),
    ],
)
def test_the_stop_stands_before_the_first_statement(code: str, expected: str) -> None:
    assert stopping(code) == expected
