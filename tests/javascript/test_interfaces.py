"""Code of one generation of the platform that is meant for the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from faasctl.javascript.inspector import Inspector
    from tests.javascript.conftest import Review

V1_CODE = """\
const { Toolbelt } = require('lp-faas-toolbelt');
const client = Toolbelt.HTTPClient();
function lambda(input, callback) {
  callback(null, { messages: ['hello'] });
}
module.exports = { lambda };
"""
V2_CODE = """\
import { Toolbelt } from 'core-functions-toolbelt';
export async function lambda(input) {
  return { messages: ['hello'] };
}
"""


def test_v1_code_for_a_v2_account_is_told_what_to_change(reviewer: Inspector) -> None:
    report = reviewer.review(V1_CODE, platform="v2")
    told = {(found.line, found.column): str(found.suggestion) for found in report.problems}
    assert [(found.rule, found.line) for found in report.problems] == [
        ("v1-style", 1),
        ("module-not-available", 1),
        ("v1-style", 2),
        ("v1-style", 3),
        ("v1-style", 6),
    ]
    assert told[(1, 22)] == "write import { Toolbelt } from 'core-functions-toolbelt'"
    assert told[(2, 25)] == "use the global fetch"
    assert "return the result where callback(null, result) stands" in told[(3, 24)]
    assert "finds lambda by its name" in told[(6, 1)]


def test_v2_code_for_a_v1_account_is_told_what_to_change(mistakes: Review) -> None:
    assert mistakes(V2_CODE, platform="v1") == [
        ("v2-style", 1, 1),
        ("module-not-available", 1, 26),
        ("v2-style", 2, 1),
        ("no-callback", 2, 23),
    ]


def test_each_code_is_silent_on_its_own_platform(reviewer: Inspector) -> None:
    assert reviewer.review(V1_CODE, platform="v1").problems == ()
    assert reviewer.review(V2_CODE, platform="v2").problems == ()
    assert reviewer.review(V2_CODE).problems == ()


def test_v1_code_is_advised_about_where_the_account_is_not_known(mistakes: Review, advice: Review) -> None:
    assert mistakes(V1_CODE) == []
    assert advice(V1_CODE) == [("v1-style", 3, 10)]
    assert advice(V1_CODE, interface="v1") == []


@pytest.mark.parametrize(
    ("statement", "suggestion"),
    [
        ("const luxon = require('luxon');", "write import luxon from 'luxon'"),
        ("const { DateTime: Time } = require('luxon');", "write import { DateTime as Time } from 'luxon'"),
        ("const _ = require('lodash');", "write import _ from 'es-toolkit'"),
        ("require('luxon').Settings.throwOnInvalid = true;", "write import … from 'luxon'"),
        ("const load = require;", None),
    ],
)
def test_require_is_told_as_the_import_that_it_would_be(
    reviewer: Inspector, statement: str, suggestion: str | None
) -> None:
    report = reviewer.review(f"{statement}\nasync function lambda() {{ return 1 }}", platform="v2")
    found = [problem.suggestion for problem in report.problems if problem.rule == "v1-style"]
    assert found == ([] if suggestion is None else [suggestion])


def test_a_callback_that_is_not_used_is_advice(mistakes: Review, advice: Review) -> None:
    code = "async function lambda(input, context) { return input }"
    assert (mistakes(code, platform="v2"), advice(code, platform="v2")) == ([], [("v1-style", 1, 30)])


@pytest.mark.parametrize(
    "statement",
    [
        "if (typeof module !== 'undefined') module.exports = { lambda };",
        "if (typeof module === 'object' && module.exports) { module.exports = lambda }",
        "try { module.exports = lambda } catch {}",
        "const exports = {}; exports.lambda = lambda;",
        "import { createRequire as c } from 'node:module'; const require = c(import.meta.url); require('luxon');",
        "function lambda2(input, callback) { callback(null, input) }",
    ],
)
def test_what_works_on_v2_is_left_alone(mistakes: Review, statement: str) -> None:
    assert mistakes(statement + "\nasync function lambda() { return 1 }", platform="v2") == []


def test_fetch_on_v1_and_the_salesforce_client_on_v2_are_advice(advice: Review) -> None:
    v1 = "async function lambda(input, callback) { callback(null, await fetch(input.payload.url)) }"
    assert advice(v1, platform="v1") == [("v2-style", 1, 63)]
    v2 = "import { Toolbelt } from 'core-functions-toolbelt';\n"
    v2 += "async function lambda() { return Toolbelt.SFClient() }"
    assert advice(v2, platform="v2") == [("v1-style", 2, 43)]


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("if (input.a) {\n callback(null, 1);\n}", [(5, 1)]),
        ("if (!input.a) return;\ncallback(null, 1);", [(2, 15)]),
        ("try { work(); callback(null, 1) } catch (error) { console.error(error) }", [(3, 1)]),
        ("switch (input.a) { case 1: callback(null, 1) }", [(3, 1)]),
        ("function answer() { callback() }\nif (input.a) answer();", [(4, 1)]),
        # all ways call it
        ("if (input.a) callback(null, 1); else callback(new Error('no'))", []),
        ("if (input.a) return callback(null, 1);\ncallback(null, 2);", []),
        ("if (!input.a) throw new Error('no');\ncallback(null, 2);", []),
        ("try { callback(null, work()) } catch (error) { callback(error) }", []),
        ("work().then((x) => callback(null, x)).catch((error) => callback(error))", []),
        ("switch (input.a) { case 1: return callback(null, 1); default: callback(null, 2) }", []),
        ("function answer() { finish() }\nfunction finish() { callback() }\nanswer();", []),
        ("for (const x of [1]) { if (x) return callback(null, x) }", []),
        ("while (true) { if (work()) return callback() }", []),
        ("run(input, callback)", []),
    ],
)
def test_ways_that_miss_the_callback_are_advice(advice: Review, body: str, places: list[tuple[int, int]]) -> None:
    others = "function work() {}\nfunction run(input, done) { done() }"
    code = f"function lambda(input, callback) {{\n{body}\n}}\n{others}"
    assert advice(code, platform="v1") == [("no-callback", *place) for place in places]
