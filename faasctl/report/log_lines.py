"""Log entries that the platform kept, as lines and as JSON."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from faasctl.report.streams import printable

if TYPE_CHECKING:
    from faasctl.liveperson.model import KeptEntry


def kept_text(kept: KeptEntry) -> str:
    """`2026-11-20T09:00:00.000Z Info: message extras`, without what would steer a terminal."""
    return f"{utc(kept.entry.timestamp)} {printable(kept.entry.as_text())}"


def kept_json(kept: KeptEntry) -> dict[str, Any]:
    return {"time": utc(kept.entry.timestamp), **kept.entry.as_json(), "request_id": kept.request_id}


def utc(milliseconds: int) -> str:
    """Unix time in milliseconds as `2026-11-20T09:00:00.000Z`; as a number where the calendar ends."""
    try:
        moment = datetime.fromtimestamp(milliseconds // 1000, tz=timezone.utc)
    except (ValueError, OverflowError, OSError):
        return str(milliseconds)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03d}Z"
