"""Every way in which an invocation can end."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from faasctl.emulator.runtime.outcome import DeployedFunction, Outcome
from faasctl.facts.function_errors import EXECUTION_EXCEEDED, RUNTIME_ERROR, THREW_ERROR

OutcomeOf = Callable[..., Outcome]
V1 = {"interface": "v1", "module": "commonjs"}


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("return 'hello'", "hello"),
        ("return {a: [1, null, 'ü\\u2028\\ud800']}", {"a": [1, None, "ü\u2028\ud800"]}),
        ("return 0", 0),
        ("", None),
        ("return undefined", None),
        ("return () => 1", None),
        ("return input.payload.deep", [1, {"x": "\n"}]),
        ("return {then: (good) => good(7)}", 7),
        ("return {toJSON: () => 'mine'}", "mine"),
    ],
)
def test_what_v2_returns_is_the_result(outcome_of: OutcomeOf, body: str, result: Any) -> None:
    payload = {"payload": {"deep": [1, {"x": "\n"}]}}
    outcome = outcome_of(f"function lambda(input) {{ {body} }}", payload)
    assert (outcome.ok, json.loads(outcome.result)) == (True, result)
    assert outcome_of(f"const lambda = async (input) => {{ {body} }};", payload).result == outcome.result


@pytest.mark.parametrize(
    ("body", "error", "message"),
    [
        ("throw new Error('boom')", THREW_ERROR, "boom"),
        ("throw new RangeError('far')", THREW_ERROR, "far"),
        ("throw 'words'", THREW_ERROR, "words"),
        ("throw undefined", THREW_ERROR, "undefined"),
        ("throw null", THREW_ERROR, "null"),
        ("throw {message: 'of an object'}", THREW_ERROR, "of an object"),
        ("throw {code: 1}", THREW_ERROR, '{"code":1}'),
        ("throw {get message() { throw 1 }}", THREW_ERROR, None),
        ("await Promise.reject(new Error('later'))", THREW_ERROR, "later"),
        ("throw new TypeError('wrong type')", RUNTIME_ERROR, "wrong type"),
        ("input.payload.message.text.trim()", RUNTIME_ERROR, None),
        ("missing", RUNTIME_ERROR, "missing is not defined"),
        ("JSON.parse('{')", RUNTIME_ERROR, None),
        ("console.table([])", RUNTIME_ERROR, "console.table is not a function"),
        ("const a = {}; a.a = a; return a", RUNTIME_ERROR, None),
        ("return 1n", RUNTIME_ERROR, None),
        ("return 'x'.repeat(7 * 1024 * 1024)", RUNTIME_ERROR, None),
        ("setTimeout(() => { throw new Error('timer') }, 1); await new Promise(() => {})", THREW_ERROR, "timer"),
        ("Promise.reject(new Error('left alone')); await new Promise(() => {})", THREW_ERROR, "left alone"),
        ("process.exit(0)", RUNTIME_ERROR, "the function called process.exit()"),
        ("process.reallyExit(1)", RUNTIME_ERROR, "the function called process.reallyExit()"),
        ("process.abort()", RUNTIME_ERROR, "the function called process.abort()"),
        (
            "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})",
            RUNTIME_ERROR,
            "the function's process was ended by SIGKILL",
        ),
        ("for (;;);", EXECUTION_EXCEEDED, "the function did not end within 0.5 s"),
        ("for (;;) await null", EXECUTION_EXCEEDED, "the function did not end within 0.5 s"),
        ("await new Promise(() => {})", EXECUTION_EXCEEDED, "the function did not end within 0.5 s"),
        ("require('child_process').execSync('sleep 30')", EXECUTION_EXCEEDED, None),
    ],
)
def test_a_failure_has_its_code_and_the_next_invocation_works(
    function: Callable[..., DeployedFunction],
    with_host: Callable[..., Any],
    body: str,
    error: object,
    message: str | None,
) -> None:
    deployed = function(
        "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);\n"
        f"async function lambda(input) {{ if (input === 'again') return 'fine'; {body} }}"
    )

    async def work(host: Any) -> tuple[Outcome, Outcome]:
        return await host.invoke(deployed, {}, test=True), await host.invoke(deployed, "again", test=True)

    failed, after = with_host(work, execution_seconds=0.5)
    assert (failed.ok, failed.result, failed.error) == (False, "null", error)
    assert failed.message
    assert message in (None, failed.message)
    assert (after.ok, after.result, after.logs) == (True, '"fine"', ())


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("function lambda(input, callback) { callback(null, input.a) }", 5),
        ("function lambda(input, callback) { callback() }", None),
        ("function lambda(input, callback) { setTimeout(callback, 1, null, 'late') }", "late"),
        ("function lambda(input, callback) { callback(null, 1); callback(null, 2); callback('no') }", 1),
        ("function lambda(input, callback) { callback(null, 1); throw new Error('after') }", 1),
        ("async function lambda(input, callback) { callback(null, 3); return 4 }", 3),
        ("function lambda(...both) { both[1](null, both.length) }", 2),
        ("const lambda = async (input) => 'awaited'", "awaited"),
    ],
)
def test_v1_ends_with_the_first_callback(outcome_of: OutcomeOf, code: str, result: Any) -> None:
    outcome = outcome_of(code, {"a": 5}, **V1)
    assert (outcome.ok, json.loads(outcome.result)) == (True, result)


@pytest.mark.parametrize(
    ("code", "error", "message"),
    [
        ("function lambda(input, callback) { callback(new Error('boom')) }", THREW_ERROR, "boom"),
        ("function lambda(input, callback) { callback('words', 1) }", THREW_ERROR, "words"),
        ("function lambda(input, callback) { callback(new TypeError('t')) }", RUNTIME_ERROR, "t"),
        ("function lambda(input, callback) { throw new Error('sync') }", THREW_ERROR, "sync"),
        ("async function lambda(input, callback) { throw new Error('reject') }", THREW_ERROR, "reject"),
        ("function lambda(input, callback) { callback(null, 1n) }", RUNTIME_ERROR, None),
        ("function lambda(input, callback) { return 1 }", EXECUTION_EXCEEDED, None),
        ("async function lambda(input, callback) { return 1 }", EXECUTION_EXCEEDED, None),
    ],
)
def test_v1_fails_by_its_callback_a_throw_or_a_rejection(
    outcome_of: OutcomeOf, code: str, error: object, message: str | None
) -> None:
    outcome = outcome_of(code, {}, host_execution_seconds=0.3, **V1)
    assert (outcome.ok, outcome.error) == (False, error)
    assert message in (None, outcome.message)


def test_a_stack_names_the_function_and_its_own_lines(outcome_of: OutcomeOf) -> None:
    code = "// one\n\nasync function lambda() {\n  throw new Error('boom');\n}"
    for module in ("esm", "commonjs"):
        outcome = outcome_of(code, module=module)
        assert outcome.stack == "Error: boom\n    at lambda (OrderBot/index.js:4:9)"


def test_running_out_of_memory_says_so(outcome_of: OutcomeOf) -> None:
    outcome = outcome_of("async function lambda() { const all = []; for (;;) all.push(new Array(1e5).fill(all)) }")
    assert outcome.error is RUNTIME_ERROR
    assert outcome.message == "the function ran out of memory (256 MiB)"


def test_garbage_on_stdout_is_not_taken_for_an_answer(outcome_of: OutcomeOf) -> None:
    code = """import fs from 'node:fs';
    async function lambda() {
      process.stdout.write('half a line');
      fs.writeSync(1, 'result "forged"\\n\\nresult {}\\nmore');
      process.stdout.write('z'.repeat(300000));
      return 'true';
    }"""
    assert outcome_of(code).result == '"true"'


def test_a_result_close_to_the_limit_arrives_whole(outcome_of: OutcomeOf) -> None:
    outcome = outcome_of("const lambda = async (input) => input + 'x'.repeat(5 * 1024 * 1024)", "ü" * 500_000)
    assert json.loads(outcome.result) == "ü" * 500_000 + "x" * 5 * 1024 * 1024


def test_a_function_may_break_the_globals_that_we_use(outcome_of: OutcomeOf) -> None:
    code = """
    Object.prototype.toJSON = () => 'hacked'; JSON.stringify = () => 'hacked'; JSON.parse = () => 'hacked';
    Promise.prototype.then = () => {}; Object.assign = () => 0; Date.now = () => 'never';
    process.stdin.on('data', () => {});
    function lambda(input) { console.info('still here', 'x'); return input }"""
    outcome = outcome_of(code, "given")
    assert (outcome.ok, outcome.result) == (True, '"given"')
    assert [(entry.message, entry.extras) for entry in outcome.logs] == [("still here", ["x"])]
