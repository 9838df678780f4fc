"""A change that a run would make, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from faasctl.definition.model import Role

Step = Literal["create", "deploy", "attach", "accept-disclaimer", "test-connection"]
STEPS: tuple[Step, ...] = ("create", "deploy", "attach", "accept-disclaimer", "test-connection")

Action = Literal[
    "create-function",
    "update-manifest",
    "update-description",
    "deploy",
    "redeploy",
    "save-bot",
    "accept-disclaimer",
    "start-bot",
    "test",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: `subject` is the function's or the bot's name, `reason` says why, for a person.

    `parts` are the parts of the subject that differ (`code`, `environment.GREETING`, `vendor.functionUuid`), never
    their values.
    """

    step: Step
    action: Action
    subject: str
    reason: str
    role: Role | None = None
    parts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "step": self.step,
            "action": self.action,
            "subject": self.subject,
            "reason": self.reason,
            "parts": list(self.parts),
        }
