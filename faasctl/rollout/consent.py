"""The consent to the data disclaimer: a person's decision, never the program's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Who agreed, and on which day."""

    by: str
    on: date
