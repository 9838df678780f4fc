"""What a run tells while it happens; reports turn these into lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from faasctl.log_entry import LogEntry
    from faasctl.rollout.changes import Change, Step

CheckState = Literal["passed", "warning", "failed", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted:
    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Something is under way in `step`, such as a deployment's last state."""

    step: Step
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFinished:
    """`text` says what was done, why there was nothing to do, or what went wrong; `duration` is seconds."""

    step: Step
    status: Literal["done", "skipped", "failed"]
    text: str
    duration: float
    changes: tuple[Change, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "step": self.step,
            "status": self.status,
            "text": self.text,
            "duration_ms": round(self.duration * 1000, 1),
            "changes": [change.as_json() for change in self.changes],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the test connection. `duration` is seconds, `code` the connector's or the platform's error.

    `logs` are the function's log lines, where it failed; `through` is the published call that stands for the check
    where the platform publishes none for it.
    """

    name: str
    title: str
    state: CheckState
    detail: str
    duration: float | None = None
    code: str | None = None
    logs: tuple[LogEntry, ...] = ()
    through: str | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "state": self.state,
            "ok": None if self.state == "skipped" else self.state != "failed",
            "detail": self.detail,
            "duration_ms": None if self.duration is None else round(self.duration * 1000, 1),
            "code": self.code,
            "through": self.through,
            "logs": [entry.as_json() for entry in self.logs],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """Something a person should know, which changes nothing about the run."""

    text: str


Event = StepStarted | Progress | StepFinished | Check | Noted
