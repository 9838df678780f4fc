"""How the log export refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.emulator.functions.errors import invalid
from faasctl.facts.limits import LOG_WINDOW_DAYS
from faasctl.facts.log_export import LEVELS

if TYPE_CHECKING:
    from faasctl.emulator.refusals import Refusal


def window_too_long() -> Refusal:
    return invalid(f"one export spans at most {LOG_WINDOW_DAYS.value} days")


def unknown_level(level: str) -> Refusal:
    return invalid(f"there is no level {level!r}; levels are {', '.join(LEVELS)}")


def no_function_named() -> Refusal:
    return invalid("lambdaUUID must name a function")
