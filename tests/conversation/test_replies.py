"""Which replies the connector reads (third-party-bots §3, §10)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faasctl.conversation.reply_reading import reply_problems
from faasctl.conversation.reply_rules import Surroundings, reply_findings
from faasctl.facts.connector_errors import (
    MISSING_ACTION_AND_MESSAGES,
    MISSING_RESPONSE_BODY,
    UNSUPPORTED_ACTION,
    ConnectorError,
)

CARD = {"structuredContent": {"type": "vertical", "elements": []}}
QUICK = {
    "type": "quickReplies",
    "itemsPerRow": 2,
    "replies": [
        {"type": "button", "title": "Yes", "click": {"actions": [{"type": "publishText", "text": "yes"}]}}
    ],
}
NO_MESSAGE = (
    "this is no message: one is a text, or an object with structuredContent, with delay, or with text and"
    " messageAudience"
)
NO_AUDIENCE = (
    "messageAudience is missing: an object with text is a note for agents, and what the consumer reads is a text"
    " by itself"
)
BARE_CONTENT = 'rich content stands in structuredContent: {"structuredContent": {…}}'
BARE_REPLIES = (
    'quick replies stand in structuredContent, beside their message: {"structuredContent": {"message": "…",'
    ' "quickReplies": {…}}}'
)
REPLIES_AS_CONTENT = 'quick replies stand beside a message: {"message": "…", "quickReplies": {…}}'
PRIVATE = {"text": "note", "messageAudience": "AGENTS_AND_MANAGERS"}
UUID = "11111111-2222-4333-8444-555555555555"


def _action(name: str, parameters: Any = None, *messages: Any) -> dict[str, Any]:
    context = {"action": name} if parameters is None else {"action": name, "actionParameters": parameters}
    return {"messages": list(messages), "context": context}


def _context(**context: Any) -> dict[str, Any]:
    return {"messages": ["x"], "context": context}


@pytest.mark.parametrize(
    "reply",
    [
        {"messages": ["Hi"]},
        {"messages": ["one", "two", "three"], "context": {}},
        {"messages": ["text", {**CARD, "metadata": [{"type": "ExternalId", "id": "abc"}]}]},
        {"messages": [{**CARD, "metadata": {"type": "ExternalId", "id": "abc"}}]},
        {"messages": [{**CARD, "encodedMetadata": "eyJ9"}]},
        {"context": {"structuredContent": CARD["structuredContent"], "metadata": []}},
        {"messages": [{"structuredContent": {"message": "Pick", "quickReplies": QUICK}}]},
        _action("TRANSFER", {"skill": "Human Agents"}, "a", PRIVATE, "b"),
        {"messages": ["a", {"delay": 2}, "b"]},
        {"messages": [{"delay": 1, "typing": False}]},
        _context(encodedMetadata="eyJ9"),
        _context(intentId="order", intentName="Order", confidenceScore=0.9),
        _context(
            intentId="order", confidenceScore=1, alternativeIntents=[{"intentId": "x", "confidenceScore": 0.1}]
        ),
        _action("TRANSFER", {"skill": "Human Agents", "agentId": "4100000001"}),
        _action("CLOSE_CONVERSATION"),
        _action("CLOSE_CONVERSATION", {"withoutPcs": True}),
        *(_action("CHANGE_TTR", {"ttrType": kind}) for kind in ("URGENT", "NORMAL", "PRIORITIZED")),
        _action("INVOCATION", {"lambdaUuid": UUID, "payload": {"orderId": 7}, "failOnError": True}, "One moment"),
    ],
)
def test_a_reply_as_the_documents_show_it_is_read(reply: Any) -> None:
    assert reply_problems(reply) == ()


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (None, MISSING_RESPONSE_BODY),
        ({}, MISSING_ACTION_AND_MESSAGES),
        ({"messages": []}, MISSING_ACTION_AND_MESSAGES),
        ({"messages": [], "context": {"intentId": "x", "confidenceScore": 1}}, MISSING_ACTION_AND_MESSAGES),
        ({"context": {"action": "DANCE"}}, UNSUPPORTED_ACTION),
        ({"context": {"action": 7}}, UNSUPPORTED_ACTION),
    ],
)
def test_a_reply_with_nothing_to_say_has_the_connectors_error(reply: Any, error: ConnectorError) -> None:
    assert [problem.error for problem in reply_problems(reply) if problem.error] == [error]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("text", '"text" is not an object'),
        ([], "[] is not an object"),
        ({"messages": "text"}, 'messages: "text" is not an array'),
        ({"messages": [7]}, "messages[0]: 7 is not text or an object"),
        ({"messages": ["a", ""]}, "messages[1]: the text is empty"),
        (
            {"messages": [{"text": "note"}]},
            f"messages[0]: {NO_AUDIENCE}",
        ),
        ({"messages": [{}]}, f"messages[0]: {NO_MESSAGE}"),
        ({"messages": [{"seconds": 3}]}, f"messages[0]: {NO_MESSAGE}"),
        (
            {"messages": [CARD["structuredContent"]]},
            f"messages[0]: {BARE_CONTENT}",
        ),
        (
            {"messages": [{"message": "Pick", "quickReplies": QUICK}]},
            f"messages[0]: {BARE_REPLIES}",
        ),
        (
            {"messages": [{"structuredContent": QUICK}]},
            f"messages[0].structuredContent.type: {REPLIES_AS_CONTENT}",
        ),
        (
            {"messages": [{"text": "note", "messageAudience": "agents"}]},
            'messages[0].messageAudience: "agents" is not AGENTS_AND_MANAGERS',
        ),
        ({"messages": [{"delay": 1.5}]}, "messages[0].delay: 1.5 is not a whole number"),
        ({"messages": [{"delay": -1}]}, "messages[0].delay: -1 is less than 0"),
        ({"messages": [{"delay": 1, "typing": "on"}]}, 'messages[0].typing: "on" is not true or false'),
        ({"messages": [{"delay": 1, "text": "x"}]}, "messages[0]: there may be no text here"),
        ({"messages": [{"structuredContent": "x"}]}, 'messages[0].structuredContent: "x" is not an object'),
        (_context(intentName="x"), "context: intentId is missing"),
        (_context(intentId="x"), "context: confidenceScore is missing"),
        (
            _context(intentId="x" * 257, confidenceScore=1),
            "context.intentId: the text is longer than 256 characters",
        ),
        (_context(intentId="x", confidenceScore=2), "context.confidenceScore: 2 is more than 1"),
        (
            _context(intentId="x", confidenceScore=1, alternativeIntents=["y"]),
            'context.alternativeIntents[0]: "y" is not an object',
        ),
        (
            _action("DANCE", None, "x"),
            'context.action: "DANCE" is not one of TRANSFER, CLOSE_CONVERSATION, CHANGE_TTR, INVOCATION',
        ),
        (_action("TRANSFER"), "context: actionParameters is missing"),
        (_action("TRANSFER", {"skill": 7}), "context.actionParameters.skill: 7 is not text"),
        (_action("TRANSFER", {}), "context.actionParameters: skill is missing"),
        (
            _action("TRANSFER", {"skillName": "x"}),
            "context.actionParameters: skill is missing; there is skillName, which has no meaning here",
        ),
        (
            _action("CHANGE_TTR", {}),
            "context.actionParameters: ttrType is missing; it is one of URGENT, NORMAL, PRIORITIZED",
        ),
        (
            _action("CHANGE_TTR", {"ttrType": "SUPER"}),
            'context.actionParameters.ttrType: "SUPER" is not one of URGENT, NORMAL, PRIORITIZED',
        ),
        (
            _action("INVOCATION", {"lambdaUuid": UUID, "payload": "x"}),
            'context.actionParameters.payload: "x" is not an object',
        ),
        (
            _action("CLOSE_CONVERSATION", {"withoutPcs": 1}),
            "context.actionParameters.withoutPcs: 1 is not true or false",
        ),
    ],
)
def test_what_the_connector_would_not_read_is_said_with_its_place(reply: Any, said: str) -> None:
    told = [str(problem) for problem in reply_problems(reply) if problem.rule != "nothing-to-say"]
    assert told == [said]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (
            {"messages": ["x"], "action": "CLOSE_CONVERSATION"},
            "action: the connector looks for action in context, and not here",
        ),
        ({"message": "x"}, "message: the connector does not know message; did you mean messages?"),
        (
            {"messages": ["x"], "Context": {}},
            "Context: the connector does not know Context; did you mean context?",
        ),
        (
            {"context": {"messages": ["x"]}},
            "context.messages: the connector looks for messages beside context, and not here",
        ),
        (
            _context(action="TRANSFER", skill="x"),
            "context.skill: the connector looks for skill in context.actionParameters, and not here",
        ),
        (
            _context(intent_id="x", confidenceScore=1),
            "context.intent_id: the connector does not know intent_id; did you mean intentId?",
        ),
        (
            _action("TRANSFER", {"skill": "x", "agentID": "y"}),
            "context.actionParameters.agentID: the connector does not know agentID; did you mean agentId?",
        ),
    ],
)
def test_what_stands_where_the_connector_does_not_look_is_a_warning(reply: Any, said: str) -> None:
    [warning] = [item for item in reply_findings(reply, Surroundings()) if item.severity == "warning"]
    assert (str(warning), warning.rule, warning.effect) == (said, "misplaced", "nothing seen")


@pytest.mark.parametrize(
    "reply",
    [
        {"messages": ["x"], "version": 2, "error": None},
        _context(intentId="x", confidenceScore=1, botContext={"step": 3}),
        _action("TRANSFER", {"skill": "x", "agentId": "y", "reason": "z"}, "x"),
        _action("DANCE", {"skill": "x"}, "x"),
        {"messages": ["x"], "context": {"action": ["TRANSFER"], "skill": "x"}},
    ],
)
def test_other_unknown_keys_are_let_pass(reply: Any) -> None:
    assert [item for item in reply_findings(reply, Surroundings()) if item.severity == "warning"] == []


def test_every_problem_of_a_reply_is_told() -> None:
    reply = {"messages": ["", {}, 7], "context": {"action": "DANCE"}}
    assert [str(problem) for problem in reply_problems(reply)] == [
        "messages[0]: the text is empty",
        f"messages[1]: {NO_MESSAGE}",
        "messages[2]: 7 is not text or an object",
        'context.action: "DANCE" is not one of TRANSFER, CLOSE_CONVERSATION, CHANGE_TTR, INVOCATION',
        "no message can be read, and no known action",
    ]


def test_an_object_in_context_that_is_none_is_a_problem() -> None:
    assert [str(problem) for problem in reply_problems({"messages": ["x"], "context": "x"})] == [
        'context: "x" is not an object'
    ]


@pytest.mark.parametrize(
    "reply",
    [
        {"\ud800": 1, "messages": [7]},
        json.loads('{"messages":' + "[" * 500 + "]" * 500 + "}"),
        {"messages": ["x" * 1_000_000 for _ in range(3)] + [{"text": "y" * 1_000_000}]},
    ],
    ids=["half a surrogate pair in a key", "too many levels", "megabytes"],
)
def test_a_reply_beyond_all_bounds_is_a_short_problem(reply: Any) -> None:
    problems = reply_problems(reply)
    assert problems
    assert all(len(str(problem)) < 200 for problem in problems)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "messages",
                    "context",
                    "text",
                    "delay",
                    "structuredContent",
                    "action",
                    "actionParameters",
                    "intentId",
                ]
            )
            | st.text(st.characters(), max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(_json)
@settings(max_examples=300, deadline=None)
def test_any_json_is_judged_without_an_error(reply: Any) -> None:
    for problem in reply_problems(reply):
        assert str(problem)


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
@settings(max_examples=50, deadline=None)
def test_any_texts_are_a_reply(texts: list[str]) -> None:
    assert reply_problems({"messages": texts}) == ()
