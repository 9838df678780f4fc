"""What the platform looks at when code is saved: no more than that is refused there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from faasctl.javascript.inspector import Inspector


def rules(inspector: Inspector, code: str, **known: str) -> list[str]:
    return [found.rule for found in inspector.inspect(code, **known).problems]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "code",
    [
        "function lambda(input, callback) { callback(null, 1) }",
        "const lambda = (input, done) => done(null, 1)",
        "function lambda(input, callback) { ask().then(callback) }",
        "function lambda(...all) { all[1](null, 1) }",
        "function lambda() { arguments[1](null, 1) }",
        "function lambda(input, callback) { const answer = (x) => callback(null, x); answer(1) }",
        "const { lambda } = require('x')",
    ],
)
def test_a_v1_function_that_names_its_callback_is_taken(reviewer: Inspector, code: str) -> None:
    assert rules(reviewer, code, interface="v1") == []


@pytest.mark.parametrize(
    ("code", "column"),
    [
        ("function lambda(input, callback) { return 1 }", 24),
        ("async function lambda(input) { return 1 }", 16),
        ("const lambda = (input) => 1", 16),
        ("function lambda(input, callback) { const f = (callback) => callback() }", 24),
        ("function lambda(input, callback) { return { callback: 1 }.callback }", 24),
    ],
)
def test_a_v1_function_without_a_callback_is_refused(reviewer: Inspector, code: str, column: int) -> None:
    (found,) = reviewer.inspect(code, interface="v1").problems
    assert (found.rule, found.line, found.column, found.severity) == ("no-callback", 1, column, "error")


def test_an_account_of_v2_asks_for_no_callback(reviewer: Inspector) -> None:
    assert rules(reviewer, "function lambda(input, callback) { return 1 }") == []


@pytest.mark.parametrize("interface", ["v1", "v2"])
@pytest.mark.parametrize(
    ("expression", "column"),
    [("eval('1')", 36), ("(0, eval)('1')", 40), ("globalThis.eval('1')", 36), ("const e = eval; e('1')", 46)],
)
def test_eval_is_refused(reviewer: Inspector, interface: str, expression: str, column: int) -> None:
    code = f"function lambda(input, callback) {{ {expression}; callback() }}"
    found = [
        (problem.rule, problem.line, problem.column)
        for problem in reviewer.inspect(code, interface=interface).problems  # type: ignore[arg-type]
    ]
    assert found == [("forbidden-eval", 1, column)]


@pytest.mark.parametrize(
    "expression",
    ["typeof eval", "x.eval('1')", "({ eval: 1 })", "((eval) => eval('1'))(String)", "'eval(1)' // eval(1)\n"],
)
def test_what_is_only_called_eval_is_let_pass(reviewer: Inspector, expression: str) -> None:
    code = f"function lambda(input, callback) {{ const x = {{}}; callback(null, {expression}) }}"
    assert rules(reviewer, code) == []


@pytest.mark.parametrize(
    "code",
    [
        "async function lambda() { console.table(1) }",
        "import x from 'no-such-module'; async function lambda() {}",
        "async function lambda() { new Function('return 1') }",
        "const x = require('./other'); async function lambda() {}",
    ],
)
def test_what_fails_only_when_it_runs_is_no_reason_to_refuse(reviewer: Inspector, code: str) -> None:
    assert rules(reviewer, code) == []


@pytest.mark.parametrize(
    ("expression", "severity"),
    [
        ("Function('return this')()", "warning"),
        ("new Function('return this')()", "warning"),
        ("new Function('a', 'return this')", "error"),
        ("Function(input)", "error"),
    ],
)
def test_made_functions_are_mistakes_but_for_the_way_of_libraries_to_the_globals(
    reviewer: Inspector, expression: str, severity: str
) -> None:
    code = f"async function lambda(input) {{ const root = globalThis || {expression}; return root }}"
    assert [(found.rule, found.severity) for found in reviewer.review(code).problems] == [
        ("forbidden-eval", severity)
    ]
