"""The span of time that a report or an export is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from faasctl.emulator.functions.errors import invalid

if TYPE_CHECKING:
    from starlette.requests import Request

_LONGEST_NUMBER = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Unix times in milliseconds, both included."""

    start: int
    end: int

    @property
    def seconds(self) -> float:
        return (self.end - self.start) / 1000


def read_span(request: Request, *, now: float, default_start: int | None = None) -> Span:
    """From startTimestamp and endTimestamp; an end that is missing or empty is `now` (Unix seconds)."""
    start = _milliseconds(request, "startTimestamp", default_start)
    end = _milliseconds(request, "endTimestamp", int(now * 1000))
    if start > end:
        raise invalid("startTimestamp must not be later than endTimestamp")
    return Span(start=start, end=end)


def _milliseconds(request: Request, name: str, default: int | None) -> int:
    text = request.query_params.get(name)
    if not text and default is not None:
        return default
    if not text or not text.isascii() or not text.isdecimal() or len(text) > _LONGEST_NUMBER:
        raise invalid(f"{name} must be a time in milliseconds")
    return int(text)
