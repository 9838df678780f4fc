"""A function's result as typed items, with what each mistake comes to (third-party-bots §3, §10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faasctl.conversation.replies import (
    Action,
    ChangeTtr,
    CloseConversation,
    Delay,
    Intent,
    Invocation,
    PrivateText,
    QuickReplies,
    RichContent,
    Text,
    Transfer,
)
from faasctl.conversation.reply_reading import parse_reply
from faasctl.conversation.reply_rules import Surroundings
from faasctl.facts import connector_errors as errors
from faasctl.facts import tester_codes as tester

if TYPE_CHECKING:
    from faasctl.facts.connector_errors import ConnectorError

CARD: dict[str, Any] = {"type": "vertical", "elements": [{"type": "text", "text": "x"}]}
BAD_CARD: dict[str, Any] = {**CARD, "colour": "red"}
QUICK: dict[str, Any] = {
    "type": "quickReplies",
    "itemsPerRow": 2,
    "replies": [
        {"type": "button", "title": "Yes", "click": {"actions": [{"type": "publishText", "text": "yes"}]}}
    ],
}
PICK = {"structuredContent": {"message": "Pick", "quickReplies": QUICK}}
UUID = "11111111-2222-4333-8444-555555555555"
CHAT = Surroundings(conversation="chat")
ID = {"type": "ExternalId", "id": "a"}


def _context(*messages: Any, **context: Any) -> dict[str, Any]:
    return {"messages": list(messages), "context": context}


def _acts(action: Any, **parameters: Any) -> dict[str, Any]:
    return _context("x", action=action, actionParameters=parameters)


def test_items_are_typed_and_in_the_order_of_sending() -> None:
    reply = parse_reply(
        {
            "messages": [
                "Hello",
                {"text": "note", "messageAudience": "AGENTS_AND_MANAGERS"},
                {"delay": 3},
                {"delay": 1, "typing": False},
                {"structuredContent": CARD, "metadata": [ID], "encodedMetadata": "eyJ9"},
                {**PICK, "metadata": ID},
            ],
            "context": {"structuredContent": CARD, "metadata": [ID]},
        }
    )
    assert reply.items == (
        Text(path=("messages", 0), text="Hello"),
        PrivateText(path=("messages", 1), text="note"),
        Delay(path=("messages", 2), seconds=3, typing=True),
        Delay(path=("messages", 3), seconds=1, typing=False),
        RichContent(path=("messages", 4), content=CARD, metadata=(ID,), encoded_metadata="eyJ9"),
        QuickReplies(path=("messages", 5), message="Pick", replies=QUICK, metadata=(ID,)),
        RichContent(path=("context",), content=CARD, metadata=(ID,)),
    )
    assert reply.errors == ()
    assert reply.fatal is None
    assert [problem.rule for problem in reply.problems] == ["metadata-object"]


@pytest.mark.parametrize(
    ("reply", "action"),
    [
        (_acts("TRANSFER", skill="Billing"), Transfer(skill="Billing")),
        (_acts("TRANSFER", skill="Billing", agentId="41"), Transfer(skill="Billing", agent_id="41")),
        (_context("x", action="CLOSE_CONVERSATION"), CloseConversation()),
        (_acts("CLOSE_CONVERSATION", withoutPcs=True), CloseConversation(without_survey=True)),
        (_acts("CHANGE_TTR", ttrType="URGENT"), ChangeTtr(ttr="URGENT")),
        (_acts("CHANGE_TTR", ttrType="SUPER"), ChangeTtr(ttr="SUPER")),
        (_acts("INVOCATION", lambdaUuid=UUID, payload={"a": 1}), Invocation(function_uuid=UUID, payload={"a": 1})),
        (
            _acts("INVOCATION", lambdaUuid=UUID, payload={}, failOnError=True),
            Invocation(function_uuid=UUID, payload={}, fail_on_error=True),
        ),
        (_acts("DANCE"), None),
        (_acts("TRANSFER", skill=7), None),
        (_acts("CHANGE_TTR"), None),
        (_acts("INVOCATION", lambdaUuid=UUID, payload="x"), None),
        (_context("x"), None),
    ],
)
def test_an_action_is_typed_and_one_that_is_skipped_is_none(reply: Any, action: Action | None) -> None:
    parsed = parse_reply(reply)
    assert parsed.action == action
    assert parsed.items == (Text(path=("messages", 0), text="x"),)
    assert parsed.fatal is None


def test_an_intent_and_its_alternatives_are_typed() -> None:
    other = {"intentId": "b", "confidenceScore": 0.25}
    reply = parse_reply(_context("x", intentId="a", intentName="A", confidenceScore=1, alternativeIntents=[other]))
    assert reply.intent == Intent(id="a", name="A", confidence=1.0)
    assert reply.alternative_intents == (Intent(id="b", confidence=0.25),)


def test_an_intent_without_a_score_is_left_out() -> None:
    reply = parse_reply(_context("x", intentId="a"))
    assert reply.intent is None
    assert [(item.rule, item.effect, item.tester) for item in reply.problems] == [
        ("missing", "nothing seen", tester.INVALID_BODY)
    ]


def test_encoded_metadata_of_the_reply_is_on_every_message_and_an_items_own_wins() -> None:
    own = {"structuredContent": CARD, "encodedMetadata": "b3du"}
    reply = parse_reply(_context("x", own, {"structuredContent": CARD}, encodedMetadata="eyJ9"))
    assert [item.encoded_metadata for item in reply.items if isinstance(item, (Text, RichContent))] == [
        "eyJ9",
        "b3du",
        "eyJ9",
    ]


@pytest.mark.parametrize(
    ("encoded", "around", "rule"),
    [
        ("not base64!", Surroundings(), "not-base64"),
        ("abc", Surroundings(), "not-base64"),
        ("A" * 5004, Surroundings(), "too-long"),
        ("eyJ9", CHAT, "encoded-metadata-in-chat"),
        ("eyJ9", Surroundings(encoded_metadata=False), "encoded-metadata-off"),
        (7, Surroundings(), "wrong-type"),
    ],
)
def test_bad_encoded_metadata_drops_the_message_without_an_escalation(
    encoded: Any, around: Surroundings, rule: str
) -> None:
    for_all = parse_reply(_context("x", {"delay": 1}, encodedMetadata=encoded), around)
    assert [type(item) for item in for_all.items] == [Delay]
    for_one = parse_reply({"messages": ["x", {"structuredContent": CARD, "encodedMetadata": encoded}]}, around)
    assert [type(item) for item in for_one.items] == [Text]
    for reply in (for_all, for_one):
        assert [(item.rule, item.effect) for item in reply.errors] == [(rule, "message dropped")]
        assert reply.fatal is None


@pytest.mark.parametrize(
    ("value", "around", "error", "code"),
    [
        (None, Surroundings(), errors.MISSING_RESPONSE_BODY, tester.NO_ANSWER),
        ({}, Surroundings(), errors.MISSING_ACTION_AND_MESSAGES, tester.NOTHING_USABLE),
        ("text", Surroundings(), errors.MISSING_ACTION_AND_MESSAGES, tester.NOTHING_USABLE),
        ({"messages": [7]}, Surroundings(), errors.MISSING_ACTION_AND_MESSAGES, tester.NOTHING_USABLE),
        (_context(intentId="x", confidenceScore=1), Surroundings(), errors.MISSING_ACTION_AND_MESSAGES, None),
        ({"context": {"action": "DANCE"}}, Surroundings(), errors.UNSUPPORTED_ACTION, tester.NOTHING_USABLE),
        (_context(action="TRANSFER"), Surroundings(), errors.UNSUPPORTED_ACTION, tester.NOTHING_USABLE),
        (
            {"messages": [PICK]},
            CHAT,
            errors.QUICK_REPLIES_NOT_SUPPORTED,
            tester.NO_QUICK_REPLIES_IN_CHAT,
        ),
        (
            _context("x", alternativeIntents=[{"intentId": 5}]),
            Surroundings(),
            errors.MALFORMED_ALTERNATIVE_INTENTS,
            tester.INVALID_BODY,
        ),
        (
            {"messages": [PICK], "context": {"alternativeIntents": 7}},
            CHAT,
            errors.MALFORMED_ALTERNATIVE_INTENTS,
            tester.INVALID_BODY,
        ),
    ],
)
def test_what_escalates_before_anything_is_sent(
    value: Any, around: Surroundings, error: ConnectorError, code: str | None
) -> None:
    fatal = parse_reply(value, around).fatal
    assert fatal is not None
    assert fatal.error == error
    assert fatal.effect == "escalation"
    assert code is None or fatal.tester == code


@pytest.mark.parametrize(
    ("around", "error"),
    [
        (Surroundings(), errors.MESSAGING_SEND_MESSAGE),
        (CHAT, errors.CHAT_SEND_MESSAGE),
    ],
)
def test_bad_rich_content_is_refused_when_it_is_sent(around: Surroundings, error: ConnectorError) -> None:
    reply = parse_reply({"messages": ["x", {"structuredContent": BAD_CARD}]}, around)
    text, card = reply.items
    assert reply.fatal is None
    assert reply.refusal(text) is None
    refusal = reply.refusal(card)
    assert refusal is not None
    assert (refusal.place, refusal.error, refusal.tester) == (
        "messages[1].structuredContent",
        error,
        tester.INVALID_RICH_CONTENT,
    )


def test_an_image_of_an_unknown_host_is_refused_when_it_is_sent() -> None:
    card = {"type": "image", "url": "https://evil.example/a.png"}
    around = Surroundings(image_hosts=("cdn.example.com",))
    reply = parse_reply({"messages": [{"structuredContent": card}]}, around)
    assert [(item.place, item.rule, item.error) for item in reply.errors] == [
        ("messages[0].structuredContent.url", "image-host", errors.MESSAGING_SEND_MESSAGE)
    ]


@pytest.mark.parametrize(
    ("around", "error"),
    [
        (Surroundings(skills=("Billing",)), errors.MESSAGING_SKILL_NOT_EXISTING),
        (Surroundings(skills=("Billing",), conversation="chat"), errors.CHAT_SKILL_NOT_EXISTING),
    ],
)
def test_a_skill_that_the_account_lacks_is_told_with_the_one_that_was_meant(
    around: Surroundings, error: ConnectorError
) -> None:
    [problem] = parse_reply(_acts("TRANSFER", skill="billing"), around).problems
    assert (problem.place, problem.rule, problem.error) == (
        "context.actionParameters.skill",
        "unknown-skill",
        error,
    )
    assert "there is Billing" in problem.message
    assert parse_reply(_acts("TRANSFER", skill="Billing"), around).problems == ()


@pytest.mark.parametrize("ttr", ["SUPER", "CUSTOM"])
def test_a_wrong_time_to_response_escalates(ttr: str) -> None:
    [problem] = parse_reply(_acts("CHANGE_TTR", ttrType=ttr)).problems
    assert (problem.error, problem.tester, problem.effect) == (
        errors.CHANGE_TTR,
        tester.INVALID_ACTION,
        "escalation",
    )


def test_a_bad_action_is_skipped_and_the_conversation_goes_on() -> None:
    [problem] = parse_reply(_acts("TRANSFER", skill=7)).problems
    assert (problem.error, problem.tester, problem.effect) == (None, tester.INVALID_ACTION, "nothing seen")


def test_a_chat_has_no_time_to_response() -> None:
    reply = parse_reply(_acts("CHANGE_TTR", ttrType="URGENT"), CHAT)
    assert reply.action is None
    assert [problem.rule for problem in reply.problems] == ["ttr-in-chat"]


@pytest.mark.parametrize(
    ("reply", "around", "rule"),
    [
        ({"messages": [{"delay": 0}]}, Surroundings(), "no-delay"),
        ({"messages": [{"delay": 61}]}, Surroundings(), "long-delay"),
        ({"messages": ["x" * 5001]}, Surroundings(), "long-text"),
        ({"messages": ["x"] * 11}, Surroundings(), "many-messages"),
        ({"messages": [{"structuredContent": CARD, "metadata": ID}]}, Surroundings(), "metadata-object"),
        ({"messages": [{"text": "x", "messageAudience": "AGENTS_AND_MANAGERS"}]}, CHAT, "private-text-in-chat"),
        (_acts("INVOCATION", lambdaUuid="my-function", payload={}), Surroundings(), "not-a-uuid"),
    ],
)
def test_what_is_likely_to_be_wrong_is_a_warning(reply: Any, around: Surroundings, rule: str) -> None:
    parsed = parse_reply(reply, around)
    assert [(problem.rule, problem.severity) for problem in parsed.problems] == [(rule, "warning")]


def test_quick_replies_need_a_message() -> None:
    reply = parse_reply({"messages": [{"structuredContent": {"quickReplies": QUICK}}]})
    assert [(problem.rule, problem.effect) for problem in reply.problems] == [("missing", "escalation")]


def test_a_key_in_the_wrong_case_is_named() -> None:
    [problem] = parse_reply(_acts("CHANGE_TTR", ttrtype="URGENT")).problems
    assert problem.message == "ttrType is missing; there is ttrtype, and upper and lower case differ"


def test_metadata_of_the_context_goes_with_the_texts_where_there_is_no_older_rich_content() -> None:
    reply = parse_reply(_context("x", metadata=[ID]))
    assert reply.items == (Text(path=("messages", 0), text="x", metadata=(ID,)),)


_KEYS = (
    "messages context text messageAudience delay typing structuredContent metadata encodedMetadata action"
    " actionParameters skill ttrType lambdaUuid payload intentId confidenceScore alternativeIntents quickReplies"
    " message type elements replies click actions url slots imageUrl items"
)
_WORDS = (
    "TRANSFER CLOSE_CONVERSATION CHANGE_TTR INVOCATION quickReplies vertical image text button carousel ExternalId"
)
_json: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.sampled_from(_WORDS.split()),
        st.text(st.characters(), max_size=5),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS.split()), inner, max_size=6),
    max_leaves=25,
)
_replies = st.fixed_dictionaries({}, optional={"messages": _json | st.lists(_json, max_size=4), "context": _json})


@given(_json | _replies, st.sampled_from([Surroundings(), CHAT, Surroundings(skills=(), image_hosts=())]))
@settings(max_examples=400, deadline=None)
def test_any_json_is_read_without_an_error_and_every_error_says_what_comes_of_it(
    value: Any, around: Surroundings
) -> None:
    reply = parse_reply(value, around)
    for problem in reply.problems:
        assert str(problem)
        assert problem.effect or problem.severity == "warning" or problem.rule == "unreadable"
    for item in reply.items:
        reply.refusal(item)
    assert reply.items or reply.action or reply.problems


def test_a_reply_that_cannot_be_read_says_nothing_and_escalates() -> None:
    reply = parse_reply({"messages": ["a", {"\ud83d": 1}]})
    assert reply.items == ()
    assert reply.fatal is not None
    assert [problem.rule for problem in reply.problems] == ["unreadable", "nothing-to-say"]
