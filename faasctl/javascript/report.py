"""What inspecting a function's code brings to light."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Interface = Literal["v1", "v2"]
"""`v1`: `lambda(input, callback)`; `v2`: `async lambda(input)` (functions-api §10)."""

Module = Literal["esm", "commonjs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeProblem:
    """A mistake in the code. `line` and `column` count from 1.

    `rule` is one of `syntax-error`, `no-lambda`, `forbidden-console-method`, `code-empty`, `code-too-long`.
    """

    rule: str
    line: int
    column: int
    message: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeReport:
    """All problems of one pass, in the order of the code, and how the code is to be loaded and called."""

    problems: tuple[CodeProblem, ...]
    interface: Interface
    module: Module
