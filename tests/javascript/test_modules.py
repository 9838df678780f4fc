"""Modules that a function may import, and those that the platform does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faasctl.facts.modules import AVAILABLE

if TYPE_CHECKING:
    from faasctl.javascript.inspector import Inspector
    from tests.javascript.conftest import Review

LAMBDA = "\nasync function lambda() { return 1 }"
V1_LAMBDA = "\nfunction lambda(input, callback) { callback() }"


@pytest.mark.parametrize(
    "name", [*sorted(AVAILABLE["v2"]), "crypto", "node:crypto", "fs/promises", "es-toolkit/compat"]
)
def test_v2_may_import_what_the_platform_has(mistakes: Review, name: str) -> None:
    assert mistakes(f"import x from '{name}';{LAMBDA}", platform="v2") == []


@pytest.mark.parametrize("name", [*sorted(AVAILABLE["v1"]), "https", "node:util", "lodash/fp"])
def test_v1_may_require_what_the_platform_has(mistakes: Review, name: str) -> None:
    assert mistakes(f"const x = require('{name}');{V1_LAMBDA}", platform="v1") == []


@pytest.mark.parametrize(
    ("statement", "rule", "column"),
    [
        ("import axios from 'axios'", "module-not-available", 19),
        ("import 'left-pad'", "module-not-available", 8),
        ("export * from 'left-pad'", "module-not-available", 15),
        ("export { x } from 'left-pad'", "module-not-available", 19),
        ("const x = await import('left-pad')", "module-not-available", 24),
        ("const x = await import(`left-pad`)", "module-not-available", 24),
        ("const n = 'left-pad'; const x = await import(n)", "module-not-available", 46),
        (
            "import { createRequire as c } from 'module'; const r = c(import.meta.url); r('axios')",
            "module-not-available",
            78,
        ),
        ("import x from './other.js'", "relative-import", 15),
        ("import x from '/tmp/other.js'", "relative-import", 15),
        ("import x from '#other'", "relative-import", 15),
        ("import x from '@acme/orders/client'", "module-not-available", 15),
    ],
)
def test_other_modules_are_found_wherever_they_are_named(
    mistakes: Review, statement: str, rule: str, column: int
) -> None:
    assert mistakes(statement + LAMBDA, platform="v2") == [(rule, 1, column)]


@pytest.mark.parametrize(
    ("name", "platform", "suggestion"),
    [
        ("lodash", "v2", "use es-toolkit, which V2 has in its place"),
        ("jsforce", "v2", "use @jsforce/jsforce-node, which V2 has in its place"),
        ("lp-faas-toolbelt", "v2", "use core-functions-toolbelt, which V2 has in its place"),
        ("core-functions-toolbelt", "v1", "use lp-faas-toolbelt, which V1 has in its place"),
        ("axios", "v2", "use the global fetch"),
        ("request-promise", "v1", "use Toolbelt.HTTPClient()"),
        ("moment", "v2", "use luxon"),
        ("luxxon", "v1", "did you mean luxon?"),
        ("no-such", "v1", "there are jsforce, jsonwebtoken, lodash, lp-faas-toolbelt, luxon, oauth-1.0a"),
    ],
)
def test_a_module_that_is_missing_is_told_with_what_there_is(
    reviewer: Inspector, name: str, platform: str, suggestion: str
) -> None:
    code = f"async function lambda(input, callback) {{ callback(null, await import('{name}')) }}"
    report = reviewer.review(code, platform=platform)  # type: ignore[arg-type]
    (found,) = [each for each in report.problems if each.rule == "module-not-available"]
    assert suggestion in str(found.suggestion)


def test_a_module_that_is_tried_is_advice(mistakes: Review, advice: Review) -> None:
    code = "async function lambda() {\n  try { return await import('axios') } catch { return 1 }\n}"
    assert mistakes(code, platform="v2") == []
    assert advice(code, platform="v2") == [("module-not-available", 2, 29)]


@pytest.mark.parametrize(
    "code",
    [
        "async function lambda(require) { return require('axios') }",
        "const load = (name) => import(name);" + LAMBDA,
        "// import 'axios'" + LAMBDA,
        "const text = \"import x from 'axios'\";" + LAMBDA,
    ],
)
def test_what_is_no_import_is_left_alone(mistakes: Review, code: str) -> None:
    assert mistakes(code, platform="v2") == []
