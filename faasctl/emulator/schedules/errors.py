"""How schedules are refused. Codes that start with `faasctl.` are ours: the platform's are not known."""

from __future__ import annotations

from faasctl.emulator.functions.errors import invalid
from faasctl.emulator.refusals import Refusal
from faasctl.facts.function_errors import NOT_FOUND

NOT_DEPLOYED = "faasctl.emulator.function-not-deployed"


def no_schedule(account: str, schedule_id: str) -> Refusal:
    return Refusal(404, NOT_FOUND.code, f"account {account} has no schedule {schedule_id}")


def not_deployed(name: str) -> Refusal:
    return Refusal(400, NOT_DEPLOYED, f"{name} is not deployed; only deployed functions can be scheduled")


def too_many(limit: int) -> Refusal:
    return invalid(f"an account holds at most {limit} schedules")


def not_a_cron_expression(expression: str) -> Refusal:
    return invalid(
        f"cronExpression {expression!r} is not one: five fields (minute, hour, day of month, month, day of week)"
        " of numbers, names, *, ranges and steps"
    )


def never_due(expression: str) -> Refusal:
    return invalid(f"cronExpression {expression!r} names a day that never comes")


def unknown_time_zone(name: str) -> Refusal:
    return invalid(f"there is no time zone {name!r}")


def utc_only() -> Refusal:
    return invalid("timeZone can only be UTC here")
