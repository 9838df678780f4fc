"""The form of an assumption; the table of all is `faasctl.facts.assumptions`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """`source` is the section that names the gap, or `ours` where the gap is first named here."""

    unknown: str
    assumed: str
    used_in: str
    source: str
