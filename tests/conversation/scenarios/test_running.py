"""Scenarios held against a bot: each expectation can be met, and can be missed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.conversation.scenarios.running import run_scenario
from tests.conversation.scenarios.conftest import SETTINGS, Bot, told

if TYPE_CHECKING:
    from faasctl.conversation.scenarios.results import ScenarioResult
    from tests.conversation.scenarios.conftest import Load, Play

from faasctl.log_entry import LogEntry

BUTTON = {"type": "button", "title": "Yes", "click": {"actions": [{"type": "publishText", "text": "yes please"}]}}
BUTTON["click"]["metadata"] = [{"type": "ExternalId", "id": "yes-1"}]  # type: ignore[index]
LINK = {"type": "button", "title": "More", "click": {"actions": [{"type": "link", "uri": "https://example.com"}]}}
CARD = {"type": "vertical", "elements": [{"type": "text", "text": "Order 7"}, BUTTON, LINK]}
QUICK = {"type": "quickReplies", "itemsPerRow": 3, "replies": [BUTTON]}


def _action(name: str, **parameters: Any) -> dict[str, Any]:
    return {"messages": ["ok"], "context": {"action": name, "actionParameters": parameters}}


ANSWERS: dict[str, Any] = {
    "three": {"messages": ["a", "b", "c"]},
    "card": {"messages": ["look", {"structuredContent": CARD, "metadata": [{"type": "ExternalId", "id": "c"}]}]},
    "quick": {"messages": [{"structuredContent": {"message": "Shall I?", "quickReplies": QUICK}}]},
    "private": {"messages": ["hi", {"text": "note", "messageAudience": "AGENTS_AND_MANAGERS"}]},
    "transfer": _action("TRANSFER", skill="Billing"),
    "close": _action("CLOSE_CONVERSATION"),
    "ttr": _action("CHANGE_TTR", ttrType="URGENT"),
    "invoke": _action("INVOCATION", lambdaUuid="11111111-2222-4333-8444-555555555555", payload={"a": {"b": 1}}),
    "intent": {"messages": ["ok"], "context": {"intentId": "i", "intentName": "I", "confidenceScore": 0.5}},
    "nothing": {},
    "delay": {"messages": ["a", {"delay": 2}, "b"]},
    "silent": {"messages": [{"delay": 1}]},
    "number": {"messages": ["your number is 4711."], "data": {"list": [{"id": 5}]}},
}
MET_AND_MISSED: list[tuple[str, str, str]] = [
    ("three", "texts: [a, b, c]", "texts: [a, b]"),
    ("three", "{texts: [b], others: true}", "{texts: [d], others: true}"),
    ("three", "{texts: [c, a, b], any_order: true}", "texts: [c, a, b]"),
    ("three", "text: b", "text: d"),
    ("three", "not: {texts: [d, e]}", "not: {texts: [d, b]}"),
    ("three", "not: {text: {contains: x}}", "not: {text: {contains: a}}"),
    ("three", "{rich_content: false, quick_replies: false, private: false}", "rich_content: true"),
    ("three", "messages: [{text: a}, {text: b}, {text: c}]", "messages: [{text: a}, {private: b}, {text: c}]"),
    ("card", "rich_content: {type: vertical}", "rich_content: {type: carousel}"),
    ("card", "rich_content: {buttons: [Yes, More]}", "rich_content: {buttons: [Yes]}"),
    ("card", "rich_content: {texts: [Order 7]}", "rich_content: {texts: [Order 8]}"),
    (
        "card",
        "rich_content: [{contains: {elements: [{text: Order 7}]}}]",
        "rich_content: {contains: {elements: [1]}}",
    ),
    ("card", "rich_content: {metadata: {id: c}}", "rich_content: {metadata: {id: d}}"),
    ("card", "metadata: {id: c}", "metadata: {id: d}"),
    ("quick", "quick_replies: ['Yes']", "quick_replies: ['No']"),
    ("quick", "quick_replies: {message: Shall I?, titles: ['Yes']}", "quick_replies: {message: Why?}"),
    ("private", "{texts: [hi], private: note}", "private: [other]"),
    ("transfer", "transfer: Billing", "transfer: Sales"),
    ("transfer", "{transfer: {skill: Billing, agent: false}, conversation: transferred}", "transfer: false"),
    ("close", "{close: {survey: true}, conversation: closed}", "close: {survey: false}"),
    ("ttr", "ttr: URGENT", "ttr: NORMAL"),
    ("invoke", "invocation: {payload: {a: {b: 1}}}", "invocation: {payload: {a: {b: 2}}}"),
    ("invoke", "invocation: {succeeds: true}", "invocation: {succeeds: false}"),
    ("intent", "intent: i", "intent: j"),
    ("intent", "intent: {name: I, confidence: 0.5}", "intent: {confidence: 0.6}"),
    ("nothing", "error: missing-action-and-messages", "error: invoke-lambda"),
    ("nothing", "{error: true, escalation: Human Agents}", "escalation: Billing"),
    ("nothing", "{error: true, text: One moment.}", "texts: []"),
    ("delay", "messages: [{text: a}, {delay: 2s}, {text: b}]", "messages: [{text: a}, {delay: 3s}, {text: b}]"),
    ("silent", "silence: true", "silence: false"),
    ("hello", "silence: false", "silence: true"),
    ("hello", "{invoked: 1, problems: false, dropped: 0}", "invoked: false"),
    ("hello", "payload: {message: hello}", "payload: {message: bye}"),
    ("hello", "reply: {messages: [hello]}", "reply: {messages: [bye]}"),
    ("hello", "logs: [{level: Info, contains: turn}]", "logs: [{level: Error}]"),
    ("hello", "logs: [{matches: 'tu.n'}]", "logs: false"),
    ("hello", "latency: 1s", "latency: 5ms"),
    ("hello", "{conversation: open, state: online, hooks: false}", "state: vendor-interruption"),
    ("hello", "{transfer: false, close: false, ttr: false, intent: false, error: false}", "hooks: [pre]"),
]


@pytest.mark.parametrize(("says", "met", "missed"), MET_AND_MISSED, ids=lambda text: str(text)[:60])
def test_an_expectation_is_met_or_missed(play: Play, says: str, met: str, missed: str) -> None:
    for expect, status in ((met, "passed"), (missed, "failed")):
        bot = Bot(answers=ANSWERS, logs=(LogEntry(level="Info", message="turn 1"),))
        expect = expect if expect.startswith("{") else f"{{{expect}}}"
        result = play(f"- says: {says}\n  expect: {expect}", bot)
        assert (result.status, expect) == (status, expect), told(result)


def test_an_error_that_nobody_expects_is_a_failure(play: Play) -> None:
    result = play("- says: nothing", Bot(answers=ANSWERS))
    assert result.status == "failed"
    assert "missing-action-and-messages" in told(result)[0]


def test_what_must_not_be_is_told_as_the_file_has_it(play: Play) -> None:
    assert told(play("- {says: x, expect: {not: {texts: [y, x]}}}")) == ["not.texts: 'x' is there"]


def test_a_scenario_ends_with_the_first_step_that_failed(play: Play) -> None:
    result = play("- says: a\n  expect: {texts: [b]}\n- says: c")
    assert [step.title for step in result.steps] == ["a"]


def test_values_are_captured_and_used_again(play: Play) -> None:
    bot = Bot(answers=ANSWERS)
    result = play(
        "- says: number\n"
        "  capture: {number: {matches: 'number is (\\d+)'}, id: {path: 'data.list[0].id'}}\n"
        "- says: '{{number}} {{id}} \\{{number}}'\n"
        "  expect: {texts: ['4711 5 \\{{number}}'], text: {matches: '^{{number}}'}}",
        bot,
    )
    assert told(result) == []


def test_variables_stand_in_metadata_too(play: Play) -> None:
    bot = Bot()
    first = "- says: order 7\n  capture: {n: {matches: '\\d'}}\n"
    play(f"{first}- says: x\n  metadata: [{{type: ExternalId, id: '{{{{n}}}}'}}]", bot)
    assert bot.calls[-1][1]["context"]["lpEvent"]["metadata"] == [{"type": "ExternalId", "id": "7"}]


def test_a_function_that_was_not_called_took_no_time(play: Play) -> None:
    result = play("- {says: x, expect: {error: true}}", head="setup: {faults: {function: times-out}}")
    assert (result.status, result.durations) == ("passed", ())


def test_braces_of_a_variable_are_kept_where_they_are_escaped(play: Play) -> None:
    result = play("- {says: '{{v}}', expect: {texts: ['\\{{x}}']}}", head="variables: {v: '\\{{x}}'}")
    assert told(result) == []


def test_what_cannot_be_captured_is_a_failure(play: Play) -> None:
    result = play("- says: x\n  capture: {a: {matches: 'y'}, b: {path: 'c.d'}}")
    assert told(result) == ["capture.a: y matches none of 'x'", "capture.b: the reply has nothing at c.d"]


@pytest.mark.parametrize(
    "click", ["Yes", "1", "{number: 1}", "{title: Yes}", "{external_id: yes-1}", "{metadata: {id: yes-1}}"]
)
@pytest.mark.parametrize("offer", ["card", "quick"])
def test_a_click_publishes_the_text_of_the_button_with_its_metadata(play: Play, offer: str, click: str) -> None:
    bot = Bot(answers=ANSWERS)
    result = play(f"- says: {offer}\n- says: hello\n- clicks: {click}\n  expect: {{texts: [yes please]}}", bot)
    assert told(result) == []
    assert bot.calls[-1][1]["context"]["lpEvent"]["metadata"] == [{"type": "ExternalId", "id": "yes-1"}]


@pytest.mark.parametrize(
    ("click", "message"),
    [
        ("No", "clicks: the bot has not offered this; it offered 'Yes', 'More'"),
        ("7", "clicks: the bot has not offered this; it offered 'Yes', 'More'"),
        ("More", "clicks: a click on 'More' sends the bot nothing: it publishes no text"),
    ],
)
def test_a_click_on_what_there_is_not_is_a_failure(play: Play, click: str, message: str) -> None:
    result = play(f"- says: card\n- clicks: {click}", Bot(answers=ANSWERS))
    assert told(result) == [message]


def test_a_scenario_without_a_welcome_begins_after_it(play: Play) -> None:
    bot = Bot()
    result = play("- says: hello\n  expect: {invoked: 1}", bot, head="setup: {welcome_message: true}")
    assert (result.status, len(bot.calls)) == ("passed", 1)
    result = play("- welcome: true\n  expect: {texts: [Hi]}", Bot(), head="setup: {welcome_message: true}")
    assert told(result) == []


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("throws", "invoke-lambda"),
        ("times-out", "invoke-lambda"),
        ("rate-limited", "invoke-lambda"),
        ("answers-nothing", "missing-response-body"),
        ("answers-rubbish", "missing-action-and-messages"),
        ("not-deployed", "failed-faas-request"),
        ("unreachable", "failed-faas-request"),
    ],
)
def test_a_fault_of_the_setup_stands_in_for_the_function(play: Play, fault: str, error: str) -> None:
    bot = Bot()
    result = play(
        f"- says: x\n  expect: {{error: {error}}}", bot, head=f"setup: {{faults: {{function: {fault}}}}}"
    )
    assert (told(result), bot.calls) == ([], [])


@pytest.mark.parametrize(
    ("meanwhile", "expect"),
    [
        ("consumer-closes", "{invoked: false, silence: true}"),
        ("somebody-closes", "{error: conversation-closed}"),
        ("platform-breaks", "{error: not-catched-pipeline-error}"),
        ("health-check", "{texts: [x], state: online}"),
    ],
)
def test_what_happens_meanwhile(play: Play, meanwhile: str, expect: str) -> None:
    result = play(f"- says: first\n- meanwhile: {meanwhile}\n- says: x\n  expect: {expect}")
    assert told(result) == []


FAILS = "setup: {failing_skills: [Human Agents], faults: {function: throws}}"
WORKS = "setup: {faults: {function: throws}}"


@pytest.mark.parametrize(
    ("head", "steps"),
    [
        (FAILS, "- {says: x, expect: {error: true, escalation: false, conversation: open}}"),
        (WORKS, "- {says: x, expect: {error: true, escalation: Human Agents, conversation: transferred}}"),
        (WORKS, "- {says: x, expect: {error: true}}\n- {says: more, expect: {conversation: transferred}}"),
        (
            WORKS,
            """
- {meanwhile: somebody-closes}
- {says: x, expect: {error: true, escalation: false, conversation: closed}}
- {says: more, expect: {invoked: false, conversation: closed}}
""",
        ),
        (
            "",
            """
- {meanwhile: somebody-transfers}
- {says: x, expect: {error: agent-not-authorized, conversation: transferred}}
""",
        ),
    ],
)
def test_what_becomes_of_a_conversation_is_as_the_connector_has_it(play: Play, head: str, steps: str) -> None:
    assert told(play(steps, head=head)) == []


def test_steps_are_so_far_apart_that_none_is_taken_for_spam(play: Play) -> None:
    result = play("\n".join(f"- says: text {number}\n  expect: {{rate_limited: false}}" for number in range(12)))
    assert told(result) == []


def _without_ids(result: ScenarioResult) -> list[str]:
    told = (str(event) for step in result.steps for event in step.events)
    return [re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", text) for text in told]


def test_the_same_scenario_gives_the_same_events_each_time(play: Play) -> None:
    first, second = (play("- says: card\n- clicks: Yes", Bot(answers=ANSWERS)) for _ in range(2))
    assert _without_ids(first) == _without_ids(second)


def test_a_bot_that_remembers_conversations_meets_a_new_one_each_time(play: Play) -> None:
    bot = Bot()
    for _ in range(2):
        play("- says: a\n- says: b", bot)
    ids = [payload["convId"] for _, payload in bot.calls]
    assert ids[0] == ids[1] != ids[2] == ids[3]


def test_a_path_may_hold_what_is_not_utf_8(load: Load) -> None:
    [scenario] = load("scenarios: [{name: it, steps: [{says: hello, expect: {texts: [hello]}}]}]").scenarios
    scenario = replace(scenario, place=replace(scenario.place, file="bad\udcff/a.yaml"))
    assert run_scenario(scenario, SETTINGS, Bot()).status == "passed"
