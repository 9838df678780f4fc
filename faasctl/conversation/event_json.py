"""Events of the connector as JSON: `event` names the kind, the other keys are the event's own."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from faasctl.conversation.problems import Problem, place
from faasctl.facts.connector_errors import ConnectorError
from faasctl.log_entry import LogEntry

if TYPE_CHECKING:
    from faasctl.conversation.connector_events import ConnectorEvent

_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def event_json(event: ConnectorEvent) -> dict[str, Any]:
    """`Sent(item=Text(text="Hi"))` is `{"event": "sent", ..., "item": {"kind": "text", "text": "Hi", ...}}`."""
    return {"event": _name(event), **_members(event)}


def _members(value: Any) -> dict[str, Any]:
    return {member.name: _json(member.name, getattr(value, member.name)) for member in fields(value)}


def _json(name: str, value: Any) -> Any:
    if name == "path" and isinstance(value, tuple):
        return place(value)
    if isinstance(value, (Problem, LogEntry)):
        return value.as_json()
    if isinstance(value, ConnectorError):
        return value.code
    if is_dataclass(value):
        return {"kind": _name(value), **_members(value)}
    if name == "duration":
        return round(value, 6)
    if isinstance(value, tuple):
        return [_json("", item) for item in value]
    return value


def _name(value: Any) -> str:
    return _WORD.sub("-", type(value).__name__).lower()
