"""What the inspector finds in code, without running it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import faasctl
from faasctl.deadline import Deadline
from faasctl.errors import DeadlinePassed, PrerequisiteMissing
from faasctl.facts import limits
from faasctl.javascript import inspector as inspector_module
from faasctl.javascript import rules as rule_list
from faasctl.javascript.inspector import CodeProblem, CodeReport, Inspector
from faasctl.javascript.node import find_node

PIECES = [
    *re.findall(
        r"\S+",
        """async function lambda ( input , callback ) { } => console . table [ ] ; const class import
export from 'x' ` ${ await require var let = 1 /* */ // # ... ? : switch case catch for of""",
    ),
    "\n",
    "\r\n",
    " ",
]

NAMES = re.findall(
    r"\S+",
    """require ( 'axios' ) fetch 'https://a.example.com' setTimeout eval Function process.env BRAND_ID = Toolbelt
return { messages : [ 'a' ] } input callback ( null , await f ( ) ) . then catch try throw while for switch
default""",
)
V2 = "async function lambda(input) {{ {} }}"


@pytest.fixture(scope="module")
def inspector() -> Iterator[Inspector]:
    with Inspector() as started:
        yield started


def rules(report: CodeReport) -> list[str]:
    return [problem.rule for problem in report.problems]


def places(report: CodeReport) -> list[tuple[str, int, int]]:
    return [(problem.rule, problem.line, problem.column) for problem in report.problems]


@pytest.mark.parametrize(
    "code",
    [
        "async function lambda(input) { return input }",
        "const lambda = async (input) => input;",
        "let lambda = function (input) {};",
        "var lambda; lambda = async () => 1;",
        "export async function lambda(input) {}",
        "export default async function lambda(input) {}",
        "export const lambda = async () => 1;",
        "const { lambda } = { lambda: async () => 1 };",
        "const { handlers: [lambda = 1] } = globalThis;",
        "import { lambda } from './other.js';",
        "import lambda from 'x'; import * as y from 'y';",
        "const lambda = wrap(async (input) => input);",
        "const x = await fetch('https://a.example'); async function lambda() { return x }",
        "#!/usr/bin/env node\r\n// first\r\nasync function lambda(input) {\r\n}\r\n",
        "\ufeffasync function lambda() {}",
        "const ü = '\u2028 \U0001f600'; async function lambda() { return ü }",
        "async function lambda() { class A { #x = 1; static { this.y ??= 2 } } return import('node:fs') }",
        "const fs = require('fs'); async function lambda(input) { return fs }",
        "with (Math) {} ; function lambda(input, callback) { callback(null, require('x')) }",
    ],
)
def test_good_code_has_no_problems(inspector: Inspector, code: str) -> None:
    assert inspector.inspect(code).problems == ()


@pytest.mark.parametrize(
    ("code", "interface", "module"),
    [
        ("async function lambda(input) {}", "v2", "esm"),
        ("const lambda = async () => {}", "v2", "esm"),
        ("function lambda(input, callback) { callback() }", "v1", "commonjs"),
        ("const lambda = (input, done) => done()", "v1", "commonjs"),
        ("import x from 'x'; function lambda(input, callback) {}", "v1", "esm"),
        ("const x = require('x'); async function lambda(input) {}", "v2", "commonjs"),
        (
            "const x = require('x'); function lambda(...all) { const callback = all[1]; callback() }",
            "v1",
            "commonjs",
        ),
        ("module.exports = {}; async function lambda(input) {}", "v2", "commonjs"),
        ("exports.x = 1; async function lambda(input) {}", "v2", "commonjs"),
        ("await 1; async function lambda(input) {}", "v2", "esm"),
        ("for await (const x of []) ; async function lambda(input) {}", "v2", "esm"),
        ("import.meta.url; async function lambda(input) {}", "v2", "esm"),
        ("import('x'); async function lambda(input) {}", "v2", "esm"),
        ("async function lambda(require) { require('x') }", "v2", "esm"),
        ("import { createRequire as c } from 'm'; const require = c(''); require('x'); let lambda", "v2", "esm"),
        ("async function lambda(input) { // require('x')\n}", "v2", "esm"),
        ("async function lambda(input, context) { return 1 }", "v2", "esm"),
        ("let lambda = null; if (1) { lambda = async (input) => 1 }", "v2", "esm"),
        ("function lambda(input, context) { return 1 }", "v2", "esm"),
        ("const lambda = async (input, context) => context.awsRequestId", "v2", "esm"),
        ("async function lambda(input, { log = console } = {}) { log.info(1) }", "v2", "esm"),
        ("async function lambda(input, done) { done(null, 1) }", "v1", "commonjs"),
        ("async function lambda(input, done = () => {}) { done(null, 1) }", "v1", "commonjs"),
        ("function lambda(input, done) { done.call(null, null, 1) }", "v1", "commonjs"),
        ("function lambda(input, done) { answer(input, done) } const answer = () => {}", "v1", "commonjs"),
        ("function lambda(input, callback) {}", "v1", "commonjs"),
    ],
)
def test_interface_and_module_are_told_from_the_code(
    inspector: Inspector, code: str, interface: str, module: str
) -> None:
    report = inspector.inspect(code)
    assert (report.interface, report.module, report.problems) == (interface, module, ())


def test_a_given_interface_is_taken(inspector: Inspector) -> None:
    assert inspector.inspect("function lambda(input, context) {}", interface="v2").interface == "v2"
    report = inspector.inspect("const lambda = async (input) => 1", interface="v1")
    assert (report.interface, report.module) == ("v1", "commonjs")


@pytest.mark.parametrize(
    ("code", "line", "column"),
    [
        ("const a = ;", 1, 11),
        ("async function lambda() {\n\n\tconst b = ;\n}", 3, 12),
        ("async function lambda() {\r\n  return 'open\r\n}", 2, 10),
        ("async function lambda() {", 1, 26),
        ("\ufeff#!/usr/bin/env node\nconst const = 1", 2, 7),
        ("const a = 1;\nconst a = 2; async function lambda() {}", 2, 7),
        ("import x from 'x'; return 3; async function lambda() {}", 1, 20),
        ("function lambda(input, callback) { require('x'); callback(", 1, 59),
        ("async function lambda() { /(/ }", 1, 27),
        ("'use strict';\nwith (Math) {}\nasync function lambda() {}", 2, 1),
    ],
)
def test_code_that_does_not_parse_is_placed(inspector: Inspector, code: str, line: int, column: int) -> None:
    (problem,) = inspector.inspect(code).problems
    assert (problem.rule, problem.line, problem.column) == ("syntax-error", line, column)
    assert problem.message


@pytest.mark.parametrize(
    ("code", "line", "column", "suggestion"),
    [
        ("1", 1, 1, r"declare async function lambda\(input\)"),
        ("\n\nasync function lamda(input) {}", 3, 16, "did you mean lambda instead of lamda"),
        ("const Lambda = async () => 1", 1, 7, "did you mean lambda instead of Lambda"),
        ("async function handler(input) {}", 1, 16, "rename handler to lambda"),
        ("function one() {}\nfunction two() {}", 1, 1, "declare"),
        ("const lambda = 3;", 1, 1, "declare"),
        ("const lambda = { run() {} };", 1, 1, "declare"),
        ("{ function lambda() {} }", 1, 1, "declare"),
        ("module.exports.lambda = async () => 1", 1, 1, "declare"),
        ("export default async (input) => 1", 1, 1, "declare"),
        ("class lambda {}", 1, 1, "declare"),
    ],
)
def test_code_without_a_lambda_says_how_it_must_look(
    inspector: Inspector, code: str, line: int, column: int, suggestion: str
) -> None:
    (problem,) = inspector.inspect(code).problems
    assert (problem.rule, problem.line, problem.column) == ("no-lambda", line, column)
    assert re.match(suggestion, problem.suggestion or "")


def test_an_export_by_the_name_of_lambda_is_told_not_to_be_enough(inspector: Inspector) -> None:
    (found,) = inspector.inspect("async function k(i){return i}export{k as lambda};").problems
    assert (found.rule, found.line, found.column) == ("no-lambda", 1, 37)
    assert "name the function lambda itself, in place of k" in (found.suggestion or "")


def test_v1_code_without_a_lambda_is_shown_the_v1_signature(inspector: Inspector) -> None:
    (problem,) = inspector.inspect("const x = 1", interface="v1").problems
    assert "function lambda(input, callback)" in str(problem.suggestion)


@pytest.mark.parametrize("code", ["", " \n\t", "\ufeff", "// only words\n/* and more */", "#!/usr/bin/env node\n"])
def test_empty_code_is_refused(inspector: Inspector, code: str) -> None:
    assert places(inspector.inspect(code)) == [("code-empty", 1, 1)]


def test_code_up_to_the_limit_is_read(inspector: Inspector) -> None:
    limit = limits.CODE_CHARACTERS.value
    code = "async function lambda() {} //"
    code += "ü" * (limit - len(code))
    assert inspector.inspect(code).problems == ()
    assert rules(inspector.inspect(code + "x")) == ["code-too-long"]
    assert "100,001" in inspector.inspect(code + "x").problems[0].message


def test_all_problems_come_in_one_pass_in_the_order_of_the_code(inspector: Inspector) -> None:
    code = "eval(1);\nfunction lamda() {\n  eval(2);\n}"
    expected = [("forbidden-eval", 1, 1), ("no-lambda", 2, 10), ("forbidden-eval", 3, 3)]
    assert places(inspector.inspect(code)) == expected


@pytest.mark.parametrize(
    "code",
    [
        "1" + "+1" * 45_000 + "; async function lambda() {}",
        "[" * 45_000 + "]" * 45_000,
        "(" * 90_000,
        "{" * 90_000,
    ],
)
def test_deep_code_ends_in_a_verdict(inspector: Inspector, code: str) -> None:
    assert set(rules(inspector.inspect(code))) <= {"syntax-error", "no-lambda"}
    assert set(rules(inspector.review(code, platform="v2"))) <= {"syntax-error", "no-lambda"}
    assert inspector.inspect("async function lambda() {}").problems == ()


def test_code_is_not_run(inspector: Inspector, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    for module in ("import fs from 'fs';", "const fs = require('fs');"):
        inspector.inspect(f"{module} fs.writeFileSync({str(mark)!r}, 'x'); for (;;); async function lambda() {{}}")
    assert not mark.exists()


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(
            st.sampled_from(PIECES),
            max_size=60,
        ).map(" ".join),
    )
)
def test_any_text_gets_a_verdict_with_places_inside_it(inspector: Inspector, code: str) -> None:
    report = inspector.inspect(code)
    lines = re.split("\r\n|[\n\r\u2028\u2029]", code)
    for problem in report.problems:
        assert 1 <= problem.line <= len(lines)
        assert (
            1 <= problem.column <= max(len(line.encode("utf-16-le", "surrogatepass")) for line in lines) // 2 + 1
        )


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES, *NAMES]), max_size=60).map(" ".join),
    st.sampled_from([None, "v1", "v2"]),
)
def test_any_function_body_can_be_reviewed(
    inspector: Inspector, body: str, platform: Literal["v1", "v2"] | None
) -> None:
    for head in ("async function lambda(input, callback)", "const lambda = async (input) =>"):
        report = inspector.review(f"{head} {{\n{body}\n}}", platform=platform)
        assert {found.rule for found in report.problems} <= {rule.name for rule in rule_list.ALL}


def test_every_rule_that_node_tells_has_its_meaning() -> None:
    folder = Path(inspector_module.__file__).parent
    told = {
        name
        for script in folder.rglob("*.cjs")
        for name in re.findall(r"\b(?:problem|advice)\(\s*'([a-z0-9-]+)'", script.read_text("utf-8"))
    }
    assert len(told) > 8
    assert told <= {rule.name for rule in rule_list.ALL}


def test_threads_get_their_own_answers(inspector: Inspector) -> None:
    found: dict[int, CodeReport] = {}

    def inspect(number: int) -> None:
        found[number] = inspector.inspect("\n" * number + "const a = ;")

    threads = [threading.Thread(target=inspect, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {number: report.problems[0].line for number, report in found.items()} == {n: n + 1 for n in range(20)}


def test_one_node_answers_all_and_ends_with_close() -> None:
    with Inspector() as inspector:
        inspector.start()
        process = inspector._process
        inspector.start()
        inspector.inspect("1")
        inspector.inspect("2")
        assert process is not None
        assert inspector._process is process
        assert process.poll() is None
    assert process.poll() is not None
    assert rules(inspector.inspect("1")) == ["no-lambda"]
    inspector.close()
    inspector.close()


def test_a_killed_node_is_replaced() -> None:
    with Inspector() as inspector:
        inspector.start()
        assert inspector._process is not None
        inspector._process.kill()
        inspector._process.wait()
        with pytest.raises(Exception, match="ended while it read"):
            inspector.inspect("1")
        assert rules(inspector.inspect("1")) == ["no-lambda"]


def test_start_does_not_wait(tmp_path: Path) -> None:
    slow = tmp_path / "node"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    with Inspector(environ={"FAASCTL_NODE": str(slow), "PATH": os.environ["PATH"]}) as inspector:
        inspector.start()
        assert inspector._process is not None
        assert inspector._process.poll() is None


def test_node_ends_when_it_is_idle_and_starts_again_when_it_is_needed() -> None:
    with Inspector(idle_seconds=0.05) as inspector:
        assert inspector.inspect("function lambda() {}").problems == ()
        patience = Deadline(10)
        while inspector._process is not None:
            assert not patience.passed
            patience.sleep(0.01)
        assert inspector.inspect("function lambda() {}").problems == ()


def test_a_node_that_does_not_answer_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspector_module, "_ANSWER_SECONDS", 0.2)
    mute = tmp_path / "node"
    mute.write_text("#!/bin/sh\nexec sleep 60\n")
    mute.chmod(0o755)
    environ = {"FAASCTL_NODE": str(mute), "PATH": os.environ["PATH"]}
    with Inspector(environ=environ) as inspector, pytest.raises(DeadlinePassed, match="did not answer"):
        inspector.inspect("x" * 90_000)


def test_an_old_node_is_refused(tmp_path: Path) -> None:
    old = tmp_path / "node"
    old.write_text(
        f"#!{sys.executable}\ninput()\n"
        'print(\'{"node": "18.0.0", "problems": [], "interface": "v2", "module": "esm"}\', flush=True)\ninput()\n'
    )
    old.chmod(0o755)
    environ = {"FAASCTL_NODE": str(old)}
    with Inspector(environ=environ) as inspector, pytest.raises(PrerequisiteMissing, match=r"Node 18\.0\.0"):
        inspector.inspect("1")


def test_without_acorn_v8_still_decides(tmp_path: Path) -> None:
    real = find_node()
    bare = tmp_path / "node"
    bare.write_text(f'#!/bin/sh\nshift\nexec {real} "$@"\n')  # drops --expose-internals
    bare.chmod(0o755)
    with Inspector(environ={"FAASCTL_NODE": str(bare), "PATH": os.environ["PATH"]}) as inspector:
        assert inspector.inspect("async function lambda(input) { console.table() }").problems == ()
        assert rules(inspector.inspect("const a = ;")) == ["syntax-error"]
        report = inspector.inspect("function lambda(input, callback) { require('x') }")
        assert (report.interface, report.module, report.problems) == ("v1", "commonjs", ())


def test_a_report_can_be_compared_and_not_changed(inspector: Inspector) -> None:
    report = inspector.inspect("")
    assert report == inspector.inspect("")
    problem = CodeProblem(rule="code-empty", line=1, column=1, message="m")
    with pytest.raises(AttributeError):
        problem.line = 2  # type: ignore[misc]


def test_importing_the_inspector_stays_cheap() -> None:
    code = "import sys, faasctl.javascript.inspector; print(*sorted(sys.modules))"
    root = Path(faasctl.__file__).parents[1]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert not {"asyncio", "yaml", "requests", "rich", "typer", "shutil"} & set(run.stdout.split())
