"""Deploying one function, and waiting until the platform says how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.errors import ChangedRemotely, DeadlinePassed, DeploymentFailed, PlatformError
from faasctl.facts.states import DEPLOYING, DEPLOYMENTS_UNDER_WAY, DRAFT, FAILED, MODIFIED, PRODUCTIVE, REDEPLOYING

if TYPE_CHECKING:
    from collections.abc import Callable

    from faasctl.deadline import Deadline
    from faasctl.liveperson.model import Deployment, RemoteFunction
    from faasctl.liveperson.platform import Platform

_FIRST_LOOK = 0.02
_LONGEST_PAUSE = 2.0
_ATTEMPTS = 3


def deploy_and_wait(
    platform: Platform, function: RemoteFunction, *, deadline: Deadline, progress: Callable[[str], None]
) -> RemoteFunction:
    """Brings the newest version of `function` to Productive and returns the function as it is then.

    A deployment that is under way already is waited for first: it may be an earlier run's, and it may carry an
    older version. DeploymentFailed with the platform's reason, at once; DeadlinePassed with the last state seen.
    """
    for _ in range(_ATTEMPTS):
        under_way = _newest(platform, function.uuid)
        if under_way is None or under_way.state not in DEPLOYMENTS_UNDER_WAY:
            if not _start(platform, function, progress):
                deadline.sleep(_FIRST_LOOK)
                continue
        else:
            progress(f"{function.name}: a deployment is {under_way.state} already; waiting for it")
        _wait(platform, function, deadline, progress)
        function = platform.function(function.uuid)
        if function.state == PRODUCTIVE:
            return function
    raise PlatformError(
        f"{function.name} is {function.state} after its deployment",
        hint="Somebody else may be changing it. Run `faasctl status`, then `faasctl deploy` again.",
    )


def _start(platform: Platform, function: RemoteFunction, progress: Callable[[str], None]) -> bool:
    """False when the platform says that a deployment runs meanwhile, or that the state is another by now."""
    progress(f"{function.name}: {_expected(function)}")
    start = platform.redeploy if function.state == MODIFIED else platform.deploy
    try:
        start(function.uuid)
    except ChangedRemotely:
        newest = _newest(platform, function.uuid)
        if newest is not None and newest.state in DEPLOYMENTS_UNDER_WAY:
            return False
        raise
    return True


def _wait(
    platform: Platform, function: RemoteFunction, deadline: Deadline, progress: Callable[[str], None]
) -> None:
    pause, seen = _FIRST_LOOK, _expected(function)
    while True:
        newest = _newest(platform, function.uuid)
        state = newest.state if newest is not None else "not listed yet"
        if newest is not None and newest.state not in DEPLOYMENTS_UNDER_WAY:
            if newest.state == FAILED:
                raise DeploymentFailed(
                    f"deploying {function.name} failed: {newest.error or 'the platform gave no reason'}",
                    hint="Mend the function's code, then run the same command again.",
                    logs=newest.logs,
                )
            return
        if state != seen:
            seen = state
            progress(f"{function.name}: {state}")
        if deadline.remaining() <= pause:
            raise DeadlinePassed(
                f"{function.name} is still {state} after {deadline.seconds:g} s",
                hint="It goes on: run the same command again to wait for its end, or give a longer --timeout.",
            )
        deadline.sleep(pause)
        pause = min(pause * 1.6, _LONGEST_PAUSE)


def _expected(function: RemoteFunction) -> str:
    """The state that a deployment of the function starts with, which is told when it is started."""
    return DEPLOYING if function.state == DRAFT else REDEPLOYING


def _newest(platform: Platform, uuid: str) -> Deployment | None:
    return next(iter(platform.deployments(uuid)), None)
