"""What a step expects, held against what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from faasctl.conversation.connector_events import (
    ActionDone,
    Dropped,
    Escalated,
    HookRan,
    IntentRecorded,
    Invoked,
    ProblemFound,
    RateLimited,
)
from faasctl.conversation.replies import (
    ChangeTtr,
    CloseConversation,
    Invocation,
    PrivateText,
    QuickReplies,
    RichContent,
    Transfer,
)
from faasctl.conversation.scenarios.build import seconds_of
from faasctl.conversation.scenarios.codes import is_code
from faasctl.conversation.scenarios.judging_messages import (
    message_difference,
    quick_difference,
    rich_difference,
    show_message,
)
from faasctl.conversation.scenarios.matching import (
    Difference,
    list_differences,
    part_difference,
    quoted,
    shown,
    text_difference,
)
from faasctl.conversation.scenarios.turns import Turn
from faasctl.facts.connector_errors import PUBLIC_API

_MODES = ("any_order", "others", "not")
_EXPECTING_ERRORS = ("error", "escalation")


def judge(expect: Mapping[str, Any], turn: Turn) -> list[Difference]:
    """Everything that is not as expected. A conversation error that no key speaks of is a difference, too."""
    any_order, others = bool(expect.get("any_order")), bool(expect.get("others"))
    differences: list[Difference] = []
    for key, wanted in expect.items():
        if key not in _MODES:
            differences += _JUDGES[key](key, wanted, turn, any_order, others)
    for key, wanted in expect.get("not", {}).items():
        differences += _not(key, wanted, turn)
    unexpected = not any(key in expect or key in expect.get("not", {}) for key in _EXPECTING_ERRORS)
    if unexpected:
        differences = [
            Difference(key="error", message=f"a conversation error: {error.error.code} ({error.message})")
            for error in turn.errors
            if error.escalates or error.error is PUBLIC_API
        ] + differences
    return differences


def _not(key: str, wanted: Any, turn: Turn) -> list[Difference]:
    """Each entry of a list by itself must not be there."""
    entries = wanted if isinstance(wanted, list) else [wanted]
    return [
        Difference(key=f"not.{key}", message=f"{shown(entry)} is there")
        for entry in entries
        if not _JUDGES[key](key, [entry] if isinstance(wanted, list) else entry, turn, True, True)
    ]


_Judge = Callable[[str, Any, Turn, bool, bool], list[Difference]]


def _one(key: str, message: str | None, *, wanted: Any = None, found: Any = None) -> list[Difference]:
    if message is None:
        return []
    return [
        Difference(
            key=key,
            message=message,
            wanted=None if wanted is None else shown(wanted),
            found=None if found is None else shown(found),
        )
    ]


def _texts(key: str, wanted: Any, turn: Turn, any_order: bool, others: bool) -> list[Difference]:
    return _of_kind(key, wanted, turn.texts, text_difference, quoted, any_order, others)


def _text(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    heard = turn.heard
    if any(text_difference(wanted, text) is None for text in heard):
        return []
    if len(heard) == 1:
        return _one(key, text_difference(wanted, heard[0]), wanted=wanted, found=heard[0])
    return _one(key, f"{shown(wanted)} is in none of {', '.join(map(quoted, heard))}" if heard else "no text came")


def _of_kind(
    key: str,
    wanted: Any,
    found: list[Any],
    compare: Callable[[Any, Any], str | None],
    show: Callable[[Any], str],
    any_order: bool,
    others: bool,
) -> list[Difference]:
    """`wanted` is true (some), false (none), a list, or a single one."""
    if wanted is True:
        return [] if found else _one(key, "none came")
    entries = [] if wanted is False else wanted if isinstance(wanted, list) else [wanted]
    single = not isinstance(wanted, (list, bool))
    return list_differences(
        key,
        entries,
        found,
        compare,
        show=show,
        any_order=any_order,
        others=(others or single) and wanted is not False,
    )


def _messages(key: str, wanted: Any, turn: Turn, any_order: bool, others: bool) -> list[Difference]:
    found = turn.messages
    return list_differences(
        key, wanted, found, message_difference, show=show_message, any_order=any_order, others=others
    )


def _rich(key: str, wanted: Any, turn: Turn, any_order: bool, others: bool) -> list[Difference]:
    found = [item for item in turn.messages if isinstance(item, RichContent)]
    return _of_kind(key, wanted, found, rich_difference, show_message, any_order, others)


def _quick(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    found = [item for item in turn.messages if isinstance(item, QuickReplies)]
    if isinstance(wanted, bool):
        return _of_kind(key, wanted, found, quick_difference, show_message, False, False)
    if len(found) == 1:
        return _one(key, quick_difference(wanted, found[0]), wanted=wanted)
    if any(quick_difference(wanted, item) is None for item in found):
        return []
    return _one(key, "no quick replies came" if not found else "none of the quick replies is so", wanted=wanted)


def _private(key: str, wanted: Any, turn: Turn, any_order: bool, others: bool) -> list[Difference]:
    found = [item.text for item in turn.messages if isinstance(item, PrivateText)]
    return _of_kind(key, wanted, found, text_difference, quoted, any_order, others)


def _transfer(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    done = [event for event in turn.of(ActionDone) if isinstance(event.action, Transfer)]
    if isinstance(wanted, bool) or not done:
        return _there(key, bool(wanted), bool(done), "a transfer")
    action = done[0].action
    assert isinstance(action, Transfer)  # noqa: S101 - chosen so above
    asked = wanted if isinstance(wanted, dict) else {"skill": wanted}
    if "skill" in asked and asked["skill"] != action.skill:
        return _one(key, f"to {quoted(action.skill)}, not to {quoted(asked['skill'])}")
    if "agent" in asked:
        agent = action.agent_id if done[0].to_agent else None
        if isinstance(asked["agent"], bool):
            return _there(f"{key}.agent", asked["agent"], agent is not None, "a transfer to an agent")
        if agent != asked["agent"]:
            return _one(f"{key}.agent", f"to {shown(agent)}, not to {shown(asked['agent'])}")
    return []


def _close(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    done = [event.action for event in turn.of(ActionDone) if isinstance(event.action, CloseConversation)]
    if isinstance(wanted, bool) or not done:
        return _there(key, bool(wanted), bool(done), "the closing of the conversation")
    if "survey" in wanted and wanted["survey"] is done[0].without_survey:
        return _one(f"{key}.survey", "the survey follows" if not wanted["survey"] else "no survey follows")
    return []


def _ttr(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    done = [event.action.ttr for event in turn.of(ActionDone) if isinstance(event.action, ChangeTtr)]
    if isinstance(wanted, bool) or not done:
        return _there(key, bool(wanted), bool(done), "a change of the time to response")
    return [] if wanted in done else _one(key, f"{done[0]} is not {wanted}")


def _invocation(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    done = [event for event in turn.of(ActionDone) if isinstance(event.action, Invocation)]
    if isinstance(wanted, bool) or not done:
        return _there(key, bool(wanted), bool(done), "an invocation of another function")
    event, action = done[0], done[0].action
    assert isinstance(action, Invocation)  # noqa: S101 - chosen so above
    if "function" in wanted and wanted["function"] != action.function_uuid:
        return _one(f"{key}.function", f"{action.function_uuid} is not {wanted['function']}")
    if "succeeds" in wanted and wanted["succeeds"] is (event.failure is not None):
        return _one(f"{key}.succeeds", f"it failed: {event.failure.message}" if event.failure else "it succeeded")
    return _one(f"{key}.payload", part_difference(wanted.get("payload", {}), action.payload))


def _error(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    codes = [error.error.code for error in turn.errors]
    if isinstance(wanted, bool) or not codes:
        what = f"the error {wanted}" if isinstance(wanted, str) else "a conversation error"
        return _there(key, bool(wanted), bool(codes), what, found=", ".join(codes))
    return [] if any(is_code(wanted, code) for code in codes) else _one(key, f"{', '.join(codes)}, not {wanted}")


def _escalation(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    done = [event for event in turn.of(Escalated) if event.succeeded]
    if isinstance(wanted, bool) or not done:
        return _there(key, bool(wanted), bool(done), "an escalation", found=", ".join(e.error.code for e in done))
    skills = [event.skill for event in done]
    return [] if wanted in skills else _one(key, f"to {', '.join(skills)}, not to {wanted}")


def _problems(key: str, wanted: Any, turn: Turn, any_order: bool, others: bool) -> list[Difference]:
    """Codes that the step names must be among all; false is about errors, not about warnings."""
    found = [event.problem for event in turn.of(ProblemFound)]
    known = [
        *((problem.rule, *problem.codes) for problem in found),
        *((error.error.code, error.tester) for error in turn.errors),
    ]
    if wanted is False:
        found = [problem for problem in found if problem.severity == "error"]
    if isinstance(wanted, bool):
        return _there(key, wanted, bool(found), "a problem", found="; ".join(map(str, found)))
    missing = [code for code in wanted if not any(is_code(code, one) for codes in known for one in codes)]
    told = "; ".join(f"{problem} ({', '.join((problem.rule, *problem.codes))})" for problem in found) or "nothing"
    return [item for code in missing for item in _one(key, f"{code} is not there; found was {told}")]


def _intent(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    done = turn.of(IntentRecorded)
    if isinstance(wanted, bool) or not done:
        return _there(key, bool(wanted), bool(done), "an intent")
    intent, asked = done[-1].intent, wanted if isinstance(wanted, dict) else {"id": wanted}
    for name in ("id", "name"):
        if name in asked and asked[name] != getattr(intent, name):
            return _one(f"{key}.{name}", f"{shown(getattr(intent, name))} is not {shown(asked[name])}")
    if intent.confidence < asked.get("confidence", 0):
        return _one(f"{key}.confidence", f"{intent.confidence} is less than {asked['confidence']}")
    missing = [
        one for one in asked.get("alternatives", ()) if one not in [other.id for other in done[-1].alternatives]
    ]
    return _one(f"{key}.alternatives", f"{', '.join(missing)} is not among them" if missing else None)


def _logs(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    found = turn.logs
    if isinstance(wanted, bool):
        return _there(key, wanted, bool(found), "a log entry")

    def compare(want: Any, entry: Any) -> str | None:
        level = want.get("level") if isinstance(want, dict) else None
        return (
            text_difference(want, entry.message) if level in (None, entry.level) else f"the level is {entry.level}"
        )

    show: Callable[[Any], str] = lambda entry: f"{entry.level} {quoted(entry.message)}"  # noqa: E731
    return list_differences(key, wanted, found, compare, show=show, any_order=True, others=True)


def _latency(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    from faasctl.durations import show_duration

    longest = max(turn.durations, default=0.0)
    if longest <= seconds_of(wanted):
        return []
    return _one(key, f"the function took {show_duration(longest)}, more than {wanted}")


def _silence(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    told = ", ".join(map(quoted, turn.heard)) or "messages"
    return _there(key, bool(wanted), turn.is_silent, "silence", found=f"the consumer got {told}" if wanted else "")


def _count(key: str, wanted: Any, found: int, what: str) -> list[Difference]:
    if isinstance(wanted, bool):
        return _there(key, wanted, found > 0, what)
    return [] if wanted == found else _one(key, f"{found}, not {wanted}")


def _dropped(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    return _count(key, wanted, len(turn.of(Dropped)), "a dropped message")


def _rate_limited(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    return _count(key, wanted, len(turn.of(RateLimited)), "a message that the spam guard swallowed")


def _invoked(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    return _count(key, wanted, len(turn.of(Invoked)), "a call of the function")


def _part_of_any(key: str, wanted: Any, found: list[Any], nothing: str) -> list[Difference]:
    differences = [part_difference(wanted, value) for value in found]
    if None in differences:
        return []
    return _one(
        key, differences[-1] if differences else nothing, wanted=wanted, found=found[-1] if found else None
    )


def _payload(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    return _part_of_any(key, wanted, [event.payload for event in turn.of(Invoked)], "the function was not called")


def _reply(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    replies = [event.reply for event in turn.of(Invoked) if event.failure is None]
    return _part_of_any(key, wanted, replies, "the function gave no reply")


def _metadata(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    found = [list(getattr(item, "metadata", ())) for item in turn.messages]
    return _part_of_any(key, wanted if isinstance(wanted, list) else [wanted], found, "no message came")


def _hooks(key: str, wanted: Any, turn: Turn, _: bool, others: bool) -> list[Difference]:
    ran: list[str] = [event.role for event in turn.of(HookRan)]
    if isinstance(wanted, bool):
        return _there(key, wanted, bool(ran), "a hook")
    if others:
        return [] if all(role in ran for role in wanted) else _one(key, f"{ran} ran")
    return [] if ran == wanted else _one(key, f"{', '.join(ran) or 'none'} ran, not {', '.join(wanted) or 'none'}")


def _error_hook(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    payloads = [event.payload for event in turn.of(HookRan) if event.role == "error"]
    if isinstance(wanted, bool):
        return _there(key, wanted, bool(payloads), "a call of the error hook")
    return _part_of_any(key, wanted, payloads, "the error hook was not called")


def _conversation(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    return [] if turn.fate == wanted else _one(key, f"it is {turn.fate}, not {wanted}")


def _state(key: str, wanted: Any, turn: Turn, _: bool, __: bool) -> list[Difference]:
    state = turn.state.lower().replace(" ", "-")
    return [] if state == wanted else _one(key, f"{state} is not {wanted}")


def _there(key: str, wanted: bool, there: bool, what: str, *, found: str = "") -> list[Difference]:
    if wanted is there:
        return []
    told = f": {found}" if found else ""
    return _one(key, f"{what} did not come{told}" if wanted else f"{what} came{told}")


_JUDGES: Mapping[str, _Judge] = {
    "texts": _texts,
    "text": _text,
    "messages": _messages,
    "rich_content": _rich,
    "quick_replies": _quick,
    "private": _private,
    "transfer": _transfer,
    "close": _close,
    "ttr": _ttr,
    "invocation": _invocation,
    "error": _error,
    "escalation": _escalation,
    "problems": _problems,
    "intent": _intent,
    "logs": _logs,
    "latency": _latency,
    "silence": _silence,
    "dropped": _dropped,
    "rate_limited": _rate_limited,
    "invoked": _invoked,
    "payload": _payload,
    "reply": _reply,
    "metadata": _metadata,
    "hooks": _hooks,
    "error_hook": _error_hook,
    "conversation": _conversation,
    "state": _state,
}
