"""How scenarios ended, as data; reports turn it into text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from faasctl.conversation.connector_events import ConnectorEvent
    from faasctl.conversation.open_conversation import Fate
    from faasctl.conversation.scenarios.matching import Difference
    from faasctl.conversation.scenarios.model import Scenario, Step
    from faasctl.errors import FaasctlError

Status = Literal["passed", "failed", "error", "not-run"]
"""`error`: it could not be run to its end. `not-run`: the run was ended before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """`title` says what the consumer did, with variables filled in.

    `state` is the bot's afterwards, `fate` what has become of the conversation by then.
    """

    step: Step
    title: str
    events: tuple[ConnectorEvent, ...] = ()
    differences: tuple[Difference, ...] = ()
    state: str = "Online"
    fate: Fate = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioResult:
    """`variation` names what was changed, with `--faults`; `repeat` counts from 1. `seconds` is the whole run's.

    `durations` are the seconds of every call of the function. `opening` happened before the first step.
    """

    scenario: Scenario
    status: Status
    steps: tuple[StepResult, ...] = ()
    opening: tuple[ConnectorEvent, ...] = ()
    error: FaasctlError | None = None
    variation: str | None = None
    repeat: int = 1
    seconds: float = 0.0
    durations: tuple[float, ...] = ()

    @property
    def name(self) -> str:
        """As reports call it; the same scenario with another variation or repeat has another."""
        variation = f" ({self.variation})" if self.variation else ""
        repeat = f" (repeat {self.repeat})" if self.repeat > 1 else ""
        return f"{self.scenario.name}{variation}{repeat}"

    @property
    def failed_step(self) -> StepResult | None:
        return next((step for step in self.steps if step.differences), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetResult:
    """A latency budget over the turns of `scope`, a scenario or a file.

    `over` of `count` turns took longer. `status` is `failed` only where so many would hardly be by chance;
    `undecided` where more are over than should be, and chance could be the reason.
    """

    scope: str
    title: str
    seconds: float
    count: int
    over: int
    measured: float
    chance: float
    status: Literal["passed", "undecided", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteResult:
    """Of a whole run; `seed` gave the order."""

    results: tuple[ScenarioResult, ...]
    budgets: tuple[BudgetResult, ...]
    seed: int
    seconds: float

    def count(self, status: Status) -> int:
        return sum(result.status == status for result in self.results)

    @property
    def durations(self) -> list[float]:
        return [seconds for result in self.results for seconds in result.durations]
