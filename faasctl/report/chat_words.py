"""What happens in a conversation, in words: the same for lines and for drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.conversation.connector_events import (
    ActionDone,
    ConnectorEvent,
    ConversationEnded,
    Dropped,
    ErrorRecorded,
    Escalated,
    Held,
    HookRan,
    IntentRecorded,
    NotForwarded,
    Opened,
    ProblemFound,
    RateLimited,
    StateChanged,
)
from faasctl.conversation.replies import ChangeTtr, CloseConversation, Invocation, Transfer
from faasctl.facts.connector_errors import PREFIX

if TYPE_CHECKING:
    from faasctl.conversation.problems import Problem

_EFFECTS = {"nothing seen": "it is skipped", "message dropped": "the consumer does not get that message"}


def told(event: ConnectorEvent, *, tester: bool = False) -> str | None:
    """A sentence without a full stop; None where there is nothing to say of the event.

    With `tester`, codes are those of the platform's Conversation Tester, where it has one.
    """
    match event:
        case ActionDone():
            return _action(event)
        case ErrorRecorded():
            code = event.tester if tester and event.tester else event.error.code.removeprefix(PREFIX)
            return f"error {code}" + (f": {event.message}" if event.message else "")
        case Escalated():
            return _escalation(event)
        case ProblemFound(problem=problem):
            return _problem(problem, tester=tester)
        case HookRan():
            if event.failure is not None:
                return f"the {event.role} hook failed"
            return f"the {event.role} hook ran" + (", and changed what it got" if event.changed else "")
    return _state(event)


def _state(event: ConnectorEvent) -> str | None:
    match event:
        case Dropped():
            return f"a message is dropped: {event.problem}"
        case RateLimited():
            return "the spam guard swallowed it: more than 4 messages in 2 s"
        case NotForwarded(why=why):
            return f"not passed on: {why}"
        case Held():
            return "waits for more texts, to combine them"
        case IntentRecorded(intent=intent):
            name = f" ({intent.name})" if intent.name else ""
            return f"intent {intent.id}{name}, confidence {intent.confidence:g}"
        case StateChanged():
            return f"the bot is now {event.after}: {event.why}"
        case ConversationEnded(by=by, survey=survey):
            who = by if by == "somebody else" else f"the {by}"
            return f"the conversation was closed by {who}" + ("" if survey else ", without a survey")
        case Opened(transferred=True):
            return "the conversation was transferred to the bot"
    return None


def _action(event: ActionDone) -> str | None:
    match event.action:
        case Transfer(skill=skill, agent_id=agent_id):
            if event.to_agent:
                return f"transfer to agent {agent_id}"
            wished = f" (not to agent {agent_id})" if agent_id is not None else ""
            return f"transfer to the skill {skill}{wished}"
        case ChangeTtr(ttr=ttr):
            return f"time to response: {ttr}"
        case Invocation(function_uuid=uuid):
            ended = f", which failed: {event.failure.message}" if event.failure is not None else ""
            return f"invocation of the function {uuid}{ended}"
        case CloseConversation():
            return None  # the end of the conversation follows


def _escalation(event: Escalated) -> str:
    note = f"; note to the agent: {event.to_agent}" if event.to_agent else ""
    if event.succeeded:
        return f"escalated to the skill {event.skill}{note}"
    return f"the escalation to the skill {event.skill} failed"


def _problem(problem: Problem, *, tester: bool) -> str | None:
    """What is an error of the conversation, or a dropped message, is told as such."""
    if tester:
        code = f" ({problem.tester})" if problem.tester else ""
        return f"{problem.severity}: {problem}{code}"
    if problem.effect in ("escalation", "message dropped"):
        return None
    effect = f": {_EFFECTS[problem.effect]}" if problem.effect else ""
    return f"{problem.severity} in the reply: {problem}{effect}"
