"""What each step would change: pure functions of what is wanted and what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.errors import NotFound, PlatformError
from faasctl.facts.states import DEPLOYED_STATES, MODIFIED
from faasctl.rollout.changes import STEPS, Change, Step
from faasctl.rollout.desired_bot import ONLINE, bot_differences, desired_bot
from faasctl.rollout.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from faasctl.liveperson.model import RemoteFunction
    from faasctl.rollout.actual import Actual
    from faasctl.rollout.wanted import Wanted, WantedFunction


def plan(wanted: Wanted, actual: Actual, *, passed: str | None) -> tuple[Change, ...]:
    """Every change that a full run would make, in order.

    `passed` is the fingerprint of what the last passed test connection tested, None where none did. Later steps
    are planned on what the earlier ones will leave. PlatformError where a function exists on another event, which
    the platform cannot change.
    """
    changes: list[Change] = []
    for step in STEPS:
        planned = changes_of(step, wanted, actual, passed=passed, pending=changes)
        changes.extend(planned)
    return tuple(changes)


def changes_of(
    step: Step, wanted: Wanted, actual: Actual, *, passed: str | None = None, pending: list[Change] | None = None
) -> tuple[Change, ...]:
    """The changes of one step, `pending` ones of earlier steps taken as made."""
    planner: Callable[[Wanted, Actual, list[Change], str | None], Iterator[Change]] = _PLANNERS[step]
    return tuple(planner(wanted, actual, pending or [], passed))


def _create(wanted: Wanted, actual: Actual, _: list[Change], __: str | None) -> Iterator[Change]:
    for function in wanted.functions:
        spec, there = function.spec, actual.functions.get(function.spec.role)
        if there is None:
            yield Change(
                step="create",
                action="create-function",
                subject=spec.name,
                role=spec.role,
                reason=f"it does not exist on {spec.event_id}",
            )
            continue
        if there.event_id != spec.event_id:
            raise PlatformError(
                f"function {spec.name} exists on the event {there.event_id or '(none)'}, not on {spec.event_id}; "
                "the platform cannot move a function to another event",
                hint="Give the function another name in the definition, or delete the one that is there.",
            )
        parts = _manifest_differences(function, there)
        if parts:
            yield Change(
                step="create",
                action="update-manifest",
                subject=spec.name,
                role=spec.role,
                reason=f"changed: {', '.join(parts)}",
                parts=parts,
            )
        outline = _outline_differences(function, there)
        if outline:
            yield Change(
                step="create",
                action="update-description",
                subject=spec.name,
                role=spec.role,
                reason=f"changed: {', '.join(outline)}",
                parts=outline,
            )


def _deploy(wanted: Wanted, actual: Actual, pending: list[Change], _: str | None) -> Iterator[Change]:
    for function in wanted.functions:
        spec = function.spec
        there = actual.functions.get(spec.role)
        planned = {change.action for change in pending if change.role == spec.role}
        if there is None and "create-function" not in planned:
            raise NotFound(f"function {spec.name} does not exist", hint="Run `faasctl create` first.")
        if there is None or there.state not in DEPLOYED_STATES:
            yield Change(
                step="deploy",
                action="deploy",
                subject=spec.name,
                role=spec.role,
                reason="it is not deployed",
            )
        elif there.state == MODIFIED or "update-manifest" in planned:
            yield Change(
                step="deploy",
                action="redeploy",
                subject=spec.name,
                role=spec.role,
                reason="its deployed version is not the newest",
            )


def _attach(wanted: Wanted, actual: Actual, pending: list[Change], _: str | None) -> Iterator[Change]:
    name = wanted.definition.bot.name
    missing = [function.spec for function in wanted.functions if function.spec.role not in actual.functions]
    if missing and not any(change.action == "create-function" for change in pending):
        raise NotFound(f"function {missing[0].name} does not exist", hint="Run `faasctl create` first.")
    if actual.bot is None:
        yield Change(step="attach", action="save-bot", subject=name, reason="it has no bot configuration")
        return
    parts = (
        ("function",) if missing else bot_differences(desired_bot(wanted.definition, actual.functions), actual.bot)
    )
    if parts:
        yield Change(
            step="attach", action="save-bot", subject=name, reason=f"changed: {', '.join(parts)}", parts=parts
        )


def _accept_disclaimer(wanted: Wanted, actual: Actual, pending: list[Change], _: str | None) -> Iterator[Change]:
    name = wanted.definition.bot.name
    saved = any(change.action == "save-bot" for change in pending)
    if actual.bot is None and not saved:
        raise NotFound(f"bot {name} has no configuration", hint="Run `faasctl attach` first.")
    if actual.bot is None or actual.bot.disclaimer is None:
        yield Change(
            step="accept-disclaimer",
            action="accept-disclaimer",
            subject=name,
            reason="nobody has agreed to the data disclaimer",
        )
    if actual.bot is None or actual.bot.state != ONLINE or saved:
        yield Change(
            step="accept-disclaimer",
            action="start-bot",
            subject=name,
            reason="it was changed" if actual.bot is not None and saved else "it is not online",
        )


def _test_connection(
    wanted: Wanted, actual: Actual, pending: list[Change], passed: str | None
) -> Iterator[Change]:
    if pending or passed is None or passed != fingerprint(wanted.definition, actual):
        yield Change(
            step="test-connection",
            action="test",
            subject=wanted.definition.bot.name,
            reason="no test connection has passed for this state",
        )


_PLANNERS: Mapping[Step, Callable[[Wanted, Actual, list[Change], str | None], Iterator[Change]]] = {
    "create": _create,
    "deploy": _deploy,
    "attach": _attach,
    "accept-disclaimer": _accept_disclaimer,
    "test-connection": _test_connection,
}


def _manifest_differences(function: WantedFunction, there: RemoteFunction) -> tuple[str, ...]:
    code = there.manifest.code if there.manifest else ""
    environment = there.manifest.environment if there.manifest else {}
    names = sorted(
        name
        for name in {*function.environment, *environment}
        if function.environment.get(name) != environment.get(name)
    )
    return (
        *(("code",) if code != function.spec.code else ()),
        *(f"environment.{name}" for name in names),
    )


def _outline_differences(function: WantedFunction, there: RemoteFunction) -> tuple[str, ...]:
    spec = function.spec
    return tuple(part for part in ("description", "skills") if getattr(spec, part) != getattr(there, part))
