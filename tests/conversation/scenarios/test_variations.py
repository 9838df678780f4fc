"""`--faults`: a consumer is never left without an answer, and never reads a stack trace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.conversation.connector_settings import ConnectorSettings, Escalation
from faasctl.conversation.scenarios.variations import VARIATIONS, Variation
from tests.conversation.scenarios.conftest import SETTINGS, Bot, Load, one, told

if TYPE_CHECKING:
    from faasctl.conversation.scenarios.model import Scenario
    from faasctl.conversation.scenarios.results import ScenarioResult

BY_NAME = {variation.name: variation for variation in VARIATIONS}


@pytest.fixture
def scenario(load: Load) -> Scenario:
    return one(
        load("scenarios:\n  - name: a\n    steps: [{welcome: true}, {says: order 1, expect: {texts: [x]}}]\n")
    )


def _play(
    variation: Variation, scenario: Scenario, bot: Bot, settings: ConnectorSettings = SETTINGS
) -> ScenarioResult:
    return variation.play(scenario, settings, bot)


@pytest.mark.parametrize("variation", VARIATIONS, ids=lambda variation: variation.name)
def test_a_bot_that_repeats_what_it_hears_stands_all_of_them(variation: Variation, scenario: Scenario) -> None:
    result = _play(variation, scenario, Bot())
    assert (result.status, told(result)) == ("passed", [])


def test_the_issue_names_ten() -> None:
    assert [variation.name for variation in VARIATIONS] == [
        "throws",
        "times-out",
        "answers-nothing",
        "answers-rubbish",
        "rate-limited",
        "duplicated",
        "combined",
        "emoji",
        "right-to-left",
        "long",
    ]


@pytest.mark.parametrize("name", ["throws", "times-out", "answers-nothing", "answers-rubbish", "rate-limited"])
@pytest.mark.parametrize("step", ["{says: x}", "{welcome: true}"])
def test_an_escalation_that_goes_nowhere_is_silence(name: str, step: str, load: Load) -> None:
    scenario = one(load(f"scenarios:\n  - {{name: a, steps: [{step}]}}\n"))
    settings = replace(SETTINGS, escalation=Escalation(skill="No such skill"), welcome_message=True)
    result = _play(BY_NAME[name], scenario, Bot(), settings)
    assert told(result) == ["silence: the consumer got neither an answer nor an escalation"]
    assert result.durations == ()  # the function was not called


@pytest.mark.parametrize(
    ("reply", "is_wrong"),
    [
        ("TypeError: Cannot read properties of undefined (reading 'x')", True),
        ("Sorry.\n    at lambda (/code/index.js:3:7)", True),
        ("There was an error with your order.", False),
        ("Meet me at noon (12:30:15)", False),
    ],
)
def test_a_stack_trace_that_is_sent_is_a_failure(reply: str, scenario: Scenario, *, is_wrong: bool) -> None:
    class Careless(Bot):
        def invoke(self, function: str, payload: Any) -> Any:
            payload = {**payload, "message": "x"}
            return super().invoke(function, payload)

    result = _play(BY_NAME["emoji"], scenario, Careless(answers={"x": {"messages": [reply]}}))
    assert (result.status == "failed") is is_wrong


def test_what_is_sent_in_each(scenario: Scenario) -> None:
    heard = {}
    for name in ("duplicated", "combined", "emoji", "right-to-left", "long"):
        bot = Bot()
        _play(BY_NAME[name], scenario, bot)
        heard[name] = [payload["message"] for _, payload in bot.calls]
    assert heard["duplicated"] == ["order 1", "order 1"]
    assert heard["combined"] == ["order 1 and please be quick"]
    assert len(heard["long"][0]) == 5000
    assert "🙂" in heard["emoji"][0]
    assert "\u202e" in heard["right-to-left"][0]


def test_a_delay_alone_is_no_silence(scenario: Scenario) -> None:
    text = str(_emoji(scenario))
    result = _play(BY_NAME["emoji"], scenario, Bot(answers={text: {"messages": [{"delay": 1}]}}))
    assert told(result) == []


@pytest.mark.parametrize(
    ("action", "is_silent"),
    [
        ({"action": "CHANGE_TTR", "actionParameters": {"ttrType": "URGENT"}}, True),
        ({"action": "TRANSFER", "actionParameters": {"skill": "Billing"}}, False),
        ({"action": "CLOSE_CONVERSATION"}, False),
    ],
)
def test_an_action_that_the_consumer_does_not_notice_is_no_answer(
    action: dict[str, Any], scenario: Scenario, *, is_silent: bool
) -> None:
    bot = Bot(answers={str(_emoji(scenario)): {"messages": [], "context": action}})
    assert (_play(BY_NAME["emoji"], scenario, bot).status == "failed") is is_silent


def _emoji(scenario: Scenario) -> Any:
    change = BY_NAME["emoji"].change
    assert change is not None
    return change(scenario.steps[1]).value
