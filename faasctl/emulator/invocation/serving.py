"""Which deployed code answers for a function."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from faasctl.emulator.accounts import Settings
from faasctl.facts.states import DEPLOYED_STATES

if TYPE_CHECKING:
    from faasctl.emulator.functions.model import Function
    from faasctl.emulator.functions.state import Functions
    from faasctl.emulator.runtime.outcome import DeployedFunction
    from faasctl.emulator.store import Store

_KEPT = 128


class Serving:
    """The code of a deployment never changes, so what was read of one is kept."""

    def __init__(
        self,
        store: Store,
        functions: Functions,
        allowed_domains: Callable[[str], tuple[str, ...] | None],
        settings: Callable[[str], Settings | None],
    ) -> None:
        """`allowed_domains` tells the allow-list of an account as it is now; None where it has none.

        `settings` tells how an account behaves.
        """
        self._settings = settings
        self._store = store
        self._functions = functions
        self._allowed_domains = allowed_domains
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
        allowed, settings = self._allowed_domains(account), self._settings(account) or Settings()
        now = (allowed, settings.execution_seconds)
        known = self._known.get(deployment)
        if known is not None and (known.allowed_domains, known.execution_seconds) == now:
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
            loose_limits=settings.loose_limits,
            fail_at_log_limit=settings.fail_at_log_limit,
            allowed_domains=allowed,
            execution_seconds=settings.execution_seconds,
        )
        self._known[deployment] = made
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return made
