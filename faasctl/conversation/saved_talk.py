"""A conversation that was held, as a scenario of the same form as those in scenario files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from faasctl.conversation.connector_events import (
    ActionDone,
    ConnectorEvent,
    ErrorRecorded,
    Escalated,
    IntentRecorded,
    Sent,
)
from faasctl.conversation.consumer import (
    Clicked,
    ConsumerEvent,
    OtherEvent,
    Said,
    SentFile,
    SentPayload,
    SentRichContent,
)
from faasctl.conversation.offers import offers_of
from faasctl.conversation.replies import (
    ChangeTtr,
    CloseConversation,
    Invocation,
    PrivateText,
    QuickReplies,
    RichContent,
    Text,
    Transfer,
)
from faasctl.conversation.scenarios.turns import titles
from faasctl.conversation.scenarios.variables import escaped
from faasctl.facts.connector_errors import PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]


@dataclass(kw_only=True, slots=True)
class HeldTurn:
    """What the consumer did, in the words of a scenario's step, and all that came of it."""

    step: Json
    events: list[ConnectorEvent] = field(default_factory=list)


def step_of(what: ConsumerEvent) -> Json:
    """The step in which a consumer does this again."""
    match what:
        case Said(text=text, metadata=metadata):
            return {"says": text} | ({"metadata": [dict(item) for item in metadata]} if metadata else {})
        case Clicked(text=text, metadata=metadata):
            said: Json = {"says": text}
            return said | ({"metadata": [dict(item) for item in metadata]} if metadata else {})
        case SentFile(path=path, file_type=file_type, caption=caption):
            return {"sends_file": {"path": path, "type": file_type} | ({"caption": caption} if caption else {})}
        case SentRichContent(content=content):
            return {"sends_rich": dict(content)}
        case SentPayload(payload=payload):
            return {"sends_payload": payload}
        case OtherEvent(type=kind):
            return {"sends_event": kind}


def scenario_of(name: str, turns: Sequence[HeldTurn], *, setup: Mapping[str, Any]) -> Json:
    """The whole as one scenario, which expects what happened."""
    steps = [{**turn.step, "expect": expectations(turn.events)} for turn in turns]
    scenario: Json = escaped({"name": name, **({"setup": dict(setup)} if setup else {}), "steps": steps})
    return scenario


def expectations(events: Iterable[ConnectorEvent]) -> Json:
    """What a step expects so that exactly these messages, actions and errors will do."""
    events = list(events)
    items = [event.item for event in events if isinstance(event, Sent) and not event.by_connector]
    expect: Json = {}
    texts = [{"equals": item.text} for item in items if isinstance(item, Text)]
    if texts:
        expect["texts"] = texts
    rich = [_rich(item) for item in items if isinstance(item, RichContent)]
    if rich:
        expect["rich_content"] = rich[0] if len(rich) == 1 else rich
    replies = [item for item in items if isinstance(item, QuickReplies)]
    if replies:
        offered = [offer.title for item in replies for offer in offers_of(item)]
        expect["quick_replies"] = {"message": replies[0].message, "titles": offered}
    private = [item.text for item in items if isinstance(item, PrivateText)]
    if private:
        expect["private"] = private
    for event in events:
        expect |= _of_event(event)
    return expect or {"silence": True}


def _rich(item: RichContent) -> Json:
    buttons = titles(item.content, buttons_only=True)
    return {"type": str(item.content.get("type", ""))} | ({"buttons": buttons} if buttons else {})


def _of_event(event: ConnectorEvent) -> Json:
    match event:
        case ActionDone(action=Transfer(skill=skill, agent_id=agent_id), to_agent=to_agent):
            return {"transfer": {"skill": skill, "agent": agent_id} if to_agent else skill}
        case ActionDone(action=CloseConversation(without_survey=without)):
            return {"close": {"survey": not without}}
        case ActionDone(action=ChangeTtr(ttr=ttr)):
            return {"ttr": ttr}
        case ActionDone(action=Invocation(function_uuid=uuid, payload=payload), failure=failure):
            return {"invocation": {"function": uuid, "payload": payload, "succeeds": failure is None}}
        case ErrorRecorded(error=error):
            return {"error": error.code.removeprefix(PREFIX)}
        case Escalated(succeeded=True, skill=skill):
            return {"escalation": skill}
        case IntentRecorded(intent=intent):
            return {"intent": intent.id}
    return {}
