"""What a step expects, held against what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from faasctl.conversation.scenarios import judging_actions as actions
from faasctl.conversation.scenarios import judging_calls as calls
from faasctl.conversation.scenarios import judging_messages as messages
from faasctl.conversation.scenarios.matching import Difference, shown
from faasctl.conversation.scenarios.turns import Turn
from faasctl.conversation.scenarios.verdicts import Expected
from faasctl.facts.connector_errors import PUBLIC_API

_MODES = ("any_order", "others", "not")
_EXPECTING_ERRORS = ("error", "escalation")


def judge(expect: Mapping[str, Any], turn: Turn) -> list[Difference]:
    """Everything that is not as expected. A conversation error that no key speaks of is a difference, too."""
    any_order, others = bool(expect.get("any_order")), bool(expect.get("others"))
    differences: list[Difference] = []
    for key, wanted in expect.items():
        if key not in _MODES:
            differences += _JUDGES[key](Expected(key=key, wanted=wanted, any_order=any_order, others=others), turn)
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
    is_list = isinstance(wanted, list)
    differences = []
    for entry in wanted if is_list else [wanted]:
        expected = Expected(key=key, wanted=[entry] if is_list else entry, any_order=True, others=True)
        if not _JUDGES[key](expected, turn):
            differences.append(Difference(key=f"not.{key}", message=f"{shown(entry)} is there"))
    return differences


_Judge = Callable[[Expected, Turn], list[Difference]]
_JUDGES: Mapping[str, _Judge] = {
    "texts": messages.texts,
    "text": messages.text,
    "messages": messages.messages,
    "rich_content": messages.rich,
    "quick_replies": messages.quick,
    "private": messages.private,
    "transfer": actions.transfer,
    "close": actions.close,
    "ttr": actions.ttr,
    "invocation": actions.invocation,
    "error": actions.error,
    "escalation": actions.escalation,
    "problems": actions.problems,
    "intent": actions.intent,
    "logs": calls.logs,
    "latency": calls.latency,
    "silence": messages.silence,
    "dropped": actions.dropped,
    "rate_limited": actions.rate_limited,
    "invoked": calls.invoked,
    "payload": calls.payload,
    "reply": calls.reply,
    "metadata": messages.metadata,
    "hooks": calls.hooks,
    "error_hook": calls.error_hook,
    "conversation": actions.conversation,
    "state": actions.state,
}
