"""The schedules of all accounts: what they are, and when each is due."""

from __future__ import annotations

import json
import sqlite3
import time
import uuid as uuids
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faasctl.emulator.functions.errors import invalid
from faasctl.emulator.schedules import cron, errors
from faasctl.emulator.schedules.reading import DEFAULT_ZONE, ScheduleChange
from faasctl.emulator.times import iso
from faasctl.facts import limits
from faasctl.facts.states import DEPLOYED_STATES

if TYPE_CHECKING:
    from faasctl.emulator.functions.state import Functions
    from faasctl.emulator.store import Store
    from faasctl.facts.services import Generation

LATE_SECONDS = 10.0
"""A run that is later than this was missed, and is not made up for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """`next_at` and `last_at` are Unix times; `next_at` is None while the schedule is not active."""

    id: str
    account: str
    function_uuid: str
    cron: str
    time_zone: str
    active: bool
    description: str
    body: Mapping[str, Any]
    next_at: float | None
    last_at: float | None
    last_failed: bool
    created_at: float
    created_by: str

    def as_json(self) -> dict[str, Any]:
        """With both names of the id and of the function: clients differ (functions-api §9)."""
        return {
            "id": self.id,
            "uuid": self.id,
            "functionUuid": self.function_uuid,
            "lambdaUUID": self.function_uuid,
            "cronExpression": self.cron,
            "isActive": self.active,
            "description": self.description,
            "timeZone": self.time_zone,
            "nextExecution": None if self.next_at is None else iso(self.next_at),
            "lastExecution": None if self.last_at is None else iso(self.last_at),
            "didLastExecutionFail": self.last_failed,
            "createdBy": self.created_by,
            "invocationBody": dict(self.body),
        }


class Schedules:
    """Methods that take an id raise the not-found Refusal for a schedule that the account does not have."""

    def __init__(self, store: Store, functions: Functions, *, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._functions = functions
        self._clock = clock

    def all(self, account: str) -> list[Schedule]:
        """Oldest first."""
        rows = self._store.rows(
            "SELECT * FROM schedules WHERE account = ? ORDER BY created_at, id",
            account,
        )
        return [_schedule(row) for row in rows]

    def get(self, account: str, schedule_id: str) -> Schedule:
        row = self._store.row("SELECT * FROM schedules WHERE id = ? AND account = ?", schedule_id, account)
        if row is None:
            raise errors.no_schedule(account, schedule_id)
        return _schedule(row)

    def create(self, account: str, change: ScheduleChange, platform: Generation, *, by: str) -> Schedule:
        if change.function_uuid is None or change.cron is None:
            raise invalid("a schedule needs functionUuid and cronExpression")
        allowed = limits.SCHEDULES_PER_ACCOUNT.of(platform)
        schedule_id, now = str(uuids.uuid4()), self._clock()
        with self._store.writing():
            self._check_deployed(account, change.function_uuid)
            if self._store.number("SELECT count(*) FROM schedules WHERE account = ?", account) >= allowed:
                raise errors.too_many(allowed)
            self._store.execute(
                "INSERT INTO schedules (id, account, function_uuid, cron, time_zone, active, description, body,"
                " created_at, created_by) VALUES (?, ?, ?, ?, ?, 0, '', '{\"headers\":[],\"payload\":{}}', ?, ?)",
                *(schedule_id, account, change.function_uuid, change.cron, DEFAULT_ZONE, now, by),
            )
            self._apply(self.get(account, schedule_id), change, active=change.active is not False)
            return self.get(account, schedule_id)

    def update(self, account: str, schedule_id: str, change: ScheduleChange) -> Schedule:
        """Changes what is not None; the next run is counted anew from now."""
        with self._store.writing():
            before = self.get(account, schedule_id)
            if change.function_uuid not in (None, before.function_uuid):
                self._check_deployed(account, change.function_uuid)
            self._apply(before, change, active=before.active if change.active is None else change.active)
            return self.get(account, schedule_id)

    def _apply(self, before: Schedule, change: ScheduleChange, *, active: bool) -> None:
        expression = before.cron if change.cron is None else change.cron
        zone = before.time_zone if change.time_zone is None else change.time_zone or DEFAULT_ZONE
        next_at = cron.next_run(expression, zone, after=self._clock())
        self._store.execute(
            "UPDATE schedules SET function_uuid = ?, cron = ?, time_zone = ?, active = ?, description = ?,"
            " body = ?, next_at = ? WHERE id = ?",
            *(change.function_uuid or before.function_uuid, expression, zone, active),
            before.description if change.description is None else change.description,
            json.dumps(dict(before.body if change.body is None else change.body)),
            *(next_at if active else None, before.id),
        )

    def _check_deployed(self, account: str, uuid: str | None) -> None:
        function = self._functions.get(account, uuid or "")
        if function.state not in DEPLOYED_STATES:
            raise errors.not_deployed(function.name)

    def delete(self, account: str, schedule_id: str) -> None:
        with self._store.writing():
            self.get(account, schedule_id)
            self._store.execute("DELETE FROM schedules WHERE id = ?", schedule_id)

    def make_due(self, account: str, schedule_id: str) -> Schedule:
        """Lets an active schedule run now instead of at its next time."""
        with self._store.writing():
            if not self.get(account, schedule_id).active:
                raise invalid("the schedule is not active")
            self._store.execute("UPDATE schedules SET next_at = ? WHERE id = ?", self._clock(), schedule_id)
            return self.get(account, schedule_id)

    def next_due(self) -> float | None:
        """The time of the next run in any account; None when there is no active schedule."""
        row = self._store.row("SELECT min(next_at) AS next_at FROM schedules WHERE active")
        return None if row is None else row["next_at"]

    def claim_due(self) -> list[Schedule]:
        """The schedules to run now, each given to one emulator only; what was missed waits for its next time."""
        now = self._clock()
        rows = self._store.rows(
            "SELECT * FROM schedules WHERE active AND next_at <= ? ORDER BY next_at, id",
            now,
        )
        return [schedule for schedule in map(_schedule, rows) if self._claim(schedule, now)]

    def _claim(self, schedule: Schedule, now: float) -> bool:
        missed = schedule.next_at is None or now - schedule.next_at > LATE_SECONDS
        next_at = cron.next_run(schedule.cron, schedule.time_zone, after=now)
        with self._store.writing():
            taken = self._store.execute(
                "UPDATE schedules SET next_at = ?, last_at = ? WHERE id = ? AND active AND next_at = ?",
                *(next_at, schedule.last_at if missed else now, schedule.id, schedule.next_at),
            ).rowcount
        return bool(taken) and not missed

    def ended(self, schedule_id: str, *, failed: bool) -> None:
        """Keeps how the last run ended."""
        with self._store.writing():
            self._store.execute("UPDATE schedules SET last_failed = ? WHERE id = ?", failed, schedule_id)


def _schedule(row: sqlite3.Row) -> Schedule:
    data = dict(row)
    for flag in ("active", "last_failed"):
        data[flag] = bool(data[flag])
    return Schedule(**{**data, "body": json.loads(data["body"])})
