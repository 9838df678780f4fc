"""Times as the platform writes them (functions-api §3)."""

from __future__ import annotations

from datetime import datetime, timezone


def iso(seconds: float) -> str:
    """`2025-11-20T09:00:00.000Z` for Unix time in seconds."""
    moment = datetime.fromtimestamp(seconds, tz=timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
