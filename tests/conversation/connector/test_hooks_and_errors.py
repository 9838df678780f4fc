"""Hooks, errors and the bot's state (third-party-bots §1.6, §3.8, §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from faasctl.conversation.connector_events import (
    ConversationEnded,
    ErrorRecorded,
    Escalated,
    HookRan,
    Invoked,
    NotForwarded,
    Sent,
    StateChanged,
)
from faasctl.conversation.connector_settings import ConnectorSettings, Escalation
from faasctl.conversation.invoker import Failure, InvocationResult
from faasctl.facts import tester_codes
from faasctl.log_entry import LogEntry
from tests.conversation.connector.bots import HI, echo

if TYPE_CHECKING:
    from faasctl.conversation.open_conversation import Lost
    from tests.conversation.connector.conftest import Start

CHAT = ConnectorSettings(conversation="chat")
LOG = LogEntry(level="Info", message="hi")

# ---- hooks -----------------------------------------------------------------------------------------------------


def test_the_pre_hook_changes_what_the_function_hears(talk: Start) -> None:
    held = talk(echo, others={"pre": lambda payload: {**payload, "message": "changed"}})
    held.say()
    assert held.texts == ["You said: changed"]
    (ran,) = held.all(HookRan)
    assert (ran.role, ran.changed, ran.payload["message"]) == ("pre", True, "hello")


def test_the_post_hook_changes_what_the_consumer_reads(talk: Start) -> None:
    held = talk(echo, others={"post": lambda reply: {"messages": [reply["messages"][0].upper()]}})
    held.say()
    assert held.texts == ["YOU SAID: HELLO"]
    assert held.all(Invoked)[0].reply == {"messages": ["You said: hello"]}


def test_a_hook_that_changes_the_object_it_got_is_seen_to_do_so(talk: Start) -> None:
    def pre(payload: Any) -> Any:
        payload["message"] = "changed"
        return payload

    held = talk(echo, others={"pre": pre})
    held.say()
    (ran,) = held.all(HookRan)
    assert (ran.changed, ran.payload["message"]) == (True, "hello")


@pytest.mark.parametrize("role", ["pre", "post"])
@pytest.mark.parametrize("given", [None, "text", ["a"]])
def test_a_hook_that_gives_no_object_has_failed(talk: Start, role: str, given: Any) -> None:
    held = talk(HI, others={role: lambda _: given})
    held.say()
    assert held.codes == ["aivendor.faas.failed-hook"]


def test_without_hooks_none_runs(talk: Start) -> None:
    settings = ConnectorSettings(hooks=frozenset({"pre", "post", "error"})).without_hooks()
    held = talk(HI, settings)
    held.say()
    assert [function for function, _ in held.bot.calls] == ["function"]


def test_the_error_hook_is_told_of_error_request_and_response(talk: Start) -> None:
    held = talk({"context": {"action": "DANCE"}}, others={"error": lambda _: Failure(kind="function")})
    held.say()
    (payload,) = held.bot.payloads("error")
    (error,) = held.all(ErrorRecorded)
    assert payload["error"] == {"errorId": error.error_id, "name": error.error.code}
    assert payload["vendor"] == "faas"
    assert payload["faasPayload"]["message"] == "hello"
    assert payload["faas"] == {"context": {"action": "DANCE"}}
    assert held.all(Escalated)[0].succeeded


def test_the_error_hook_gets_no_response_where_there_was_none(talk: Start) -> None:
    held = talk(lambda _: Failure(kind="function"), others={"error": lambda _: None})
    held.say()
    assert held.bot.payloads("error")[0]["faas"] is None


def test_the_error_hook_is_told_of_what_a_failing_hook_got(talk: Start) -> None:
    fails = lambda _: Failure(kind="function", message="it broke")  # noqa: E731
    held = talk(HI, others={"pre": fails, "error": lambda _: None})
    held.say()
    (told,) = held.bot.payloads("error")
    assert (told["faasPayload"]["message"], told["faas"]) == ("hello", None)
    held = talk(HI, others={"post": fails, "error": lambda _: None})
    held.say()
    assert held.bot.payloads("error")[0]["faas"] == HI
    assert held.all(ErrorRecorded)[0].message == "the post hook failed: it broke"


def test_what_a_hook_gave_and_took_and_logged_is_told(talk: Start) -> None:
    given = InvocationResult(value=HI, duration=0.5, logs=(LOG,))
    held = talk(echo, others={"post": lambda _: given})
    held.say()
    (ran,) = held.all(HookRan)
    assert (ran.value, ran.changed, ran.duration, ran.logs) == (HI, True, 0.5, (LOG,))
    held = talk(HI, others={"error": lambda _: given, "post": lambda _: Failure(kind="timeout")})
    held.say()
    assert [(ran.role, ran.changed, ran.failure) for ran in held.all(HookRan)] == [
        ("post", False, Failure(kind="timeout")),
        ("error", False, None),
    ]


# ---- errors ----------------------------------------------------------------------------------------------------

SAYING = Escalation(skill="Night", to_customer="One moment", to_agent="The bot failed", on_failure="Try later")


def test_an_error_is_recorded_then_hooked_then_told_then_escalated(talk: Start) -> None:
    held = talk(None, ConnectorSettings(escalation=SAYING), others={"error": lambda _: {}})
    events = held.say()
    assert [type(event).__name__ for event in events[1:]] == [
        "Invoked",
        "ErrorRecorded",
        "HookRan",
        "Sent",
        "Escalated",
    ]
    assert held.texts == ["One moment"]
    assert [event.by_connector for event in held.all(Sent)] == [True]
    (escalated,) = held.all(Escalated)
    assert (escalated.skill, escalated.to_agent, escalated.succeeded) == ("Night", "The bot failed", True)
    held.say("more")
    assert "Night" in held.all(NotForwarded)[0].why


@pytest.mark.parametrize(
    "settings",
    [
        ConnectorSettings(escalation=SAYING, failing_skills=("Night",)),
        ConnectorSettings(escalation=SAYING, skills=("Day",)),
    ],
)
def test_an_escalation_that_fails_is_told_and_the_bot_keeps_the_conversation(
    talk: Start, settings: ConnectorSettings
) -> None:
    held = talk(None, settings)
    held.say()
    assert held.texts == ["One moment", "Try later"]
    assert not held.all(Escalated)[0].succeeded
    assert held.connector.holds(held.conversation)


def test_an_answer_after_thirty_seconds_is_in_time(talk: Start) -> None:
    held = talk(lambda _: InvocationResult(value=HI, duration=30))
    held.say()
    assert held.texts == ["Hi"]


def test_an_answer_past_thirty_seconds_comes_too_late(talk: Start) -> None:
    held = talk(lambda _: InvocationResult(value=HI, duration=31))
    held.say()
    assert held.codes == ["aivendor.faas.invoke-lambda"]
    assert held.all(ErrorRecorded)[0].tester == tester_codes.NO_ANSWER
    failure = held.all(Invoked)[0].failure
    assert failure is not None
    assert failure.kind == "timeout"
    assert held.texts == []


def test_a_conversation_that_was_closed_meanwhile_gets_nothing_more(talk: Start) -> None:
    held = talk(HI, ConnectorSettings(escalation=SAYING))
    held.connector.lose(held.conversation, "closed")
    held.say()
    assert held.texts == []
    assert held.all(ConversationEnded)[0].by == "somebody else"
    assert not held.all(Escalated)[0].succeeded


@pytest.mark.parametrize("how", ["closed", "transferred"])
def test_a_conversation_that_was_taken_away_is_not_escalated_where_the_function_fails_too(
    talk: Start, how: Lost
) -> None:
    held = talk(lambda _: Failure(kind="function"), ConnectorSettings(escalation=SAYING))
    held.connector.lose(held.conversation, how)
    held.say()
    assert (held.codes, held.texts) == (["aivendor.faas.invoke-lambda"], [])
    assert not held.all(Escalated)[0].succeeded
    assert held.connector.fate(held.conversation) == how


# ---- the bot's state -------------------------------------------------------------------------------------------


def test_a_function_that_cannot_be_reached_interrupts_the_bot_until_it_can(talk: Start) -> None:
    held = talk(lambda _: Failure(kind="gateway", message="503"))
    held.say()
    assert held.connector.state == "Vendor Interruption"
    assert held.codes == ["aivendor.faas.failed-faas-request"]
    held.bot.functions = {"function": lambda _: HI}

    held.open()
    assert held.codes[-1] == "aivendor.faas.testConnection"
    assert not held.connector.holds(held.conversation)

    held.clock.advance(60)
    assert held.connector.due() == held.clock()
    held.open()
    held.say()
    assert held.texts == ["Hi"]
    states = [(change.before, change.after) for change in held.all(StateChanged)]
    assert states == [("Online", "Vendor Interruption"), ("Vendor Interruption", "Online")]
    assert [change.why for change in held.all(StateChanged)] == [
        "the function does not answer a probe: 503",
        "the function answers",
    ]


def test_a_function_that_throws_does_not_interrupt_the_bot(talk: Start) -> None:
    held = talk(lambda _: Failure(kind="function"))
    held.say()
    assert held.connector.state == "Online"
    assert len(held.bot.calls) == 1


def test_the_probe_is_repeated_each_minute(talk: Start) -> None:
    held = talk(lambda _: Failure(kind="gateway"))
    assert talk(HI).connector.check_health() == []
    held.connector.check_health()
    for _ in range(3):
        held.clock.advance(59)
        assert held.connector.tick() == []
        held.clock.advance(1)
        held.connector.tick()
    assert len(held.bot.calls) == 4
    assert held.connector.state == "Vendor Interruption"


def test_the_thousandth_conversation_is_escalated_and_does_not_count(talk: Start) -> None:
    held = talk(HI)
    for _ in range(998):
        held.connector.open()
    held.open()
    assert held.codes == ["pipes.conversation-limit-checker.max-conv-limit-reached"]
    held.connector.close(next(iter(held.connector._conversations)))
    held.events = []
    held.open()
    assert held.codes == []


def test_conversations_do_not_disturb_one_another(talk: Start) -> None:
    held = talk(echo)
    first = held.conversation
    held.open()
    held.say("two")
    held.conversation = first
    held.say("one")
    assert [event.conversation == first for event in held.all(Sent)] == [False, True]


def test_a_command_of_the_public_api_sends_without_asking_the_function(talk: Start) -> None:
    held = talk(HI)
    held.events += held.connector.command(held.conversation, {"messages": ["from outside"]})
    held.events += held.connector.command(held.conversation, {"context": {"action": "CLOSE_CONVERSATION"}})
    held.events += held.connector.command(held.conversation, {"messages": ["too late"]})
    assert held.bot.calls == []
    assert held.texts == ["from outside"]
    assert held.codes == ["public-api.execution-failed"]
    assert held.all(Escalated) == []
