"""What goes into the runtime, and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from faasctl.facts import limits

if TYPE_CHECKING:
    from faasctl.facts.function_errors import FunctionErrorCode
    from faasctl.javascript.report import Interface, Module


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployedFunction:
    """A function as it was deployed; `deployment` is unique to each deployment.

    `loose_limits` takes the looser limit where the platform's sources disagree. `fail_at_log_limit` ends an
    invocation that logs too much, where otherwise the entries past the limit are dropped (functions-api §18, 16).

    `allowed_domains` is V1's allow-list as it is at the moment of the call; None is V2, which has none.
    `execution_seconds` is the run time that the account gives an invocation. Neither is part of what was deployed:
    a process takes another one over.
    """

    account: str
    uuid: str
    name: str
    deployment: str
    code: str
    environment: Mapping[str, str]
    interface: Interface
    module: Module
    loose_limits: bool = False
    fail_at_log_limit: bool = False
    allowed_domains: tuple[str, ...] | None = field(default=None, compare=False)
    execution_seconds: float = field(default=float(limits.EXECUTION_SECONDS.value), compare=False)

    @property
    def in_v1_account(self) -> bool:
        """Otherwise a V1 function is one that V2 has imported."""
        return self.allowed_domains is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One entry (functions-api §7.2): `level` Debug, Info, Warn or Error; `timestamp` in epoch milliseconds."""

    level: str
    message: str
    extras: list[Any]
    timestamp: int

    def as_json(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "message": self.message,
            "extras": self.extras,
            "timestamp": self.timestamp,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an invocation ended.

    `result` is JSON text, `null` for undefined and for a failure. A failure has `error`, `message` (what was
    thrown, or how it ended) and, where something was thrown, `stack` with the function's name in place of paths.
    `duration` is in seconds.
    """

    ok: bool
    result: str
    error: FunctionErrorCode | None
    message: str | None
    stack: str | None
    logs: tuple[LogEntry, ...]
    duration: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadFailure:
    """Why a function's code could not be loaded; `logs` is what it wrote before."""

    message: str
    stack: str | None
    logs: tuple[LogEntry, ...]
