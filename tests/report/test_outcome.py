"""The envelope that every verb's JSON has, and what it says of each kind of error."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faasctl.errors import (
    CheckFailed,
    DeploymentFailed,
    FaasctlError,
    FunctionFailed,
    InvalidDefinition,
    NotFound,
    UsageError,
)
from faasctl.findings import Finding
from faasctl.redaction import redactor
from faasctl.report.json_report import JsonReporter
from faasctl.report.lines import LineReporter, error_lines
from faasctl.report.outcome import Outcome, error_as_json

FINDING = Finding(
    file="bot.yaml", line=3, column=5, rule="unknown-key", message="no such key", suggestion="drop it"
)


def test_an_outcome_of_success_has_no_error() -> None:
    outcome = Outcome(verb="up", target="local", account="demo", definition="bot.yaml", seconds=0.12345)
    assert outcome.as_json() == {
        "verb": "up",
        "ok": True,
        "exit_code": 0,
        "target": "local",
        "account": "demo",
        "definition": "bot.yaml",
        "duration_ms": 123.5,
        "result": {},
        "notes": [],
        "next": None,
        "error": None,
    }


def test_a_failure_offers_no_next_step() -> None:
    outcome = Outcome(verb="up", error=UsageError("wrong"), next="faasctl invoke")
    assert (outcome.as_json()["ok"], outcome.as_json()["next"]) == (False, None)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            UsageError("no such option", hint="look"),
            {"kind": "usage", "message": "no such option", "hint": "look"},
        ),
        (
            InvalidDefinition([FINDING]),
            {
                "kind": "invalid-definition",
                "message": "1 mistake found",
                "hint": None,
                "findings": [
                    {
                        "file": "bot.yaml",
                        "line": 3,
                        "column": 5,
                        "rule": "unknown-key",
                        "message": "no such key",
                        "suggestion": "drop it",
                        "severity": "error",
                    }
                ],
            },
        ),
        (
            CheckFailed("it failed", code="x.y"),
            {"kind": "check-failed", "message": "it failed", "hint": None, "code": "x.y"},
        ),
        (
            NotFound("gone", code="c", status=404, request_id="r1"),
            {"kind": "not-found", "message": "gone", "hint": None, "code": "c", "status": 404, "request_id": "r1"},
        ),
    ],
)
def test_an_error_says_what_is_known_of_it(error: FaasctlError, expected: dict[str, object]) -> None:
    said = error_as_json(error)
    assert {key: said[key] for key in expected} == expected


def test_lines_of_an_error_hold_findings_code_and_hint() -> None:
    assert error_lines(InvalidDefinition([FINDING, FINDING], hint="mend them")) == [
        "bot.yaml:3:5: no such key [unknown-key]\n    drop it",
        "bot.yaml:3:5: no such key [unknown-key]\n    drop it",
        "error: 2 mistakes found",
        "  hint: mend them",
    ]
    assert error_lines(DeploymentFailed("it broke", code="c.d")) == ["error: it broke", "  code: c.d"]
    assert error_lines(CheckFailed("c.d: it broke", code="c.d")) == ["error: c.d: it broke"]


@pytest.mark.parametrize(
    ("stack", "origin"),
    [
        (None, ""),
        ("Error: x", ""),
        ("Error: x\n    at JSON.parse (<anonymous>)\n    at f (A/index.js:1:2)", "at f (A/index.js:1:2)"),
        ("TypeError: x\n  [cause]: Error: y\n    [cause]: Error: z", "because of Error: z"),
        ("E: x\n    at A/index.js:1:2\n  [cause]: Error: y", "at A/index.js:1:2, because of Error: y"),
    ],
)
def test_where_a_failure_comes_from_is_told_in_a_line(stack: str | None, origin: str) -> None:
    assert FunctionFailed("it broke", stack=stack).origin == origin


def test_lines_of_a_function_that_failed_hold_its_frames_and_what_caused_it() -> None:
    frames = [
        "TypeError: no",
        "  at lambda (index.js:2:9)",
        "[cause]: Error: nobody there",
        "  at f (index.js:1:1)",
    ]
    stack = "\n  ".join(frames)
    assert error_lines(FunctionFailed("it broke", stack=stack)) == [
        "error: it broke",
        "  at lambda (index.js:2:9)",
        "  [cause]: Error: nobody there",
        "  at f (index.js:1:1)",
    ]


_texts = st.text(st.characters(), max_size=30)


@given(
    secret=st.text(st.characters(exclude_categories=["Cs"]), min_size=8, max_size=30).filter(
        lambda text: (text.strip("*") and not text.isascii()) or any(char.isalnum() for char in text)
    ),
    before=_texts,
    after=_texts,
)
@settings(max_examples=150, deadline=None)
def test_a_registered_secret_is_in_no_report_and_json_stays_json(secret: str, before: str, after: str) -> None:
    import contextlib
    import io

    known = set(redactor._secrets)
    redactor.register(secret)
    text = f"{before}{secret}{after}"
    outcome = Outcome(
        verb="test-verb",
        result={"deep": [{text: text}]},
        notes=[text],
        text=text,
        error=UsageError(text, hint=text),
    )
    try:
        for reporter in (JsonReporter(), LineReporter()):
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                reporter.ended(outcome)
            shown = out.getvalue() + err.getvalue()
            if isinstance(reporter, JsonReporter):
                shown = json.dumps(json.loads(shown)["result"], ensure_ascii=False)
                assert json.dumps(secret, ensure_ascii=False)[1:-1] not in shown
            else:
                assert secret not in shown
    finally:
        redactor._secrets.clear()
        redactor._secrets.update(known)
