"""A conversation as lines for a person: who said what, and what happened besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from faasctl.conversation import connector_events as events
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
from faasctl.conversation.scenarios.offers import offers_of
from faasctl.conversation.scenarios.turns import titles
from faasctl.durations import show_duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from faasctl.conversation.connector_events import ConnectorEvent
    from faasctl.conversation.invoker import Failure
    from faasctl.conversation.scenarios.results import ScenarioResult

Who = Literal["consumer", "bot", "note", "log", "error", "difference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`who` it is of; a note is what happens besides, a difference what is not as expected."""

    who: Who
    text: str


def transcript(result: ScenarioResult) -> list[Line]:
    """The whole conversation of a scenario; differences stand below the step they belong to."""
    lines = list(_lines(result.opening))
    for step in result.steps:
        lines.append(Line(who="consumer", text=step.title))
        lines.extend(_lines(step.events))
        lines.extend(Line(who="difference", text=str(difference)) for difference in step.differences)
    if result.error is not None:
        lines.append(Line(who="error", text=result.error.message))
    return lines


def _lines(happened: Iterable[ConnectorEvent]) -> Iterator[Line]:
    for event in happened:
        yield from _of(event)


def _of(event: ConnectorEvent) -> Iterator[Line]:  # noqa: C901 - one case an event
    match event:
        case events.Sent():
            yield from _sent(event)
        case events.Waited():
            yield Line(who="note", text=f"{'types' if event.typing else 'waits'} for {event.seconds} s")
        case events.Invoked():
            for entry in event.logs:
                yield Line(who="log", text=entry.as_text())
            if event.failure is not None:
                yield Line(who="error", text=f"the function failed: {_failed(event.failure)}")
            else:
                yield Line(who="note", text=f"the function answered in {show_duration(event.duration)}")
        case events.HookRan():
            for entry in event.logs:
                yield Line(who="log", text=entry.as_text())
            failed = f" failed: {_failed(event.failure)}" if event.failure else " ran"
            yield Line(who="error" if event.failure else "note", text=f"the {event.role}-hook{failed}")
        case events.ProblemFound():
            codes = ", ".join((event.problem.rule, *event.problem.codes))
            yield Line(who="note", text=f"{event.problem.severity}: {event.problem} ({codes})")
        case events.IntentRecorded():
            yield Line(who="note", text=f"intent {event.intent.id} ({event.intent.confidence:g})")
        case events.Dropped():
            yield Line(who="note", text=f"a message is dropped: {event.problem}")
        case events.RateLimited():
            yield Line(who="note", text="the spam guard swallows it")
        case events.NotForwarded():
            yield Line(who="note", text=f"not passed on: {event.why}")
        case events.ActionDone():
            failed = f", which failed: {event.failure.message}" if event.failure else ""
            yield Line(who="note", text=_action(event) + failed)
        case events.ErrorRecorded():
            yield Line(who="error", text=f"{event.error.code}: {event.message}")
        case events.Escalated():
            done = "escalated to" if event.succeeded else "could not be escalated to"
            yield Line(who="note", text=f"{done} {event.skill}")
        case events.StateChanged():
            yield Line(who="note", text=f"the bot is in the state {event.after}: {event.why}")
        case events.ConversationEnded():
            yield Line(who="note", text=f"closed by {event.by}{', with survey' if event.survey else ''}")


def _failed(failure: Failure) -> str:
    return (failure.message or failure.kind) + (failure.origin and f", {failure.origin}")


def _sent(event: events.Sent) -> Iterator[Line]:
    item = event.item
    if isinstance(item, Text):
        yield Line(who="note" if event.by_connector else "bot", text=item.text)
    elif isinstance(item, PrivateText):
        yield Line(who="bot", text=f"(to agents) {item.text}")
    elif isinstance(item, QuickReplies):
        offered = "  ".join(f"[{offer.title}]" for offer in offers_of([event]))
        yield Line(who="bot", text=f"{item.message}  {offered}".strip())
    elif isinstance(item, RichContent):
        told = " · ".join(titles(item.content)) or "without text"
        yield Line(who="bot", text=f"<{item.content.get('type', 'rich content')}> {told}")


def _action(event: events.ActionDone) -> str:
    """What an action did, in a sentence."""
    match event.action:
        case Transfer(skill=skill, agent_id=agent_id):
            if event.to_agent:
                return f"transferred to {skill}, agent {agent_id}"
            wished = f", not to agent {agent_id}" if agent_id is not None else ""
            return f"transferred to {skill}{wished}"
        case CloseConversation(without_survey=without):
            return "closed the conversation" + (", without survey" if without else "")
        case ChangeTtr(ttr=ttr):
            return f"changed the time to response to {ttr}"
        case Invocation(function_uuid=uuid):
            return f"invoked function {uuid}"
