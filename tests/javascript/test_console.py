"""Methods of console that the platform does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from faasctl.javascript.inspector import CodeReport, Inspector

V2 = "async function lambda(input) {{ {}; return 1 }}"


def places(report: CodeReport) -> list[tuple[str, int, int]]:
    return [(found.rule, found.line, found.column) for found in report.problems if found.severity == "error"]


def forbidden(report: CodeReport) -> list[str]:
    return [found.message for found in report.problems if found.rule == "forbidden-console-method"]


@pytest.mark.parametrize(
    ("body", "columns"),
    [
        ("console.table([])", [9]),
        ("console['dir'](1)", [9]),
        ("console[`trace`]()", [9]),
        ("globalThis.console.time('x')", [20]),
        ("[].forEach(console.table)", [20]),
        ("const { log, group } = console; group()", [14]),
        ("console.table(console.count())", [9, 23]),
        ("{ const console = {}; console.a() } console.table()", [45]),
        ("if (1) { var f = (console) => console.x() } console.table()", [53]),
        ("const { log, trace: t } = console; t()", [14]),
        ("const c = console; c.table([])", [22]),
        ("const how = 'table'; console[how]([])", [30]),
        ("const { dir } = globalThis.console", [9]),
        ("if (console.time) console.table(1)", [27]),
        ("if (console.info) {} else console.table(1)", [35]),
        ("if (input || console.log) console.table(1)", [35]),
    ],
)
def test_console_methods_that_crash_are_found(reviewer: Inspector, body: str, columns: list[int]) -> None:
    report = reviewer.review("async function lambda() {\n" + body + "\nreturn 1 }")
    assert places(report) == [("forbidden-console-method", 2, column) for column in columns]
    assert "use one of console.debug, console.error, console.info, console.log" in str(
        report.problems[0].suggestion
    )


@pytest.mark.parametrize(
    "code",
    [
        V2.format("if (console.time) console.time('x')"),
        V2.format("if (typeof console.trace === 'function') { if (input) console.trace() }"),
        V2.format("typeof console !== 'undefined' && console.group && console.group('x')"),
        V2.format("console.dir ? console.dir(1) : console.info(1)"),
        V2.format("if (console.dir !== undefined && input) console.dir(1)"),
        V2.format("for (const m of ['log']) console[m](1); console.debug(1); console.log(1)"),
        V2.format("const console = require; console.table()"),
        V2.format("var f = (console) => console.table()"),
        V2.format("try {} catch (console) { console.table() }"),
        V2.format("for (const console of []) console.table()"),
        V2.format("class A { m({ console }) { console.table() } }"),
        V2.format("(function console() { console.table() })()"),
        V2.format("if (1) { var console } console.table()"),
        V2.format("switch (1) { case 1: let console; console.table() }"),
        V2.format("console.table?.(1); if (console.dir) console.info(1); typeof console.group"),
        V2.format("console.table = () => 1; console.table()"),
        V2.format("globalThis.console = require; console.table()"),
        V2.format("const { table = console.info } = console; table()"),
        V2.format("x.console.table(); console.hasOwnProperty('a')"),
        "import console from 'node:console'; " + V2.format("console.table()"),
        "import * as console from 'x'; " + V2.format("console.table()"),
        "function console() {} " + V2.format("console.table()"),
        "const { a: [, ...console] } = x; " + V2.format("console.table()"),
        "class console {} " + V2.format("console.table()"),
    ],
)
def test_other_consoles_and_questions_are_left_alone(reviewer: Inspector, code: str) -> None:
    assert forbidden(reviewer.review(code)) == []


def test_console_log_is_for_v2_accounts_only(reviewer: Inspector) -> None:
    code = "function lambda(input, callback) {\n  console.log(1);\n  callback();\n}"
    assert forbidden(reviewer.review(code)) == []
    report = reviewer.review(code, platform="v1")
    assert places(report) == [("forbidden-console-method", 2, 11)]
    assert "console.log" not in str(report.problems[0].suggestion)
