"""What inspecting a function's code brings to light."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from faasctl.findings import Severity

Interface = Literal["v1", "v2"]
"""`v1`: `lambda(input, callback)`; `v2`: `async lambda(input)` (functions-api §10)."""

Module = Literal["esm", "commonjs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeProblem:
    """A mistake in the code, or advice about it. `line` and `column` count from 1, `rule` is one of rules.ALL."""

    rule: str
    line: int
    column: int
    message: str
    suggestion: str | None = None
    severity: Severity = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLiteral:
    """A reply that stands in the code as it is; `value` is JSON-like."""

    line: int
    column: int
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeReport:
    """All problems of one pass, in the order of the code, and how the code is to be loaded and called.

    `replies` are what lambda returns, or gives to its callback; a review alone looks for them.
    """

    problems: tuple[CodeProblem, ...]
    interface: Interface
    module: Module
    replies: tuple[ReplyLiteral, ...] = ()
