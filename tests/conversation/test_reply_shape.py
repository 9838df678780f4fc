"""What the connector reads of a reply; numbers are those of third-party-bots §10."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.conversation.reply_shape import reply_problems
from faasctl.facts.connector_errors import (
    MISSING_ACTION_AND_MESSAGES,
    MISSING_RESPONSE_BODY,
    UNSUPPORTED_ACTION,
)

CARD = {"type": "vertical", "elements": [{"type": "text", "text": "A"}]}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


def action(name: str, **parameters: Any) -> dict[str, Any]:
    return {"messages": ["x"], "context": {"action": name, "actionParameters": parameters}}


@pytest.mark.parametrize(
    "reply",
    [
        {"messages": ["Hi"]},  # 1
        {"messages": ["a", "b", "c"]},  # 5
        {"messages": ["a", {"structuredContent": CARD, "metadata": [{"type": "ExternalId", "id": "1"}]}]},  # 6
        {"messages": [{"structuredContent": CARD, "metadata": {"type": "ExternalId", "id": "1"}}]},  # 7
        {"context": {"structuredContent": CARD}},  # 8
        {"messages": [{"text": "note", "messageAudience": "AGENTS_AND_MANAGERS"}, "a"]},  # 13
        {"messages": ["a", {"delay": 2}, "b"]},  # 15
        {"messages": [{"delay": 1, "typing": False}]},  # 16
        {"messages": ["a"], "context": {"intentId": "x", "confidenceScore": 1}},  # 20
        action("TRANSFER", skill="Humans"),  # 23
        action("TRANSFER", skill="Humans", agentId="12"),  # 24
        {"context": {"action": "CLOSE_CONVERSATION"}},  # 27
        action("CLOSE_CONVERSATION", withoutPcs=True),  # 27
        action("CHANGE_TTR", ttrType="URGENT"),  # 28
        action("INVOCATION", lambdaUuid="u", payload={}, failOnError=True),  # 31
    ],
)
def test_a_reply_that_the_connector_reads_has_no_problem(reply: Any) -> None:
    assert reply_problems(reply) == ()


@pytest.mark.parametrize(
    ("reply", "place"),
    [
        ({"messages": [{"text": "x", "messageAudience": "agents"}]}, "messages[0].messageAudience"),  # 14
        ({"messages": ["a", {"delay": 1.5}]}, "messages[1].delay"),  # 17
        (action("TRANSFER", skill=7), "context.actionParameters.skill"),  # 26
        (action("CHANGE_TTR", ttrType="SUPER"), "context.actionParameters.ttrType"),  # 29
        (action("CHANGE_TTR"), "context.actionParameters"),  # 30
        (action("INVOCATION", lambdaUuid="u", payload="{}"), "context.actionParameters.payload"),  # 33
        ({"messages": ["x"], "context": {"action": "DANCE"}}, "context.action"),  # 36
        ({"messages": [""]}, "messages[0]"),
        ({"messages": "hello"}, "messages"),
        ({"messages": [7]}, "messages[0]"),
        ({"messages": ["a"], "context": {"intentId": "x"}}, "context"),
        ({"messages": ["a"], "context": {"intentId": "x" * 257, "confidenceScore": 1}}, "context.intentId"),
        ({"messages": ["a"], "context": {"intentId": "x", "confidenceScore": 1.1}}, "context.confidenceScore"),
    ],
)
def test_a_problem_names_its_place_in_the_reply(reply: Any, place: str) -> None:
    assert [problem.place for problem in reply_problems(reply)] == [place]


def test_no_answer_at_all_is_the_missing_body() -> None:  # 37
    assert [problem.error for problem in reply_problems(None)] == [MISSING_RESPONSE_BODY]


@pytest.mark.parametrize("reply", [{}, {"messages": []}, {"context": {"intentId": "x", "confidenceScore": 1}}])
def test_neither_messages_nor_an_action_is_an_error_of_the_connector(reply: Any) -> None:  # 21, 34
    assert [problem.error for problem in reply_problems(reply)] == [MISSING_ACTION_AND_MESSAGES]


def test_an_unknown_action_alone_is_an_error_of_the_connector() -> None:  # 35
    problems = reply_problems({"context": {"action": "DANCE"}})
    assert UNSUPPORTED_ACTION in [problem.error for problem in problems]


@given(JSON)
def test_any_json_gets_a_verdict(reply: Any) -> None:
    problems = reply_problems(reply)
    assert all(str(problem) for problem in problems)
    if not isinstance(reply, dict):
        assert problems
