"""Which deployed code answers for a function, and how often it did."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from faasctl.facts.states import DEPLOYED_STATES

if TYPE_CHECKING:
    from faasctl.emulator.functions.model import Function
    from faasctl.emulator.functions.state import Functions
    from faasctl.emulator.runtime.outcome import DeployedFunction
    from faasctl.emulator.store import Store

BUCKET_SECONDS = 300
"""The finest bucket in which the platform tells invocations (functions-api §8, C)."""
_KEPT = 128


class Serving:
    """A deployment never changes, so what was read of one is kept."""

    def __init__(self, store: Store, functions: Functions, *, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._functions = functions
        self._clock = clock
        self._known: OrderedDict[str, DeployedFunction] = OrderedDict()

    def by_uuid(self, account: str, uuid: str) -> DeployedFunction | None:
        """What answers for the function; None when it does not exist or is not deployed."""
        row = self._store.row(
            "SELECT serving_deployment, serving_version FROM functions WHERE uuid = ? AND account = ?",
            uuid,
            account,
        )
        if row is None or row["serving_deployment"] is None:
            return None
        return self.deployed(account, uuid, row["serving_version"], row["serving_deployment"])

    def by_event(self, account: str, event_id: str) -> list[Function]:
        """The deployed functions that listen, by name."""
        return self._functions.find(account, event_id=event_id, in_states=sorted(DEPLOYED_STATES))

    def deployed(self, account: str, uuid: str, version: int, deployment: str) -> DeployedFunction | None:
        """The code of one deployment; None when the version is gone."""
        known = self._known.get(deployment)
        if known is not None:
            self._known.move_to_end(deployment)
            return known
        from faasctl.emulator.runtime.outcome import DeployedFunction

        with self._store.reading():
            function, manifest = self._functions.get(account, uuid), self._functions.version(uuid, version)
        if manifest is None:
            return None
        made = DeployedFunction(
            account=account,
            uuid=uuid,
            name=function.name,
            deployment=deployment,
            code=manifest.code,
            environment=manifest.environment,
            interface=manifest.interface,
            module=manifest.module,
        )
        self._known[deployment] = made
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return made

    def record(self, uuid: str, *, successful: bool) -> None:
        """Counts one invocation through the gateway."""
        with self._store.writing():
            self._store.execute(
                "INSERT INTO invocations SELECT uuid, ?, ?, ? FROM functions WHERE uuid = ?"
                " ON CONFLICT (function_uuid, bucket) DO UPDATE SET"
                " successful = successful + excluded.successful, failed = failed + excluded.failed",
                *(int(self._clock()) // BUCKET_SECONDS * BUCKET_SECONDS, successful, not successful, uuid),
            )

    def counts(self, account: str, start: float, end: float) -> list[dict[str, Any]]:
        """Invocations per function between two Unix times, as the platform writes them (functions-api §8)."""
        rows = self._store.rows(
            "SELECT sum(i.successful) AS successful, sum(i.failed) AS failed FROM invocations i"
            " JOIN functions f ON f.uuid = i.function_uuid"
            " WHERE f.account = ? AND i.bucket + ? > ? AND i.bucket <= ? GROUP BY f.uuid ORDER BY f.name",
            *(account, BUCKET_SECONDS, start, end),
        )
        return [{"successfulInvocations": row["successful"], "failedInvocations": row["failed"]} for row in rows]
