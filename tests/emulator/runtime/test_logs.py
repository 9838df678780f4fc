"""What the console writes."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from faasctl.emulator.runtime.outcome import Outcome
from faasctl.facts import limits

OutcomeOf = Callable[..., Outcome]


def written(outcome: Outcome) -> list[tuple[str, str, list[object]]]:
    return [(entry.level, entry.message, entry.extras) for entry in outcome.logs]


def test_each_method_writes_its_level(outcome_of: OutcomeOf) -> None:
    code = """async function lambda() {
      for (const method of ['debug', 'info', 'log', 'warn', 'error']) console[method](method, 1, 'x');
    }"""
    levels = [("Debug", "debug"), ("Info", "info"), ("Info", "log"), ("Warn", "warn"), ("Error", "error")]
    expected = [(level, method, [1, "x"]) for level, method in levels]
    assert written(outcome_of(code)) == expected
    assert written(outcome_of(code, test=False)) == expected[1:]


def test_a_v1_account_has_no_console_log_and_an_imported_function_has(outcome_of: OutcomeOf) -> None:
    code = "function lambda(input, callback) { callback(null, Object.keys(console).sort().join()) }"
    v1 = {"interface": "v1", "module": "commonjs"}
    assert outcome_of(code, allowed_domains=(), **v1).result == '"debug,error,info,warn"'
    assert outcome_of(code, **v1).result == '"debug,error,info,log,warn"'


def test_an_entry_is_json_as_the_platform_sends_it(outcome_of: OutcomeOf) -> None:
    before = time.time() * 1000
    (entry,) = outcome_of("async function lambda() { console.info('hello', 'x') }").logs
    assert before - 5 <= entry.timestamp <= time.time() * 1000 + 5
    assert entry.as_json() == {
        "level": "Info",
        "message": "hello",
        "extras": ["x"],
        "timestamp": entry.timestamp,
    }


@pytest.mark.parametrize(
    ("call", "message", "extras"),
    [
        ("console.info()", "", []),
        ("console.info('%s and %d', 'a', 1)", "%s and %d", ["a", 1]),
        ("console.info({a: 1}, [2])", '{"a":1}', [[2]]),
        ("console.info(3, undefined, null, () => 1, 5n)", "3", [None, None, "[Function (anonymous)]", "5n"]),
        ("console.info('two\\nlines', 'ü\\u2028')", "two\nlines", ["ü\u2028"]),
        ("console.info('x', {toJSON() { throw 1 }, a: 1})", "x", None),
        ("const c = {}; c.c = c; console.info(c)", "<ref *1> { c: [Circular *1] }", []),
        ("console.info('x', new Proxy({}, {get() { throw 1 }}))", "x", None),
    ],
)
def test_the_first_argument_is_the_message_and_the_rest_are_extras(
    outcome_of: OutcomeOf, call: str, message: str, extras: list[object] | None
) -> None:
    (entry,) = outcome_of(f"async function lambda() {{ {call} }}").logs
    assert entry.message == message
    assert len(entry.extras) == 1 if extras is None else entry.extras == extras


def test_an_error_is_written_with_its_stack(outcome_of: OutcomeOf) -> None:
    code = (
        "async function lambda() {\n const e = new RangeError('far'); console.error(e); console.warn('x', {e}) }"
    )
    first, second = outcome_of(code).logs
    stack = "RangeError: far\n    at lambda (OrderBot/index.js:2:12)"
    assert first.message == stack
    assert second.extras == [{"e": {"name": "RangeError", "message": "far", "stack": stack}}]


def test_a_throw_is_logged_as_received_error(outcome_of: OutcomeOf) -> None:
    outcome = outcome_of("async function lambda() { console.info('a'); throw new Error('boom') }")
    assert written(outcome) == [("Info", "a", []), ("Error", "Received Error - boom", [])]


def test_what_was_logged_before_an_endless_loop_is_kept(outcome_of: OutcomeOf) -> None:
    code = "async function lambda() { console.info('a'); console.warn('b'); for (;;); }"
    assert written(outcome_of(code, host_execution_seconds=0.3)) == [("Info", "a", []), ("Warn", "b", [])]


def test_after_ten_entries_one_warning_follows(outcome_of: OutcomeOf) -> None:
    code = (
        "async function lambda() { for (let i = 0; i < 25; i += 1) console.info(String(i)); throw new Error('x') }"
    )
    logs = outcome_of(code).logs
    assert [entry.message for entry in logs[:10]] == [str(number) for number in range(10)]
    assert [(entry.level, entry.message[:17]) for entry in logs[10:]] == [
        ("Warn", "Log limit reached"),
        ("Error", "Received Error - "),
    ]


@pytest.mark.parametrize("interface", ["v1", "v2"])
def test_the_characters_of_an_invocation_are_limited(outcome_of: OutcomeOf, interface: str) -> None:
    limit = limits.LOG_CHARACTERS.v1 if interface == "v1" else limits.LOG_CHARACTERS.value
    code = (
        f"const lambda = (i, callback) => {{ console.info('x'.repeat({limit})); console.info('y'); callback?.() }}"
    )
    assert [entry.level for entry in outcome_of(code, interface=interface).logs] == ["Info", "Warn"]
    longer = code.replace(f"({limit})", f"({limit} + 1)")
    assert [entry.level for entry in outcome_of(longer, interface=interface).logs] == ["Warn"]


def test_debug_entries_count_only_where_they_are_kept(outcome_of: OutcomeOf) -> None:
    code = """async function lambda() {
      for (let i = 0; i < 20; i += 1) console.debug('d');
      console.info('kept');
    }"""
    assert [entry.message for entry in outcome_of(code, test=False).logs] == ["kept"]
    assert len(outcome_of(code, test=True).logs) == 11


def test_loose_limits_take_the_looser_of_two_sources(outcome_of: OutcomeOf) -> None:
    strict, loose = limits.LOG_CHARACTERS.of("v1"), limits.LOG_CHARACTERS.of("v1", loose=True)
    assert (strict, loose) == (5_000, 6_000)
    code = "function lambda(input, callback) { console.info('x'.repeat(LENGTH)); callback() }"
    for length, loosely, level in (
        (strict, False, "Info"),
        (strict + 1, False, "Warn"),
        (loose, True, "Info"),
        (loose + 1, True, "Warn"),
    ):
        whole = code.replace("LENGTH", str(length))
        outcome = outcome_of(whole, interface="v1", module="commonjs", loose_limits=loosely)
        assert [entry.level for entry in outcome.logs] == [level]


@pytest.mark.parametrize(
    "ending",
    [
        "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})",
        "const all = []; for (;;) all.push(new Array(1e5).fill(all))",
        "process.exit(1)",
        "process.abort()",
        "await new Promise(() => { setTimeout(() => { throw new Error('x') }, 1) })",
    ],
)
def test_what_was_logged_before_an_end_is_kept_in_order_with_its_time(outcome_of: OutcomeOf, ending: str) -> None:
    code = f"""async function lambda() {{
      for (let i = 0; i < 5; i += 1) {{ console.info(String(i)); await new Promise((go) => setTimeout(go, 3)) }}
      {ending};
    }}"""
    outcome = outcome_of(code, host_execution_seconds=60)
    assert not outcome.ok
    entries = [entry for entry in outcome.logs if entry.level == "Info"]
    assert [entry.message for entry in entries] == ["0", "1", "2", "3", "4"]
    times = [entry.timestamp for entry in entries]
    assert times == sorted(times)
    assert times[-1] > times[0]


def test_no_other_console_is_to_be_had(outcome_of: OutcomeOf) -> None:
    code = """import same, * as all from 'node:console';
    async function lambda() { return [same === console, typeof all.table, Object.keys(console).sort().join()] }"""
    assert outcome_of(code).result == '[true,"undefined","debug,error,info,log,warn"]'
