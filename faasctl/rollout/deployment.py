"""Deploying functions side by side, and waiting until the platform says how each ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.errors import ChangedRemotely, DeadlinePassed, DeploymentFailed, PlatformError
from faasctl.facts.limits import CONCURRENT_DEPLOYMENTS
from faasctl.facts.states import (
    DEPLOYING,
    DEPLOYMENTS_UNDER_WAY,
    DRAFT,
    FAILED,
    MODIFIED,
    PRODUCTIVE,
    REDEPLOYING,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from faasctl.deadline import Deadline
    from faasctl.liveperson.model import Deployment, RemoteFunction
    from faasctl.liveperson.platform import Platform

_FIRST_PAUSE = 0.02
_LONGEST_PAUSE = 2.0
_ATTEMPTS = 3


def deploy_all(
    platform: Platform,
    functions: Sequence[RemoteFunction],
    *,
    deadline: Deadline,
    progress: Callable[[str], None],
) -> tuple[RemoteFunction, ...]:
    """Brings the newest version of each function to Productive; returns them, in the same order, as they are then.

    As many run at once as an account may have. A deployment that is under way already is waited for first: it may
    be an earlier run's, and carry an older version. DeploymentFailed with the platform's reason, at once, whatever
    the others do; DeadlinePassed with the last states seen.
    """
    if not functions:  # with nothing to deploy, no call
        return ()
    deployer = _Deployer(platform, functions, progress)
    pauses, known = _Pauses(deadline), ""
    while not _look(deployer, deadline):
        if deployer.describe() != known:  # something moved: what comes next may be near
            pauses, known = _Pauses(deadline), deployer.describe()
        if not pauses.sleep():
            raise _too_late(deployer, deadline)
    return tuple(deployer.done[function.uuid] for function in functions)


def _look(deployer: _Deployer, deadline: Deadline) -> bool:
    try:
        return deployer.look()
    except DeadlinePassed:  # in the middle of a call, which does not know the last states
        raise _too_late(deployer, deadline) from None


def _too_late(deployer: _Deployer, deadline: Deadline) -> DeadlinePassed:
    return DeadlinePassed(
        f"not deployed after {deadline.seconds:g} s: {deployer.describe()}",
        hint="It goes on: run the same command again to wait for its end, or give a longer --timeout.",
    )


def wait_for_deployment(
    platform: Platform, function: RemoteFunction, *, deadline: Deadline, progress: Callable[[str], None]
) -> bool:
    """Waits until no deployment of `function` is under way, however it ends; False when none was."""
    pauses, waited = _Pauses(deadline), False
    while True:
        newest = next(iter(platform.deployments(function.uuid)), None)
        if newest is None or newest.state not in DEPLOYMENTS_UNDER_WAY:
            return waited
        if not waited:
            progress(f"{function.name}: {newest.state} already; waiting for its end")
        waited = True
        if not pauses.sleep():
            raise DeadlinePassed(
                f"{function.name} cannot be changed: it is still {newest.state} after {deadline.seconds:g} s",
                hint="Run the same command again to wait for its end, or give a longer --timeout.",
            )


class _Pauses:
    """The pauses between two looks at the platform, each longer than the one before."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._next = _FIRST_PAUSE

    def sleep(self) -> bool:
        """False, at once, where the deadline leaves no time for it."""
        if self._deadline.remaining() <= self._next:
            return False
        self._deadline.sleep(self._next)
        self._next = min(self._next * 1.6, _LONGEST_PAUSE)
        return True


class _Deployer:
    """`look` reads the deployments once and does what can be done now."""

    def __init__(
        self, platform: Platform, functions: Sequence[RemoteFunction], progress: Callable[[str], None]
    ) -> None:
        self._platform = platform
        self._progress = progress
        self._left = {function.uuid: function for function in functions}
        self._seen: dict[str, str] = {}
        self._started: dict[str, int] = {}
        self.done: dict[str, RemoteFunction] = {}

    def describe(self) -> str:
        return ", ".join(
            f"{function.name} is {self._seen.get(uuid, 'waiting for its turn')}"
            for uuid, function in self._left.items()
        )

    def look(self) -> bool:
        """Whether all are done."""
        newest: dict[str, Deployment] = {}
        for entry in self._platform.deployments():  # newest first
            newest.setdefault(entry.function_uuid, entry)
        running = sum(entry.state in DEPLOYMENTS_UNDER_WAY for entry in newest.values())
        for uuid, function in list(self._left.items()):
            record = newest.get(uuid)
            if record is not None and record.state in DEPLOYMENTS_UNDER_WAY:
                self._tell(function, record.state)
            elif uuid in self._seen and self._ended(function, record):
                self._left.pop(uuid)
            elif running < CONCURRENT_DEPLOYMENTS.value and self._start(self._left[uuid], running):
                running += 1
        return not self._left

    def _tell(self, function: RemoteFunction, state: str) -> None:
        if self._seen.get(function.uuid) != state:
            already = "" if function.uuid in self._seen else " already; waiting for its end"
            self._progress(f"{function.name}: {state}{already}")
        self._seen[function.uuid] = state

    def _ended(self, function: RemoteFunction, record: Deployment | None) -> bool:
        """Whether the newest version serves now; one that did not come from here may have carried an older one."""
        if record is not None and record.state == FAILED and function.uuid in self._started:
            raise DeploymentFailed(
                f"deploying {function.name} failed: {record.error or 'the platform gave no reason'}",
                hint="Mend the function's code, then run the same command again.",
                logs=record.logs,
            )
        now = self._platform.function(function.uuid)
        if now.state == PRODUCTIVE:
            self.done[function.uuid] = now
            return True
        self._left[function.uuid] = now
        del self._seen[function.uuid]
        if self._started.get(function.uuid, 0) >= _ATTEMPTS:
            raise PlatformError(
                f"{function.name} is {now.state} after its deployment",
                hint="Somebody else may be changing it. Run `faasctl status`, then `faasctl deploy` again.",
            )
        return False

    def _start(self, function: RemoteFunction, running: int) -> bool:
        """False when the platform says that others deploy meanwhile."""
        start = self._platform.redeploy if function.state == MODIFIED else self._platform.deploy
        try:
            start(function.uuid)
        except ChangedRemotely:
            if running:
                return False
            raise
        self._started[function.uuid] = self._started.get(function.uuid, 0) + 1
        state = DEPLOYING if function.state == DRAFT else REDEPLOYING
        self._seen[function.uuid] = state
        self._progress(f"{function.name}: {state}")
        return True
