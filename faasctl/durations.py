"""Spans of time as people write them: `500ms`, `30s`, `2m`, `1h`, `7d`, or a bare number of seconds."""

from __future__ import annotations

import re

_FORM = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?", re.ASCII)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}


def parse_duration(text: str, *, days: int = 1) -> float:
    """Seconds in `text`; ValueError when it is none, or longer than so many days."""
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a duration; write for example 500ms, 30s or 2m")
    seconds = float(match[1]) * _SECONDS[match[2] or "s"]
    if seconds > days * 86_400:
        raise ValueError(f"{text!r} is longer than {'a day' if days == 1 else f'{days} days'}")
    return seconds


def show_duration(seconds: float) -> str:
    """`38 ms`, `1.24 s`, `2 min 5 s`: three digits at most."""
    if seconds < 0.9995:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 99.95:
        return f"{seconds:.2f} s" if seconds < 9.995 else f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 100:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes} min {rest} s"
