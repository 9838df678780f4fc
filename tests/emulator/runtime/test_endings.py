"""Every way in which an invocation can end."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from faasctl.emulator.runtime.outcome import DeployedFunction, LoadFailure, Outcome
from faasctl.facts.function_errors import EXECUTION_EXCEEDED, LIMIT_REACHED, RUNTIME_ERROR, THREW_ERROR
from tests.emulator.runtime.bodies import with_body
from tests.emulator.runtime.endings import ENDINGS, UNLOADABLE, Ending, Unloadable

OutcomeOf = Callable[..., Outcome]
MODULES = {"v1": "commonjs", "v2": "esm"}
V1 = {"interface": "v1", "module": "commonjs"}
ON_LINUX = sys.platform == "linux"

CASES = [
    pytest.param(ending, interface, id=f"{interface}: {ending.what}")
    for ending in ENDINGS
    for interface in ("v2", "v1")
    if getattr(ending, interface) is not None and (ON_LINUX or "(Linux)" not in ending.what)
]
UNLOADABLE_CASES = [
    pytest.param(code, interface, id=f"{interface}: {code.what}")
    for code in UNLOADABLE
    for interface in ("v2", "v1")
]


@pytest.mark.parametrize(("ending", "interface"), CASES)
def test_an_ending_has_its_code_and_the_next_invocation_works(
    function: Callable[..., DeployedFunction], with_host: Callable[..., Any], ending: Ending, interface: str
) -> None:
    code = with_body(getattr(ending, interface), interface)
    domains = () if interface == "v1" else None
    deployed = function(code, interface=interface, module=MODULES[interface], allowed_domains=domains)
    # A busy machine may take long for what ends by itself; what does not end is not to be waited for.
    seconds = 1 if ending.error is EXECUTION_EXCEEDED else 60

    async def work(host: Any) -> tuple[Outcome, Outcome]:
        return await host.invoke(deployed, {}, test=True), await host.invoke(deployed, "again", test=True)

    outcome, after = with_host(work, execution_seconds=seconds)
    assert outcome.error is ending.error, outcome.message
    if ending.error is None:
        assert json.loads(outcome.result) == json.loads(ending.reads)
    else:
        assert outcome.result == "null"
        assert outcome.message
        assert outcome.message.startswith(ending.reads.replace("{seconds}", str(seconds)))
    assert (after.ok, after.result, after.logs) == (True, '"fine"', ())


@pytest.mark.parametrize(("code", "interface"), UNLOADABLE_CASES)
def test_code_that_cannot_be_loaded_says_why(
    function: Callable[..., DeployedFunction], with_host: Callable[..., Any], code: Unloadable, interface: str
) -> None:
    deployed = function(getattr(code, interface), interface=interface, module=MODULES[interface])

    async def work(host: Any) -> tuple[LoadFailure, Outcome]:
        return await host.load(deployed), await host.invoke(deployed, {}, test=True)

    failure, outcome = with_host(work)
    assert failure.message.startswith(code.reads[interface == "v1"])
    assert (outcome.error, outcome.message) == (RUNTIME_ERROR, failure.message)


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("return 'hello'", "hello"),
        ("return {a: [1, null, 'ü\\u2028\\ud800']}", {"a": [1, None, "ü\u2028\ud800"]}),
        ("return 0", 0),
        ("", None),
        ("return input.payload.deep", [1, {"x": "\n"}]),
        ("return {then: (good) => good(7)}", 7),
        ("return {toJSON: () => 'mine'}", "mine"),
        ("return Object.freeze(Promise.resolve(5))", 5),
    ],
)
def test_what_v2_returns_is_the_result(outcome_of: OutcomeOf, body: str, result: Any) -> None:
    payload = {"payload": {"deep": [1, {"x": "\n"}]}}
    outcome = outcome_of(f"function lambda(input) {{ {body} }}", payload)
    assert (outcome.ok, json.loads(outcome.result)) == (True, result)
    assert outcome_of(f"const lambda = async (input) => {{ {body} }};", payload).result == outcome.result


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("function lambda(input, callback) { callback(null, input.a) }", 5),
        ("function lambda(input, callback) { setTimeout(callback, 1, null, 'late') }", "late"),
        ("function lambda(input, callback) { const a = [1]; callback(null, a); a.push(2) }", [1]),
        ("function lambda(input, callback) { callback(0, 'zero is no error') }", "zero is no error"),
        ("async function lambda(input, callback) { callback(null, 3); return 4 }", 3),
        ("function lambda(...both) { both[1](null, both.length) }", 2),
        ("function lambda(input) { arguments[1](null, 'by its place') }", "by its place"),
    ],
)
def test_v1_ends_with_the_first_callback(outcome_of: OutcomeOf, code: str, result: Any) -> None:
    outcome = outcome_of(code, {"a": 5}, **V1)
    assert (outcome.ok, json.loads(outcome.result)) == (True, result)


def test_a_second_callback_is_logged_while_the_first_is_not_told_yet(outcome_of: OutcomeOf) -> None:
    outcome = outcome_of("function lambda(input, callback) { callback(null, 1); callback(null, 2) }", **V1)
    assert outcome.result == "1"
    assert [(entry.level, "more than once" in entry.message) for entry in outcome.logs] == [("Warn", True)]


def test_an_error_in_an_incorrect_format_is_logged(outcome_of: OutcomeOf) -> None:
    outcome = outcome_of("function lambda(input, callback) { callback({code: 7}) }", **V1)
    assert outcome.error is THREW_ERROR
    warning, received = outcome.logs
    assert (warning.level, warning.extras) == ("Warn", [{"originalFailure": {"code": 7}}])
    assert warning.message.startswith("Received error in an incorrect format")
    assert (received.level, received.message) == ("Error", 'Received Error - {"code":7}')


def test_what_an_invocation_leaves_behind_does_not_reach_its_caller(
    function: Callable[..., DeployedFunction], with_host: Callable[..., Any]
) -> None:
    deployed = function("async function lambda() { setTimeout(() => { throw new Error('left') }, 0); return 1 }")

    async def work(host: Any) -> list[str]:
        return [(await host.invoke(deployed, None, test=True)).result for _ in range(2)]

    assert with_host(work)[0] == "1"


def test_a_stack_names_the_function_and_its_own_lines(outcome_of: OutcomeOf) -> None:
    code = "// one\n\nasync function lambda() {\n  throw new Error('boom');\n}"
    for module in ("esm", "commonjs"):
        outcome = outcome_of(code, module=module)
        assert outcome.stack == "Error: boom\n    at lambda (OrderBot/index.js:4:9)"


@pytest.mark.parametrize("module", ["esm", "commonjs"])
def test_a_stack_goes_on_behind_an_await(outcome_of: OutcomeOf, module: str) -> None:
    code = """async function later() {
  await null;
  throw new Error('boom');
}
async function lambda() {
  return await later();
}"""
    stack = "Error: boom\n    at later (OrderBot/index.js:3:9)\n    at async lambda (OrderBot/index.js:6:10)"
    assert outcome_of(code, module=module).stack == stack


@pytest.mark.parametrize("module", ["esm", "commonjs"])
def test_a_syntax_error_shows_the_line(
    function: Callable[..., DeployedFunction], with_host: Callable[..., Any], module: str
) -> None:
    deployed = function("const a = 1;\nconst b = ;\nasync function lambda() {}", module=module)
    failure = with_host(lambda host: host.load(deployed))
    place, line, marker, *_ = failure.stack.split("\n")
    assert (place, line, marker) == ("OrderBot/index.js:2", "const b = ;", "          ^")


def test_no_path_of_the_copy_is_told(outcome_of: OutcomeOf) -> None:
    code = "async function lambda() { throw new Error(`in ${import.meta.url} and ${import.meta.filename}`) }"
    outcome = outcome_of(code)
    assert "index.mjs" not in f"{outcome.message}{outcome.stack}{outcome.logs}"


def test_garbage_on_the_answers_own_pipe_is_not_taken_for_an_answer(outcome_of: OutcomeOf) -> None:
    code = """import fs from 'node:fs';
    async function lambda() {
      for (let fd = 3; fd < 64; fd += 1) try { fs.writeSync(fd, 'half a line'); } catch {}
      for (let fd = 3; fd < 64; fd += 1) try { fs.writeSync(fd, '\\nresult "forged"\\n\\nmore'); } catch {}
      return 'true';
    }"""
    outcome = outcome_of(code)
    assert outcome.result == '"true"' or outcome.error is RUNTIME_ERROR


def test_a_result_close_to_the_limit_arrives_whole(outcome_of: OutcomeOf) -> None:
    outcome = outcome_of("const lambda = async (input) => input + 'x'.repeat(5 * 1024 * 1024)", "ü" * 500_000)
    assert json.loads(outcome.result) == "ü" * 500_000 + "x" * 5 * 1024 * 1024


@pytest.mark.parametrize(("characters", "ok"), [(6 * 1024 * 1024, True), (6 * 1024 * 1024 + 1, False)])
def test_a_result_on_the_limit_and_one_past_it(outcome_of: OutcomeOf, characters: int, ok: bool) -> None:
    outcome = outcome_of(f"const lambda = async () => 'x'.repeat({characters} - 2)")  # and two quotes
    assert outcome.ok is ok


@pytest.mark.parametrize(("mebibytes", "error"), [(200, None), (400, RUNTIME_ERROR)])
@pytest.mark.skipif(not ON_LINUX, reason="no other system bounds the memory outside the heap")
def test_memory_outside_the_heap_is_bounded(outcome_of: OutcomeOf, mebibytes: int, error: object) -> None:
    outcome = outcome_of(f"const lambda = async () => Buffer.alloc({mebibytes} * 1024 * 1024, 1).length")
    assert outcome.error is error


@pytest.mark.parametrize("interface", ["v1", "v2"])
def test_an_account_may_let_the_log_limit_end_the_invocation(outcome_of: OutcomeOf, interface: str) -> None:
    loop = "for (let i = 0; i < LIMIT; i += 1) console.info('x')"
    code = f"async function lambda(input, callback) {{ {loop}; if (callback) callback(null, 1); return 1 }}"
    options = {"interface": interface, "module": "commonjs", "fail_at_log_limit": True}
    assert outcome_of(code.replace("LIMIT", "10"), **options).result == "1"
    outcome = outcome_of(code.replace("LIMIT", "11"), **options)
    assert outcome.error is LIMIT_REACHED
    assert outcome.message == (
        "the function passed the log limit of an invocation: the limit is 10 entries and "
        f"{5000 if interface == 'v1' else 16384} characters"
    )
    assert len(outcome.logs) == 10


def test_patched_globals_do_not_change_the_log(outcome_of: OutcomeOf) -> None:
    code = """
    Object.prototype.toJSON = () => 'hacked'; JSON.stringify = () => 'hacked'; JSON.parse = () => 'hacked';
    Promise.prototype.then = () => {}; Object.assign = () => 0; Date.now = () => 'never';
    function lambda(input) { console.info('still here', 'x'); return input }"""
    outcome = outcome_of(code, "given")
    assert (outcome.ok, outcome.result) == (True, '"given"')
    assert [(entry.message, entry.extras) for entry in outcome.logs] == [("still here", ["x"])]
