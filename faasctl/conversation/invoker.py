"""How the connector calls functions, whatever carries the call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from faasctl.log_entry import LogEntry

FailureKind = Literal["function", "timeout", "quota", "gateway", "not-deployed"]
"""Why a call gave no result.

`function`: it threw, or broke. `timeout`: it ran over. `quota`: the platform answered 429. `gateway`: it broke on
the way. `not-deployed`: there is no such function, or it is not deployed.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """`code` and `message` are the platform's own, as far as it gave some.

    `origin` is what the emulator tells besides: the line of the function that threw, and what caused it.
    """

    kind: FailureKind
    message: str = ""
    code: str | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvocationResult:
    """What a call gave: `value` (JSON), unless there is a `failure`. `duration` is seconds.

    A value of None without a failure is a function that answered nothing.
    """

    value: Any = None
    failure: Failure | None = None
    logs: tuple[LogEntry, ...] = ()
    duration: float = 0.0


class Invoker(Protocol):
    def invoke(self, function: str, payload: Any) -> InvocationResult:
        """Runs a function to its end.

        `function` is a role of the definition (`function`, `pre`, `post`, `error`), else the UUID of any function
        of the account. What a bot can meet on the platform is a `failure` in the result; FaasctlError is raised
        for what it cannot: the credentials are refused, the platform cannot be reached from here, the deadline
        passed.
        """
        ...
