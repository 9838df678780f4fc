"""What a definition says, once it is known to be right. Plain data: no file is read from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from faasctl.facts.events import CUSTOM_INTEGRATION, ERROR_HOOK, POST_HOOK, PRE_HOOK
from faasctl.facts.limits import EXECUTION_SECONDS

if TYPE_CHECKING:
    from faasctl.findings import Finding

Role = Literal["function", "pre", "post", "error"]
HookRole = Literal["pre", "post", "error"]
Target = Literal["local", "cloud"]
Interface = Literal["v1", "v2"]
ConversationType = Literal["messaging", "chat"]

EVENT_OF_ROLE: Mapping[Role, str] = {
    "function": CUSTOM_INTEGRATION,
    "pre": PRE_HOOK,
    "post": POST_HOOK,
    "error": ERROR_HOOK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretReference:
    """A value that is kept outside the definition; `secrets.resolve` fetches it."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionSpec:
    """A function on its event. `code_path` is absolute, `code` the text of that file.

    `interface` is None where the definition leaves it open; then the code decides.
    """

    role: Role
    name: str
    description: str
    event_id: str
    code_path: Path
    code: str
    environment: Mapping[str, str | SecretReference]
    skills: tuple[str, ...] = ()
    size: str | None = None
    interface: Interface | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationMessages:
    """What the connector says when it escalates after an error (third-party-bots §1.4)."""

    to_customer: str | None = None
    to_agent: str | None = None
    on_failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CombineMessages:
    """The switch Combine Messages (third-party-bots §1.3); `window` and `after_typing` are seconds."""

    most: int
    window: float
    after_typing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclaimer:
    """Who agreed to the data disclaimer, and on which day."""

    accepted_by: str
    accepted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BotSpec:
    """The bot's configuration. `bot_id` is made of the name: small letters, digits and hyphens."""

    name: str
    bot_id: str
    agent: str
    conversation: ConversationType
    welcome_message: bool
    engagement_attributes: bool
    escalation_skill: str
    escalation_messages: EscalationMessages
    disclaimer: Disclaimer | None
    combine_messages: CombineMessages | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TestConnectionSpec:
    """Seconds: `timeout` ends the wait for the function; an answer that takes longer than `budget` fails.

    Without a budget, an answer past the second that the platform advises is a warning alone.
    """

    __test__ = False  # pytest takes a class of this name for a test

    timeout: float = 30.0
    budget: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmulatorSpec:
    """What the local account holds; skills and agents that the bot uses are always among them.

    `image_hosts` is None where the definition says nothing of them; `deploy_delay`, `cold_start` and
    `function_timeout`, which ends an invocation, are in seconds. `allowed_domains` stand on V1's allow-list
    besides LivePerson's own. `offline` is None where the verb decides.
    """

    platform: Interface = "v2"
    skills: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    image_hosts: tuple[str, ...] | None = None
    allowed_domains: tuple[str, ...] = ()
    secrets: Mapping[str, str | SecretReference] = field(default_factory=dict, repr=False)
    deploy_delay: float = 0.0
    cold_start: float = 0.0
    offline: bool | None = None
    loose_limits: bool = False
    function_timeout: float = float(EXECUTION_SECONDS.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReply:
    """A reply that stands in the code of a function as it is; `value` is JSON-like, `file` as findings name it."""

    file: str
    line: int
    column: int
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One bot.yaml. `path` and `folder` (the file's own) are absolute, as is `conversations`.

    `protected` asks for the account's id before anything is written. `advice` is what a review of the
    code advises, and `replies` are those that it found; both are empty without one.
    """

    path: Path
    folder: Path
    version: Literal[1]
    target: Target
    account: str
    function: FunctionSpec
    hooks: Mapping[HookRole, FunctionSpec]
    bot: BotSpec
    test_connection: TestConnectionSpec
    conversations: Path | None
    emulator: EmulatorSpec
    protected: bool
    advice: tuple[Finding, ...] = ()
    replies: tuple[WrittenReply, ...] = ()

    @property
    def functions(self) -> tuple[FunctionSpec, ...]:
        """Every function, the bot's own first, then its hooks: pre, post, error."""
        return (self.function, *self.hooks.values())
