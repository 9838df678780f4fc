"""Promises that nobody waits for, and answers that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.javascript.conftest import Review

HEAD = """\
import { Toolbelt } from 'core-functions-toolbelt';
const secrets = Toolbelt.SecretClient();
const util = Toolbelt.ConversationUtil();
async function find(id) { return { id } }
const save = async (order) => { await fetch(order.url) };
"""


def v2(body: str) -> str:
    return f"{HEAD}async function lambda(input) {{\n{body}\nreturn 1 }}"


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ("const x = find(1); console.info(x.id);", 11),
        ("const key = secrets.readSecret('a'); console.info(key.value);", 13),
        ("console.info(find(1).id);", 14),
        ("const text = fetch(input.url).text();", 14),
        ("const answer = await fetch(input.url); const body = answer.json(); console.info(body.a);", 53),
        ("if (find(1)) console.info('x');", 5),
        ("console.info(!find(1));", 15),
        ("console.info(`x ${find(1)}`);", 19),
        ("console.info('x' + find(1));", 20),
        ("const { id } = find(1); console.info(id);", 16),
        ("const all = { ...find(1) }; console.info(all);", 18),
        ("if (input.a) return { messages: [find(1)] };", 34),
        ("if (input.a) return { messages: ['a'], context: { x: save(1) } };", 54),
    ],
)
def test_a_promise_that_is_used_as_its_value_is_a_mistake(mistakes: Review, body: str, column: int) -> None:
    assert mistakes(v2(body), platform="v2") == [("missing-await", 7, column)]


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ("save(1);", 1),
        ("fetch(input.url);", 1),
        ("secrets.updateSecret({ key: 'a', value: 1 });", 1),
        ("const unused = save(1);", 16),
        ("save(1).then(() => console.info('saved'));", 1),
        ("(async () => { await save(1) })();", 1),
        ("[1].forEach((id) => { save(id); });", 23),
    ],
)
def test_a_promise_that_nobody_waits_for_is_advice(
    mistakes: Review, advice: Review, body: str, column: int
) -> None:
    assert (mistakes(v2(body), platform="v2"), advice(v2(body), platform="v2")) == (
        [],
        [("missing-await", 7, column)],
    )


@pytest.mark.parametrize(
    "body",
    [
        "await save(1); return save(1);",
        "const x = await find(1); console.info(x.id);",
        "const x = find(1); const y = find(2); await Promise.all([x, y]);",
        "const x = find(1); console.info((await x).id);",
        "const x = find(1); x.then(console.info).catch(console.error); await x;",
        "save(1).catch(console.error);",
        "void save(1);",
        "await Promise.all([1].map((id) => save(id)));",
        "const { id } = await find(1); console.info(id);",
        "console.info(util.scanConversationForKeywords({}, ['a']).length);",
        "const body = await (await fetch(input.url)).json(); console.info(body.a);",
        "const answer = await fetch(input.url); const body = await answer.json(); console.info(body.a);",
        "let x = find(1); x = await x; console.info(x.id);",
        "const find = (id) => ({ id }); console.info(find(1).id);",
        "async function* list() { yield 1 } for await (const x of list()) console.info(x);",
        "const found = (await find(1)) || find(2); console.info(await found);",
    ],
)
def test_promises_that_are_waited_for_or_let_go_on_purpose_are_left_alone(
    mistakes: Review, advice: Review, body: str
) -> None:
    assert (mistakes(v2(body), platform="v2"), advice(v2(body), platform="v2")) == ([], [])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("run(input, callback);", []),
        ("answer();", []),
        ("(async () => { callback(null, await log(1)) })();", []),
        ("log(1).then(() => callback(null, 1)).catch(callback);", []),
        ("log(1); callback(null, 1);", [("missing-await", 5, 1)]),
    ],
)
def test_v1_may_let_go_of_what_answers_through_the_callback(
    advice: Review, body: str, expected: list[tuple[str, int, int]]
) -> None:
    code = (
        "async function run(input, done) { done(null, input) }\nasync function log(x) { return x }\n"
        f"function lambda(input, callback) {{\nasync function answer() {{ callback(null, 1) }}\n{body}\n}}"
    )
    assert advice(code, platform="v1") == expected


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("async function lambda(input) {\n  console.info(input);\n}", (1, 16)),
        ("async function lambda(input) {\n  if (input.a) return 1;\n}", (3, 1)),
        ("async function lambda(input) {\n  if (input.a) return;\n  return 1;\n}", (2, 16)),
        ("const lambda = async (input) => {\n  switch (input.a) { case 1: return 1; }\n};", (3, 1)),
        ("async function lambda(input) {\n  try { return input.a.b } catch (e) { console.error(e) }\n}", (3, 1)),
        ("async function lambda(input) {\n  [1].map((x) => { return x });\n}", (1, 16)),
    ],
)
def test_ways_without_an_answer_are_advice(advice: Review, code: str, place: tuple[int, int]) -> None:
    assert advice(code, platform="v2") == [("no-answer", *place)]


@pytest.mark.parametrize(
    "code",
    [
        "const lambda = async (input) => input",
        "async function lambda(input) { if (input.a) { return 1 } else { return 2 } }",
        "async function lambda(input) { if (!input.a) throw new Error('a'); return 1 }",
        "async function lambda(input) { throw new Error('always') }",
        "async function lambda(input) { try { return 1 } catch (e) { throw e } finally { console.info(1) } }",
        "async function lambda(input) { switch (input.a) { case 1: return 1; default: return 2 } }",
        "async function lambda(input) { switch (input.a) { case 1: case 2: return 1; default: throw input } }",
        "async function lambda(input) { while (true) { if (input.a) return 1 } }",
        "async function lambda(input) { for (;;) { return 1 } }",
        "async function lambda(input) { { return 1 } }",
        "async function lambda(input) { a: { if (input.a) break a; return 1 } return 2 }",
    ],
)
def test_functions_that_answer_on_every_way_are_left_alone(advice: Review, code: str) -> None:
    assert advice(code, platform="v2") == []
