"""What became of a conversation in a step: actions, errors, escalations, intents, its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.conversation.connector_events import (
    ActionDone,
    Dropped,
    Escalated,
    IntentRecorded,
    ProblemFound,
    RateLimited,
)
from faasctl.conversation.replies import ChangeTtr, CloseConversation, Invocation, Transfer
from faasctl.conversation.scenarios.codes import is_code
from faasctl.conversation.scenarios.matching import Difference, part_difference, quoted, shown

if TYPE_CHECKING:
    from faasctl.conversation.scenarios.turns import Turn
    from faasctl.conversation.scenarios.verdicts import Expected


def transfer(expected: Expected, turn: Turn) -> list[Difference]:
    done = [event for event in turn.of(ActionDone) if isinstance(event.action, Transfer)]
    if expected.is_bool or not done:
        return expected.came(bool(done), "a transfer")
    action = done[0].action
    assert isinstance(action, Transfer)  # noqa: S101 - chosen so above
    asked = expected.wanted if isinstance(expected.wanted, dict) else {"skill": expected.wanted}
    if "skill" in asked and asked["skill"] != action.skill:
        return expected.not_so(f"to {quoted(action.skill)}, not to {quoted(asked['skill'])}")
    if "agent" not in asked:
        return []
    agent = action.agent_id if done[0].to_agent else None
    if isinstance(asked["agent"], bool):
        return expected.came(agent is not None, "a transfer to an agent", part="agent", wanted=asked["agent"])
    if agent == asked["agent"]:
        return []
    return expected.not_so(f"to {shown(agent)}, not to {shown(asked['agent'])}", part="agent")


def close(expected: Expected, turn: Turn) -> list[Difference]:
    done = [event.action for event in turn.of(ActionDone) if isinstance(event.action, CloseConversation)]
    if expected.is_bool or not done:
        return expected.came(bool(done), "the closing of the conversation")
    survey = expected.wanted.get("survey")
    if survey is None or survey is not done[0].without_survey:
        return []
    return expected.not_so("no survey follows" if survey else "the survey follows", part="survey")


def ttr(expected: Expected, turn: Turn) -> list[Difference]:
    done = [event.action.ttr for event in turn.of(ActionDone) if isinstance(event.action, ChangeTtr)]
    if expected.is_bool or not done:
        return expected.came(bool(done), "a change of the time to response")
    return [] if expected.wanted in done else expected.not_so(f"{done[0]} is not {expected.wanted}")


def invocation(expected: Expected, turn: Turn) -> list[Difference]:
    done = [event for event in turn.of(ActionDone) if isinstance(event.action, Invocation)]
    if expected.is_bool or not done:
        return expected.came(bool(done), "an invocation of another function")
    asked, event, action = expected.wanted, done[0], done[0].action
    assert isinstance(action, Invocation)  # noqa: S101 - chosen so above
    if "function" in asked and asked["function"] != action.function_uuid:
        return expected.not_so(f"{action.function_uuid} is not {asked['function']}", part="function")
    if "succeeds" in asked and asked["succeeds"] is (event.failure is not None):
        how = f"it failed: {event.failure.message}" if event.failure else "it succeeded"
        return expected.not_so(how, part="succeeds")
    return expected.not_so(part_difference(asked.get("payload", {}), action.payload), part="payload")


def error(expected: Expected, turn: Turn) -> list[Difference]:
    wanted, codes = expected.wanted, [each.error.code for each in turn.errors]
    if expected.is_bool or not codes:
        what = f"the error {wanted}" if isinstance(wanted, str) else "a conversation error"
        return expected.came(bool(codes), what, found=", ".join(codes))
    return (
        []
        if any(is_code(wanted, code) for code in codes)
        else expected.not_so(f"{', '.join(codes)}, not {wanted}")
    )


def escalation(expected: Expected, turn: Turn) -> list[Difference]:
    done = [event for event in turn.of(Escalated) if event.succeeded]
    if expected.is_bool or not done:
        return expected.came(bool(done), "an escalation", found=", ".join(event.error.code for event in done))
    skills = [event.skill for event in done]
    return (
        [] if expected.wanted in skills else expected.not_so(f"to {', '.join(skills)}, not to {expected.wanted}")
    )


def problems(expected: Expected, turn: Turn) -> list[Difference]:
    """Codes that the step names must be among all; false is about errors, not about warnings."""
    found = [event.problem for event in turn.of(ProblemFound)]
    known = [
        *((problem.rule, *problem.codes) for problem in found),
        *((each.error.code, each.tester) for each in turn.errors),
    ]
    if expected.wanted is False:
        found = [problem for problem in found if problem.severity == "error"]
    if expected.is_bool:
        return expected.came(bool(found), "a problem", found="; ".join(map(str, found)))
    missing = [code for code in expected.wanted if not any(is_code(code, one) for codes in known for one in codes)]
    told = "; ".join(f"{problem} ({', '.join((problem.rule, *problem.codes))})" for problem in found) or "nothing"
    return [item for code in missing for item in expected.not_so(f"{code} is not there; found was {told}")]


def intent(expected: Expected, turn: Turn) -> list[Difference]:
    done = turn.of(IntentRecorded)
    if expected.is_bool or not done:
        return expected.came(bool(done), "an intent")
    asked = expected.wanted if isinstance(expected.wanted, dict) else {"id": expected.wanted}
    recorded, others = done[-1].intent, [other.id for other in done[-1].alternatives]
    for name in ("id", "name"):
        if name in asked and asked[name] != getattr(recorded, name):
            return expected.not_so(f"{shown(getattr(recorded, name))} is not {shown(asked[name])}", part=name)
    if recorded.confidence < asked.get("confidence", 0):
        return expected.not_so(f"{recorded.confidence} is less than {asked['confidence']}", part="confidence")
    missing = [each for each in asked.get("alternatives", ()) if each not in others]
    return expected.not_so(f"{', '.join(missing)} is not among them" if missing else None, part="alternatives")


def dropped(expected: Expected, turn: Turn) -> list[Difference]:
    return expected.times(len(turn.of(Dropped)), "a dropped message")


def rate_limited(expected: Expected, turn: Turn) -> list[Difference]:
    return expected.times(len(turn.of(RateLimited)), "a message that the spam guard swallowed")


def conversation(expected: Expected, turn: Turn) -> list[Difference]:
    return [] if turn.fate == expected.wanted else expected.not_so(f"it is {turn.fate}, not {expected.wanted}")


def state(expected: Expected, turn: Turn) -> list[Difference]:
    now = turn.state.lower().replace(" ", "-")
    return [] if now == expected.wanted else expected.not_so(f"{now} is not {expected.wanted}")
