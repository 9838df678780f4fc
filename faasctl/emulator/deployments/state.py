"""Deployment records, and the function states that they lead to (functions-api §4.4, §6).

A record under way has an *owner*, the emulator that carries it out. Another emulator on the same folder takes a
record over when its owner is gone.
"""

from __future__ import annotations

import json
import time
import uuid as uuids
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faasctl.emulator.deployments import errors
from faasctl.emulator.functions.errors import invalid
from faasctl.emulator.processes import process_lives
from faasctl.emulator.times import iso
from faasctl.facts import limits, states

if TYPE_CHECKING:
    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.functions.state import Functions
    from faasctl.emulator.store import Store

_CPU = 0.083
"""Virtual CPUs of a function (functions-api §10, D)."""
_GIVEN_UP_SECONDS = 60.0
"""A record this long overdue is taken over even if its owner seems to live: loading ends within 30 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A deployment to carry out; times are Unix seconds."""

    id: int
    uuid: str
    account: str
    function_uuid: str
    manifest_version: int
    scripted_failure: str | None
    owner: str | None
    finishes_at: float


class Deployments:
    def __init__(
        self,
        store: Store,
        functions: Functions,
        accounts: Accounts,
        owner: str,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`owner` names this emulator: `<process id>:<instance>`."""
        self._store = store
        self._functions = functions
        self._accounts = accounts
        self._owner = owner
        self._clock = clock
        self._next_delays: dict[str, float] = {}

    def start(self, account: str, uuid: str, *, redeploy: bool | None, by: str) -> UnderWay:
        """A record under way, owned by this emulator. With `redeploy` None, whichever fits: V1 has one call."""
        with self._store.writing():
            function = self._functions.get(account, uuid)
            self._refuse_if_under_way(uuid, function.name, function.undeployed_from)
            if redeploy and function.state != states.MODIFIED:
                raise errors.not_modified(function.name, function.state)
            if redeploy is False and function.state == states.MODIFIED:
                raise errors.needs_redeploy(function.name)
            version = self._functions.versions(uuid, 1)[0]
            if not version.code:
                raise invalid(f"{function.name} has no code yet")
            running = self._store.number("SELECT count(*) FROM deployments_running WHERE account = ?", account)
            if running >= limits.CONCURRENT_DEPLOYMENTS.value:
                raise errors.too_many()
            now = self._clock()
            identity = self._store.execute(
                "INSERT INTO deployments (uuid, account, function_uuid, manifest_version, state, scripted_failure,"
                " owner, finishes_at, size, created_at, created_by, updated_at, updated_by)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(str(uuids.uuid4()), account, uuid, version.version),
                states.REDEPLOYING if function.serving_version is not None else states.DEPLOYING,
                self._accounts.take_scripted_failure(account),
                *(self._owner, now + self._delay(account), function.size, now, by, now, by),
            ).lastrowid
            self._store.execute(
                "DELETE FROM deployments WHERE function_uuid = ? AND id NOT IN"
                " (SELECT id FROM deployments WHERE function_uuid = ? ORDER BY id DESC LIMIT ?)",
                *(uuid, uuid, limits.DEPLOYMENTS_KEPT.value),
            )
            row = self._store.row("SELECT * FROM deployments WHERE id = ?", identity)
            return _under_way(row)

    def start_undeploying(self, account: str, uuid: str, *, by: str) -> float:
        """Lets the function end serving; returns the Unix time at which it has."""
        with self._store.writing():
            function = self._functions.get(account, uuid)
            self._refuse_if_under_way(uuid, function.name, function.undeployed_from)
            if function.state not in states.DEPLOYED_STATES:
                raise errors.not_deployed(function.name)
            over_at = self._clock() + self._delay(account)
            self._store.execute(
                "UPDATE functions SET undeployed_from = ?, updated_by = ? WHERE uuid = ?", over_at, by, uuid
            )
            return over_at

    def _refuse_if_under_way(self, uuid: str, name: str, undeployed_from: float | None) -> None:
        if undeployed_from is not None or self._store.row(
            "SELECT 1 FROM deployments_running WHERE function_uuid = ?", uuid
        ):
            raise errors.under_way(name)

    def delay_next(self, account: str, seconds: float) -> None:
        """Lets the account's next deployment take so long."""
        self._next_delays[account] = seconds

    def hurry(self, account: str) -> list[UnderWay]:
        """Makes every deployment of the account due, and returns them."""
        self._next_delays.pop(account, None)
        now = self._clock()
        self._store.execute(
            "UPDATE deployments SET finishes_at = ? WHERE account = ? AND finishes_at > ?"
            " AND state IN ('deploying', 'redeploying')",
            *(now, account, now),
        )
        return self.overdue(account)

    def _delay(self, account: str) -> float:
        asked = self._next_delays.pop(account, None)
        if asked is not None:
            return asked
        settings = self._accounts.settings(account)
        return 0.0 if settings is None else settings.deploy_delay

    def overdue(self, account: str) -> list[UnderWay]:
        """Records of the account that should have ended by now."""
        rows = self._store.rows(
            "SELECT * FROM deployments_running WHERE account = ? AND finishes_at <= ?",
            *(account, self._clock()),
        )
        return [_under_way(row) for row in rows]

    def take_over(self, record: UnderWay) -> bool:
        """Makes this emulator the owner if the owner is gone; False if it is not, or another was first."""
        if record.owner == self._owner:
            return True
        if self._clock() - record.finishes_at < _GIVEN_UP_SECONDS and _lives(record.owner):
            return False
        with self._store.writing():
            return bool(
                self._store.execute(
                    "UPDATE deployments SET owner = ? WHERE id = ? AND owner IS ?"
                    " AND state IN ('deploying', 'redeploying')",
                    *(self._owner, record.id, record.owner),
                ).rowcount
            )

    def release_all(self) -> None:
        """Gives up what this emulator owns, so that the next one on the folder carries it out at once."""
        with self._store.writing():
            self._store.execute(
                "UPDATE deployments SET owner = NULL WHERE owner = ? AND state IN ('deploying', 'redeploying')",
                self._owner,
            )

    def settle(self, record: UnderWay, error: dict[str, Any] | None) -> bool:
        """Ends the record, once: whoever comes second changes nothing. Returns whether this call ended it.

        With `error` the deployment failed: a first one leaves a Draft, another one what served before.
        """
        with self._store.writing():
            now = self._clock()
            ended = self._store.execute(
                "UPDATE deployments SET state = ?, error = ?, owner = NULL, updated_at = ?, deployed_at = ?"
                " WHERE id = ? AND state IN ('deploying', 'redeploying')",
                *(states.FAILED if error else states.SUCCESSFUL, json.dumps(error) if error else None, now),
                *(None if error else now, record.id),
            ).rowcount
            if not ended:
                return False
            if error is None:
                self._store.execute(
                    "UPDATE functions SET state = ?, serving_version = ?, serving_deployment = ? WHERE uuid = ?",
                    *(states.PRODUCTIVE, record.manifest_version, record.uuid, record.function_uuid),
                )
            return True

    def settle_undeployed(self, account: str) -> list[str]:
        """Ends the undeployments of the account that are due; returns the uuids of their functions."""
        due = (account, self._clock())
        if self._store.row("SELECT 1 FROM functions WHERE account = ? AND undeployed_from <= ?", *due) is None:
            return []
        with self._store.writing():
            uuids_due = [
                str(row[0])
                for row in self._store.rows(
                    "SELECT uuid FROM functions WHERE account = ? AND undeployed_from <= ?", *due
                )
            ]
            self._store.execute(
                "UPDATE deployments SET undeployed_at = ? WHERE uuid IN"
                " (SELECT serving_deployment FROM functions WHERE account = ? AND undeployed_from <= ?)",
                *(due[1], *due),
            )
            self._store.execute(  # an undeployment takes the function's schedules with it (§6)
                "DELETE FROM schedules WHERE function_uuid IN"
                " (SELECT uuid FROM functions WHERE account = ? AND undeployed_from <= ?)",
                *due,
            )
            self._store.execute(
                "UPDATE functions SET state = ?, serving_version = NULL, serving_deployment = NULL,"
                " undeployed_from = NULL WHERE account = ? AND undeployed_from <= ?",
                *(states.DRAFT, *due),
            )
        return uuids_due

    def records(self, account: str) -> list[dict[str, Any]]:
        """The records as the platform writes them, newest first."""
        rows = self._store.rows(
            "SELECT d.*, f.manifest_id FROM deployments d JOIN functions f ON f.uuid = d.function_uuid"
            " WHERE d.account = ? ORDER BY d.id DESC",
            account,
        )
        return [_record(row) for row in rows]

    def count(self, account: str) -> int:
        return self._store.number("SELECT count(*) FROM deployments WHERE account = ?", account)


def _lives(owner: str | None) -> bool:
    """Whether the process of `owner` is there; one that let go of its records has no owner any more."""
    return owner is not None and process_lives(int(owner.partition(":")[0]))


def _under_way(row: Any) -> UnderWay:
    return UnderWay(**{name: row[name] for name in UnderWay.__dataclass_fields__})


def _record(row: Any) -> dict[str, Any]:
    data = {
        "id": row["id"],
        "uuid": row["uuid"],
        "functionUuid": row["function_uuid"],
        "manifestUUID": row["manifest_id"],
        "manifestVersion": row["manifest_version"],
        "deploymentState": row["state"],
        "createdAt": iso(row["created_at"]),
        "updatedAt": iso(row["updated_at"]),
        "createdBy": row["created_by"],
        "updatedBy": row["updated_by"],
        "functionSize": row["size"],
        "cpu": _CPU,
        "memory": limits.MEMORY_MEBIBYTES.value,
    }
    for name, column in (("deployedAt", "deployed_at"), ("undeployedAt", "undeployed_at")):
        if row[column] is not None:
            data[name] = iso(row[column])
    if row["error"] is not None:
        data["deploymentError"] = json.loads(row["error"])
    return data
