"""A scenario as data. Texts may still hold `{{name}}`; `variables.filled` replaces it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from faasctl.conversation.connector_settings import Combining
    from faasctl.facts.payloads import ConversationType

Json = dict[str, Any]

StepKind = Literal[
    "says",
    "clicks",
    "sends_file",
    "sends_rich",
    "sends_payload",
    "sends_event",
    "welcome",
    "waits",
    "meanwhile",
    "command",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands in a scenario file; line and column count from 1."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`value` is what the file has under `kind`; `expect` and `capture` likewise, both as the schema says.

    `waits` is in seconds where `kind` is so. `path` leads from the file's root to the step.
    """

    kind: StepKind
    value: Any
    expect: Mapping[str, Any]
    capture: Mapping[str, Mapping[str, str]]
    metadata: tuple[Json, ...]
    place: Place
    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The longest time that the function may take at a percentile of its turns, in seconds; 100 is the maximum."""

    percentile: float
    seconds: float

    @property
    def title(self) -> str:
        return "max" if self.percentile >= 100 else f"p{self.percentile:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What differs from the definition; None leaves it as it is there."""

    conversation: ConversationType | None = None
    channel: str | None = None
    welcome_message: bool | None = None
    engagement_attributes: Mapping[str, Any] | None = None
    visitor_session: bool = True
    metadata: tuple[Json, ...] = ()
    skill: str = ""
    skills: tuple[str, ...] | None = None
    agents: tuple[str, ...] | None = None
    image_hosts: tuple[str, ...] | None = None
    failing_skills: tuple[str, ...] = ()
    transfer_to_agent: bool = True
    combine: Combining | None = None
    encoded_metadata: bool = True
    open_conversations: int = 0
    hooks: bool = True
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One conversation; where a table of cases is given, one of its rows.

    `name` is that of this row; `written_name` is as the file has it, and so that of all rows.
    """

    name: str
    written_name: str
    tags: frozenset[str]
    setup: Setup
    variables: Mapping[str, str]
    budgets: tuple[Budget, ...]
    steps: tuple[Step, ...]
    place: Place

    @property
    def title(self) -> str:
        """Unique within a run: file and name."""
        return f"{self.place.file}: {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioFile:
    """`budgets` are over all turns of the file."""

    file: str
    scenarios: tuple[Scenario, ...]
    budgets: tuple[Budget, ...] = ()
