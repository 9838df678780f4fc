"""What was asked of the functions in a step: payloads, replies, hooks, logs, time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.conversation.connector_events import HookRan, Invoked
from faasctl.conversation.scenarios.build import seconds_of
from faasctl.conversation.scenarios.matching import Difference, list_differences, quoted, text_difference

if TYPE_CHECKING:
    from typing import Any

    from faasctl.conversation.scenarios.turns import Turn
    from faasctl.conversation.scenarios.verdicts import Expected
    from faasctl.log_entry import LogEntry


def invoked(expected: Expected, turn: Turn) -> list[Difference]:
    return expected.times(len(turn.of(Invoked)), "a call of the function")


def payload(expected: Expected, turn: Turn) -> list[Difference]:
    payloads = [event.payload for event in turn.of(Invoked)]
    return expected.part_of_any(payloads, "the function was not called")


def reply(expected: Expected, turn: Turn) -> list[Difference]:
    replies = [event.reply for event in turn.of(Invoked) if event.failure is None]
    return expected.part_of_any(replies, "the function gave no reply")


def hooks(expected: Expected, turn: Turn) -> list[Difference]:
    wanted: Any = expected.wanted
    ran: list[str] = [event.role for event in turn.of(HookRan)]
    if expected.is_bool:
        return expected.came(bool(ran), "a hook")
    if expected.others:
        return [] if all(role in ran for role in wanted) else expected.not_so(f"{ran} ran")
    if ran == wanted:
        return []
    return expected.not_so(f"{', '.join(ran) or 'none'} ran, not {', '.join(wanted) or 'none'}")


def error_hook(expected: Expected, turn: Turn) -> list[Difference]:
    payloads = [event.payload for event in turn.of(HookRan) if event.role == "error"]
    if expected.is_bool:
        return expected.came(bool(payloads), "a call of the error hook")
    return expected.part_of_any(payloads, "the error hook was not called")


def logs(expected: Expected, turn: Turn) -> list[Difference]:
    if expected.is_bool:
        return expected.came(bool(turn.logs), "a log entry")
    return list_differences(
        expected.key, expected.wanted, turn.logs, _log_difference, show=_log, any_order=True, others=True
    )


def _log_difference(wanted: Any, entry: LogEntry) -> str | None:
    level = wanted.get("level") if isinstance(wanted, dict) else None
    return (
        text_difference(wanted, entry.message) if level in (None, entry.level) else f"the level is {entry.level}"
    )


def _log(entry: LogEntry) -> str:
    return f"{entry.level} {quoted(entry.message)}"


def latency(expected: Expected, turn: Turn) -> list[Difference]:
    from faasctl.durations import show_duration

    longest = max(turn.durations, default=0.0)
    if longest <= seconds_of(expected.wanted):
        return []
    return expected.not_so(f"the function took {show_duration(longest)}, more than {expected.wanted}")
