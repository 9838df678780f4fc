"""Replies that stand in the code as they are."""

from __future__ import annotations

from typing import Any

import pytest

from faasctl.javascript.inspector import Inspector, ReplyLiteral


def values(inspector: Inspector, code: str) -> list[Any]:
    return [reply.value for reply in inspector.review(code).replies]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (
            "async function lambda() { return { messages: ['a', 1, null, true, -2] } }",
            {"messages": ["a", 1, None, True, -2]},
        ),
        ("const lambda = async () => ({ messages: [] })", {"messages": []}),
        (
            "async function lambda() { return { 'messages': [`a`], context: {} } }",
            {"messages": ["a"], "context": {}},
        ),
        ("async function lambda(i) { return { messages: [`Hi ${i}!`] } }", {"messages": ["Hi …!"]}),
        (
            "const S = 'Billing'; async function lambda() { return { context: { skill: S } } }",
            {"context": {"skill": "Billing"}},
        ),
        ("async function lambda() { const r = { messages: ['a'] }; return r }", {"messages": ["a"]}),
        (
            "async function lambda() { return hello() } function hello() { return { messages: ['a'] } }",
            {"messages": ["a"]},
        ),
        (
            "async function lambda() { return await hello() } const hello = async () => ({ messages: ['a'] })",
            {"messages": ["a"]},
        ),
        ("function lambda(input, callback) { callback(null, { messages: ['a'] }) }", {"messages": ["a"]}),
        ("function lambda(input, done) { x().then(() => done(null, { messages: ['a'] })) }", {"messages": ["a"]}),
    ],
)
def test_replies_that_are_written_out_are_found(reviewer: Inspector, code: str, found: Any) -> None:
    assert values(reviewer, code) == [found]


def test_every_branch_is_found_with_its_place(reviewer: Inspector) -> None:
    code = "async function lambda(i) {\n  return i ? { messages: ['a'] }\n    : { messages: ['b'] };\n}"
    assert reviewer.review(code).replies == (
        ReplyLiteral(line=2, column=14, value={"messages": ["a"]}),
        ReplyLiteral(line=3, column=7, value={"messages": ["b"]}),
    )


@pytest.mark.parametrize(
    "code",
    [
        "async function lambda(i) { return { messages: [i] } }",
        "async function lambda(i) { return { messages: ['a'], ...i } }",
        "async function lambda(i) { return { messages: ['a', , 'b'] } }",
        "async function lambda(i) { return { messages: ['a'], get context() { return 1 } } }",
        "async function lambda(i) { return { messages: [`${i}`] } }",
        "async function lambda(i) { return { messages: ['a'], context: { action: `${i}` } } }",
        "async function lambda(i) { return { payload: { message: 'a' } } }",
        "async function lambda() { const r = { messages: [] }; r.messages.push('a'); return r }",
        "async function lambda() { const r = { messages: [] }; fill(r); return r }",
        "async function lambda() { const m = []; m.push('a'); return { messages: m } }",
        "async function lambda() { let r = { messages: [] }; r = 1; return r }",
        "async function lambda() { const f = () => { return { messages: [] } }; f(); return 1 }",
        "async function lambda() { return [{ messages: [] }] }",
        "async function lambda() { return { messages: [/a/, 1n] } }",
        "async function lambda() { return lambda() }",
    ],
)
def test_what_a_variable_fills_in_or_what_is_no_answer_is_left_alone(reviewer: Inspector, code: str) -> None:
    assert values(reviewer, code) == []
