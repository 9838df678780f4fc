"""What the platform holds, as data: functions, deployments, invocations, events, bot configurations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from faasctl.facts.limits import EXECUTION_SECONDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from faasctl.facts.services import Generation
    from faasctl.log_entry import LogEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The versioned part of a function (functions-api §4.1)."""

    id: str
    version: int
    code: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    runtime: str = ""

    def holds(self, code: str | None, environment: Mapping[str, str] | None) -> bool:
        """Whether code and environment are these; None asks for nothing."""
        return (code is None or self.code == code) and (
            environment is None or dict(self.environment) == dict(environment)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFunction:
    """A function of the account; `state` as in faasctl.facts.states. `manifest` is None in V2's lists (§4.2)."""

    uuid: str
    name: str
    state: str
    description: str = ""
    event_id: str | None = None
    skills: tuple[str, ...] = ()
    size: str | None = None
    manifest: Manifest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """One deployment record (§6); `state` as in faasctl.facts.states, `error` the platform's reason of a failure.

    `logs` are the log lines that came with the reason. Times are ISO 8601 in UTC, as the platform sends them.
    """

    function_uuid: str
    state: str
    manifest_version: int | None = None
    error: str | None = None
    logs: tuple[LogEntry, ...] = ()
    created_at: str | None = None
    deployed_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """What one call of a function gave; `duration` is seconds, seen from here. The gateway gives no `logs`."""

    result: Any
    logs: tuple[LogEntry, ...] = ()
    duration: float
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventResult:
    """What one of the functions that listen to an event returned (§7.3)."""

    function_uuid: str
    result: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class EventInvocation:
    """What all functions that listen to an event returned, in the platform's order; `duration` is seconds."""

    results: tuple[EventResult, ...]
    duration: float
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event of the account's catalogue; `limit` is how many functions may listen to it (§5.1)."""

    event_id: str
    name: str
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedDomain:
    """An entry of V1's allow-list (§9)."""

    id: int
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much the account holds (§8)."""

    functions: int
    deployments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEntry:
    """A log entry that the platform kept, with the request that it belongs to (§8)."""

    request_id: str
    entry: LogEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class InvocationBucket:
    """How many invocations ended how in a span of Unix time in milliseconds; states as in facts (§8)."""

    start: int
    end: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclaimer:
    """The consent to the data disclaimer: who gave it, on which day (ISO), and when it was stored (ISO, UTC)."""

    by: str
    on: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BotConfiguration:
    """A bot of the emulator (third-party-bots §12; the API is ours, for LivePerson publishes none, §1.9).

    `agent` is the login name of the bot user; `function_uuid` and the hooks are uuids of functions. `combine` has
    `max`, `window` and `after_typing` (seconds), and is None where messages are not combined. What only the
    emulator sets (`disclaimer`, `state`, `draft`) is ignored when a configuration is saved.
    """

    bot_id: str
    name: str
    agent: str
    function_uuid: str
    escalation_skill: str
    message_to_customer: str | None = None
    message_to_agent: str | None = None
    failure_message: str | None = None
    conversation_type: str = "MESSAGING"
    welcome_message: bool = False
    engagement_attributes: bool = False
    combine: Mapping[str, float] | None = None
    pre_hook: str | None = None
    post_hook: str | None = None
    error_hook: str | None = None
    disclaimer: Disclaimer | None = None
    state: str = "OFFLINE"
    draft: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSettings:
    """What an emulated account holds besides functions; `deploy_delay` and `execution_seconds` are seconds.

    `allowed_domains` is V1's allow-list besides LivePerson's own hosts. `execution_seconds` is what an invocation
    may take.
    """

    platform: Generation = "v2"
    allowed_domains: tuple[str, ...] = ()
    loose_limits: bool = False
    skills: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    image_hosts: tuple[str, ...] = ()
    deploy_delay: float = 0.0
    execution_seconds: float = float(EXECUTION_SECONDS.value)
    refuse_stale_versions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EmulatedAccount(AccountSettings):
    """An account of the emulator, with its bots.

    `secrets` has the names of its secrets, each with a digest that tells whether the value is a given one
    (faasctl.facts.secrets.digest).
    """

    secrets: Mapping[str, str] = field(default_factory=dict)
    bots: tuple[BotConfiguration, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EmulatedCredentials:
    """What signs in to an emulated account: its developer, and a client for the gateway."""

    username: str
    password: str = field(repr=False)
    client_id: str
    client_secret: str = field(repr=False)
