"""A bot in Python instead of a function, and scenarios from text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.conversation.connector_settings import ConnectorSettings, Escalation
from faasctl.conversation.invoker import InvocationResult
from faasctl.conversation.scenarios.load import load_scenarios
from faasctl.conversation.scenarios.model import Scenario, ScenarioFile
from faasctl.conversation.scenarios.results import ScenarioResult
from faasctl.conversation.scenarios.running import run_scenario

if TYPE_CHECKING:
    from faasctl.log_entry import LogEntry

SETTINGS = ConnectorSettings(
    skills=("Human Agents", "Billing"), image_hosts=(), escalation=Escalation(to_customer="One moment.")
)


@dataclass
class Bot:
    """Implements Invoker: `answers` maps the consumer's text to a reply; anything else is repeated."""

    answers: dict[str, Any] = field(default_factory=dict)
    duration: float = 0.01
    logs: tuple[LogEntry, ...] = ()
    calls: list[tuple[str, Any]] = field(default_factory=list)

    def invoke(self, function: str, payload: Any) -> InvocationResult:
        self.calls.append((function, payload))
        message = payload.get("message", "")
        reply = self.answers.get(message, {"messages": [message or "Hi"]})
        return InvocationResult(value=reply, duration=self.duration, logs=self.logs)


Load = Callable[[str], ScenarioFile]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """The scenarios of a file with this text."""

    def loaded(text: str) -> ScenarioFile:
        path = tmp_path / "some.yaml"
        path.write_text(text, encoding="utf-8")
        return load_scenarios([path])[0]

    return loaded


Play = Callable[..., ScenarioResult]


@pytest.fixture
def play(load: Load) -> Play:
    """How one scenario with these steps (YAML, a list) ends; `head` is what else the scenario says."""

    def played(steps: str, bot: Bot | None = None, head: str = "") -> ScenarioResult:
        lines = "\n".join(f"      {line}" for line in steps.strip("\n").split("\n"))
        more = "".join(f"\n    {line}" for line in head.strip("\n").split("\n") if line)
        file = load(f"scenarios:\n  - name: it{more}\n    steps:\n{lines}\n")
        return run_scenario(file.scenarios[0], SETTINGS, bot or Bot())

    return played


def told(result: ScenarioResult) -> list[str]:
    """What was not as expected."""
    return [str(difference) for step in result.steps for difference in step.differences]


def named(file: ScenarioFile) -> list[str]:
    return [scenario.name for scenario in file.scenarios]


def one(file: ScenarioFile) -> Scenario:
    assert len(file.scenarios) == 1
    return file.scenarios[0]
