"""A line that a function logged, as the platform tells it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """A line that a function logged; `timestamp` is Unix time in milliseconds (functions-api §7.2)."""

    level: str
    message: str
    extras: tuple[Any, ...] = ()
    timestamp: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "message": self.message,
            "extras": list(self.extras),
            "timestamp": self.timestamp,
        }

    def as_text(self) -> str:
        """`Info: message`, and the extras as JSON behind it."""
        extras = "".join(f" {json.dumps(extra, ensure_ascii=False)}" for extra in self.extras)
        return f"{self.level}: {self.message}{extras}"
