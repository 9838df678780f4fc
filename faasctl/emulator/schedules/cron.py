"""When a cron expression is due. The library is loaded with the first expression."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from datetime import timezone as fixed_zones
from typing import TYPE_CHECKING

from faasctl.emulator.schedules import errors

if TYPE_CHECKING:
    from croniter import croniter

UTC_NAMES = frozenset({"Etc/UTC", "UTC"})
_ITEM = r"(?:\*|\d{1,2}|[A-Za-z]{3})(?:-(?:\d{1,2}|[A-Za-z]{3}))?(?:/\d{1,2})?"
_FIELD = re.compile(rf"{_ITEM}(?:,{_ITEM})*", re.ASCII)
"""What every cron knows: the library would also take @daily, L, # and random values."""


def check(expression: str, time_zone: str) -> None:
    """Refuses an expression without five fields, one that is never due, and a time zone that does not exist."""
    next_run(expression, time_zone, after=0.0)


def next_run(expression: str, time_zone: str, *, after: float) -> float:
    """The first time (Unix seconds) later than `after` at which the expression is due in the time zone.

    An hour that the clocks skip runs at its end; one that they repeat runs twice.
    """
    from croniter import CroniterBadDateError

    start = datetime.fromtimestamp(after, tz=_zone(time_zone))
    try:
        return float(_croniter(expression, start).get_next(float))
    except CroniterBadDateError:
        raise errors.never_due(expression) from None


def _croniter(expression: str, start: datetime) -> croniter:
    from croniter import CroniterError, croniter

    fields = expression.split()
    if len(fields) != 5 or not all(map(_FIELD.fullmatch, fields)):
        raise errors.not_a_cron_expression(expression)
    try:
        return croniter(expression, start)
    except CroniterError:
        raise errors.not_a_cron_expression(expression) from None


def _zone(name: str) -> tzinfo:
    if name in UTC_NAMES:
        return fixed_zones.utc
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # OSError: the name of a folder in the data base
        raise errors.unknown_time_zone(name) from None
