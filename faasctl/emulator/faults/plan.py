"""A fault plan: data, and which fault the next call meets."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal

from faasctl.emulator.faults.services import ROUTES

Kind = Literal[
    "delay",
    "reset",
    "reset-in-answer",
    "truncated",
    "not-json",
    "status",
    "signed-in-elsewhere",
    "deployment-fails",
    "deployment-hangs",
    "deployment-late",
]

REASON = "told to fail by the fault plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong, and where.

    `carried_out`: the call is carried out, and only its answer suffers. Of the calls that match, the first `after`
    are let through, then `times` are hit (None: all), each with `probability`. `seconds` is the length of a delay
    or of a late deployment, `status` the answer's, `retry_after` the header of that name, `reason` of a deployment
    that fails.
    """

    kind: Kind
    method: str | None = None
    service: str | None = None
    path: str | None = None
    carried_out: bool = False
    times: int | None = None
    after: int = 0
    probability: float = 1.0
    seconds: float = 0.0
    status: int = 503
    retry_after: str | None = None
    code: str | None = None
    reason: str = REASON

    def matches(self, method: str, path: str) -> bool:
        """`path` may hold * for any characters."""
        if self.method is not None and self.method != method:
            return False
        if self.kind.startswith("deployment-") and method not in ("POST", "PATCH"):
            return False
        if self.service is not None and not re.fullmatch(ROUTES[self.service], path):
            return False
        return self.path is None or fnmatchcase(path, self.path)


@dataclass(slots=True)
class _Counted:
    fault: Fault
    random: random.Random
    matched: int = 0
    hit: int = 0

    def strikes(self) -> bool:
        """Counts a call that matches, and says whether it is hit."""
        self.matched += 1
        fault = self.fault
        if self.matched <= fault.after or (fault.times is not None and self.hit >= fault.times):
            return False
        if fault.probability < 1.0 and self.random.random() >= fault.probability:
            return False
        self.hit += 1
        return True


@dataclass(slots=True)
class FaultPlan:
    """The faults of one account; the first that strikes is met. `seed` makes probabilities repeatable."""

    seed: int = 0
    faults: tuple[Fault, ...] = ()
    _counted: list[_Counted] = field(init=False)

    def __post_init__(self) -> None:
        self._counted = [
            _Counted(fault, random.Random(f"{self.seed}:{number}"))  # noqa: S311 - no secret comes of it
            for number, fault in enumerate(self.faults)
        ]

    def next_fault(self, method: str, path: str) -> Fault | None:
        """The fault that this call meets."""
        matching = [counted for counted in self._counted if counted.fault.matches(method, path)]
        return next((counted.fault for counted in matching if counted.strikes()), None)

    def counts(self) -> list[dict[str, Any]]:
        """How many calls each fault matched, and how many it hit, in the plan's order."""
        return [{"matched": counted.matched, "hit": counted.hit} for counted in self._counted]


class FaultPlans:
    """The plans of all accounts. They live as long as the emulator: one that starts anew has none."""

    def __init__(self) -> None:
        self._plans: dict[str, FaultPlan] = {}

    def of(self, account: str) -> FaultPlan | None:
        return self._plans.get(account)

    def put(self, account: str, plan: FaultPlan) -> None:
        self._plans[account] = plan

    def remove(self, account: str) -> None:
        self._plans.pop(account, None)
