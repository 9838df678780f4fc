"""What a definition says, once it is known to be right. Plain data: no file is read from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from faasctl.facts.events import CUSTOM_INTEGRATION, ERROR_HOOK, POST_HOOK, PRE_HOOK

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

    `image_hosts` is None where the definition says nothing of them; `deploy_delay` is in seconds.
    """

    skills: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    image_hosts: tuple[str, ...] | None = None
    deploy_delay: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One bot.yaml. `path` and `folder` (the file's own) are absolute, as is `conversations`.

    `protected` asks for a confirmation by name before anything is taken down.
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

    @property
    def functions(self) -> tuple[FunctionSpec, ...]:
        """Every function, the bot's own first, then its hooks: pre, post, error."""
        return (self.function, *self.hooks.values())
