"""Invocations by time and outcome, as a table for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_COLUMNS = {
    "succeeded": "succeeded",
    "coding_failure": "function failed",
    "timeout": "timed out",
    "platform_failure": "platform failed",
    "unknown": "unknown",
}
_TIME_WIDTH = len("2026-11-20 09:00")


def metrics_table(name: str, result: Mapping[str, Any]) -> str:
    """The spans in which the function was invoked, and the sum; times are UTC."""
    shown = [bucket for bucket in result["buckets"] if any(bucket[key] for key in _COLUMNS)]
    if not shown:
        return f"{name} was not invoked since {_minute(result['from'])} UTC"
    lines = [_line("from (UTC)", _COLUMNS)]
    lines += [_line(_minute(bucket["from"]), {key: bucket[key] for key in _COLUMNS}) for bucket in shown]
    lines.append(_line("total", {key: result["total"][key] for key in _COLUMNS}))
    return "\n".join(lines)


def _line(head: str, values: Mapping[str, object]) -> str:
    cells = [f"{values[key]!s:>{len(title)}}" for key, title in _COLUMNS.items()]
    return "  ".join([f"{head:<{_TIME_WIDTH}}", *cells])


def _minute(moment: str) -> str:
    return moment[:_TIME_WIDTH].replace("T", " ")
