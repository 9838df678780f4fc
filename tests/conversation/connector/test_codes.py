"""Every code of third-party-bots §5.1 comes of a conversation that produces it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.conversation.connector_events import ErrorRecorded, Escalated
from faasctl.conversation.connector_settings import ConnectorSettings
from faasctl.conversation.consumer import Arrival
from faasctl.conversation.invoker import Failure
from faasctl.facts import connector_errors
from faasctl.facts.connector_errors import PIPELINE, PREFIX, ConnectorError
from tests.conversation.connector.bots import UUID, act

if TYPE_CHECKING:
    from tests.conversation.connector.conftest import Start, Talk

MESSAGING = ConnectorSettings(skills=("Human Agents", "Billing"), image_hosts=("cdn.example.com",))
CHAT = ConnectorSettings(conversation="chat", skills=("Human Agents", "Billing"), image_hosts=("cdn.example.com",))


def _failing(kind: Any) -> Callable[[Any], Failure]:
    return lambda _: Failure(kind=kind, message="it broke")


def _alone(action: str, **parameters: Any) -> dict[str, Any]:
    return {"context": {"action": action, "actionParameters": parameters}}


def _image(url: str) -> dict[str, Any]:
    element = {"type": "image", "url": url, "tooltip": "a"}
    return {"messages": [{"structuredContent": {"type": "vertical", "elements": [element]}}]}


def _quick_replies() -> dict[str, Any]:
    click = {"actions": [{"type": "publishText", "text": "yes"}]}
    replies = [{"type": "button", "title": "Yes", "click": click}]
    content = {"type": "quickReplies", "itemsPerRow": 8, "replies": replies}
    return {"messages": [{"structuredContent": {"message": "Pick", "quickReplies": content}}]}


Make = Callable[["Start"], "Talk"]


def _says(answer: Any, settings: ConnectorSettings = MESSAGING, **more: Any) -> Make:
    def make(start: Start) -> Talk:
        made = start(answer, settings, **more)
        made.say()
        return made

    return make


def _lost(answer: Any, how: Any, settings: ConnectorSettings = MESSAGING) -> Make:
    def make(start: Start) -> Talk:
        hears_welcome = settings.is_chat
        made = start(answer, settings, is_open=False)
        if hears_welcome:
            made.bot.functions = {"function": lambda _: {"messages": ["Hi"]}}
        made.open()
        made.bot.functions = {"function": lambda _: answer}
        made.connector.lose(made.conversation, how)
        made.say()
        return made

    return make


def _broken(start: Start) -> Talk:
    made = start({"messages": ["never"]})
    made.connector.break_with(made.conversation, PIPELINE)
    made.say()
    return made


def _interrupted(start: Start) -> Talk:
    made = start(_failing("gateway"))
    made.events += made.connector.check_health()
    made.say()
    return made


def _command(start: Start) -> Talk:
    made = start({"messages": ["Hi"]}, MESSAGING)
    made.events += made.connector.command(made.conversation, _alone("TRANSFER", skill="Nobody"))
    return made


ATTRIBUTES = ConnectorSettings(engagement_attributes=True)
CONVERSATIONS: dict[str, tuple[ConnectorError, Make]] = {
    "the function throws": (connector_errors.INVOKE_LAMBDA, _says(_failing("function"))),
    "the function runs over": (connector_errors.INVOKE_LAMBDA, _says(_failing("timeout"))),
    "the quota is used up": (connector_errors.INVOKE_LAMBDA, _says(_failing("quota"))),
    "the gateway breaks": (connector_errors.FAILED_FAAS_REQUEST, _says(_failing("gateway"))),
    "the function is not deployed": (connector_errors.FAILED_FAAS_REQUEST, _says(_failing("not-deployed"))),
    "the function answers nothing": (connector_errors.MISSING_RESPONSE_BODY, _says(lambda _: None)),
    "the pre hook throws": (
        connector_errors.FAILED_HOOK,
        _says({"messages": ["Hi"]}, others={"pre": _failing("function")}),
    ),
    "the post hook throws": (
        connector_errors.FAILED_HOOK,
        _says({"messages": ["Hi"]}, others={"post": _failing("function")}),
    ),
    "the invoked function fails": (
        connector_errors.FAILED_BOT_ACTION,
        _says(act("INVOCATION", lambdaUuid=UUID, payload={}, failOnError=True)),
    ),
    "the bot is interrupted": (connector_errors.TEST_CONNECTION, _interrupted),
    "alternative intents are malformed": (
        connector_errors.MALFORMED_ALTERNATIVE_INTENTS,
        _says({"messages": ["Hi"], "context": {"alternativeIntents": [{"intentId": 1}]}}),
    ),
    "an image's host is not listed": (
        connector_errors.MESSAGING_SEND_MESSAGE,
        _says(_image("https://elsewhere.example.org/a.png")),
    ),
    "the same in a chat": (
        connector_errors.CHAT_SEND_MESSAGE,
        _says(_image("https://elsewhere.example.org/a.png"), CHAT),
    ),
    "it is closed before the bot closes it": (
        connector_errors.MESSAGING_END_CONVERSATION,
        _lost(_alone("CLOSE_CONVERSATION"), "closed"),
    ),
    "the same in a chat's end": (
        connector_errors.CHAT_END_CONVERSATION,
        _lost(_alone("CLOSE_CONVERSATION"), "transferred", CHAT),
    ),
    "the time to response is unknown": (
        connector_errors.CHANGE_TTR,
        _says(act("CHANGE_TTR", ttrType="SUPER")),
    ),
    "a transfer fails": (
        connector_errors.MESSAGING_TRANSFER_TO_SKILL,
        _says(act("TRANSFER", skill="Billing"), ConnectorSettings(failing_skills=("Billing",))),
    ),
    "no agent is free in a chat": (
        connector_errors.CHAT_TRANSFER_TO_SKILL,
        _says(
            act("TRANSFER", skill="Billing"),
            ConnectorSettings(conversation="chat", failing_skills=("Billing",)),
        ),
    ),
    "the conversation is closed meanwhile": (
        connector_errors.CONVERSATION_CLOSED,
        _lost({"messages": ["Hi"]}, "closed"),
    ),
    "the conversation is transferred meanwhile": (
        connector_errors.AGENT_NOT_AUTHORIZED,
        _lost({"messages": ["Hi"]}, "transferred"),
    ),
    "the skill does not exist": (
        connector_errors.MESSAGING_SKILL_NOT_EXISTING,
        _says(act("TRANSFER", skill="billing"), MESSAGING),
    ),
    "the same skill in a chat": (
        connector_errors.CHAT_SKILL_NOT_EXISTING,
        _says(act("TRANSFER", skill="billing"), CHAT),
    ),
    "neither message nor action": (connector_errors.MISSING_ACTION_AND_MESSAGES, _says({})),
    "an unknown action alone": (connector_errors.UNSUPPORTED_ACTION, _says({"context": {"action": "DANCE"}})),
    "quick replies in a chat": (connector_errors.QUICK_REPLIES_NOT_SUPPORTED, _says(_quick_replies(), CHAT)),
    "too many conversations": (
        connector_errors.MAX_CONVERSATIONS,
        _says({"messages": ["Hi"]}, ConnectorSettings(other_conversations=999)),
    ),
    "the platform breaks": (connector_errors.PIPELINE, _broken),
    "the visitor has no session": (
        connector_errors.NO_VISITOR_SESSION,
        _says({"messages": ["Hi"]}, ATTRIBUTES, arrival=Arrival(visitor_session=False)),
    ),
    "the visitor has no attributes": (
        connector_errors.NO_ENGAGEMENT_ATTRIBUTES,
        _says({"messages": ["Hi"]}, ATTRIBUTES),
    ),
    "a command of the Public API fails": (connector_errors.PUBLIC_API, _command),
}


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_conversation_produces_the_code(name: str, talk: Start) -> None:
    error, make = CONVERSATIONS[name]
    assert make(talk).codes == [error.code.removeprefix(PREFIX)]


def test_no_code_is_left_out() -> None:
    known = {value for value in vars(connector_errors).values() if isinstance(value, ConnectorError)}
    assert {error.code for error in known} == {error.code for error, _ in CONVERSATIONS.values()}


_GOES_ON = {
    connector_errors.NO_VISITOR_SESSION.code,
    connector_errors.NO_ENGAGEMENT_ATTRIBUTES.code,
    connector_errors.PUBLIC_API.code,
}
_NOT_THERE = ("meanwhile", "closes it", "chat's end")


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_an_error_gives_the_conversation_to_the_default_skill_as_far_as_the_bot_has_it(
    name: str, talk: Start
) -> None:
    error, make = CONVERSATIONS[name]
    held = make(talk)
    escalations = held.all(Escalated)
    assert [event.escalates for event in held.all(ErrorRecorded)] == [error.code not in _GOES_ON]
    if error.code in _GOES_ON:
        assert escalations == []
    else:
        assert [(event.skill, event.error) for event in escalations] == [("Human Agents", error)]
        assert escalations[0].succeeded is not name.endswith(_NOT_THERE)
