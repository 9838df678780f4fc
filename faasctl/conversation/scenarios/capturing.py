"""Values that a scenario takes from what the bot did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from faasctl.conversation.connector_events import Invoked
from faasctl.conversation.scenarios.build import text_of
from faasctl.conversation.scenarios.matching import Difference, quoted

if TYPE_CHECKING:
    from faasctl.conversation.scenarios.turns import Turn

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def captured(name: str, source: Mapping[str, str], turn: Turn) -> tuple[str, Difference | None]:
    """The value, or why there is none."""
    key = f"capture.{name}"
    if "matches" in source:
        for text in turn.heard:
            match = re.search(source["matches"], text, re.DOTALL)
            if match is not None:
                return (match[1] if match.re.groups else match[0]) or "", None
        told = ", ".join(map(quoted, turn.heard)) or "no text"
        return "", Difference(key=key, message=f"{source['matches']} matches none of {told}")
    replies = [event.reply for event in turn.of(Invoked) if event.failure is None]
    for reply in replies:
        found, value = _at(reply, source["path"])
        if found:
            return text_of(value) if isinstance(value, (str, int, float, bool)) else _json(value), None
    return "", Difference(key=key, message=f"the reply has nothing at {source['path']}")


def _at(value: Any, path: str) -> tuple[bool, Any]:
    for match in _STEP.finditer(path):
        key: Any = match[1] if match[1] is not None else int(match[2])
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return False, None
    return True, value


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
