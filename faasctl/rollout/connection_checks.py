"""The test connection (third-party-bots §6): what the connector would find, one check after the other."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from faasctl.conversation.payloads import welcome_payload
from faasctl.conversation.reply_reading import reply_problems
from faasctl.conversation.reply_rules import SILENCE, Surroundings
from faasctl.durations import show_duration
from faasctl.errors import (
    AnsweredError,
    CheckFailed,
    DeadlinePassed,
    FunctionFailed,
    NotSignedIn,
    PermissionMissing,
    PlatformBroke,
    RateLimited,
    Unreachable,
    UnreadableAnswer,
)
from faasctl.facts.connector_errors import TEST_CONNECTION
from faasctl.facts.function_errors import BY_CODE, EXECUTION_EXCEEDED
from faasctl.facts.limits import EXECUTION_SECONDS
from faasctl.facts.payloads import neutral_probe
from faasctl.facts.states import DEPLOYED_STATES, PRODUCTIVE
from faasctl.rollout.events import Check, CheckState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from faasctl.deadline import Deadline
    from faasctl.definition.model import Definition
    from faasctl.liveperson.model import Invocation, RemoteFunction
    from faasctl.liveperson.platform import Platform

_WAY_BACK_SECONDS = 5.0
ADVISED_SECONDS = 1.0
"""The platform's advice for bots (functions-api §10, D)."""

EXISTS = ("function.exists", "function exists")
EVENT = ("function.event", "right event")
DEPLOYED = ("function.deployed", "deployed")
IMPLEMENTED = ("function.implemented", "implemented")
PROBE = ("probe.answered", "answers the probe")
WELCOME = ("welcome.answered", "answers a welcome")

STANDS_FOR = {
    EXISTS[0]: "list of functions (management API)",
    EVENT[0]: "list of functions (management API)",
    DEPLOYED[0]: "list of functions (management API)",
    IMPLEMENTED[0]: "isImplemented (invocation gateway)",
    PROBE[0]: "invocation by UUID (gateway); the wizard's own payload is not published",
    WELCOME[0]: "invocation by UUID (gateway)",
}
"""On a real account: the published call that stands for each check, as the button itself has none (§1.9, §6)."""


_NOT_THE_BOT_S = (NotSignedIn, PlatformBroke, RateLimited, Unreachable, UnreadableAnswer)
"""Nothing is known of the bot then: whoever runs this signs in again, or tries later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionResult:
    """Every check, in order."""

    checks: tuple[Check, ...]

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.state == "failed")

    def as_json(self) -> dict[str, object]:
        """In the form of third-party-bots §6, with our own fields beside it."""
        return {
            "ok": not self.failed,
            "code": TEST_CONNECTION.code if self.failed else None,
            "checks": [check.as_json() for check in self.checks],
        }

    def raise_for_failure(self) -> None:
        """CheckFailed with the connector's code, its documented reasons and what to do."""
        if not self.failed:
            return
        first = self.failed[0]
        count = sum(check.state != "skipped" for check in self.checks)
        raise CheckFailed(
            f"the test connection failed: {len(self.failed)} of {count} checks; {first.title}: {first.detail}",
            code=TEST_CONNECTION.code,
            hint=f"{TEST_CONNECTION.code}: {'; or '.join(TEST_CONNECTION.reasons)}. {_advice(first)}",
        )


def check_connection(
    definition: Definition,
    platform: Platform,
    function: RemoteFunction | None,
    *,
    strict: bool,
    deadline: Deadline,
    tell: Callable[[Check], None],
) -> ConnectionResult:
    """Runs the checks on `function`, telling each as it ends; what cannot be checked any more is skipped.

    At most four calls; a fifth where the function threw, which fetches its log lines.
    """
    checks = []
    by_hand = definition.target == "cloud"
    for made in _checks(definition, platform, function, strict=strict, deadline=deadline):
        check = replace(made, through=STANDS_FOR[made.name]) if by_hand else made
        tell(check)
        checks.append(check)
    return ConnectionResult(checks=tuple(checks))


def _checks(
    definition: Definition,
    platform: Platform,
    function: RemoteFunction | None,
    *,
    strict: bool,
    deadline: Deadline,
) -> Iterator[Check]:
    spec = definition.function
    left = [EXISTS, EVENT, DEPLOYED, IMPLEMENTED, PROBE, WELCOME]

    def skipped() -> Iterator[Check]:
        for kind in left:
            yield _check(kind, "skipped", "not reached")

    left.remove(EXISTS)
    if function is None:
        yield _check(EXISTS, "failed", f"no function {spec.name} in account {platform.account}")
        yield from skipped()
        return
    yield _check(EXISTS, "passed", f"{function.name} ({function.uuid})")

    left.remove(EVENT)
    if function.event_id != spec.event_id:
        yield _check(EVENT, "failed", f"it is on {function.event_id or 'no event'}, not on {spec.event_id}")
        yield from skipped()
        return
    yield _check(EVENT, "passed", spec.event_id)

    left.remove(DEPLOYED)
    if function.state not in DEPLOYED_STATES:
        yield _check(DEPLOYED, "failed", f"its state is {function.state}", code=TEST_CONNECTION.code)
        yield from skipped()
        return
    if function.state != PRODUCTIVE:
        yield _check(DEPLOYED, "warning", f"its state is {function.state}: an older version answers")
    else:
        yield _check(DEPLOYED, "passed", function.state)

    left.remove(IMPLEMENTED)
    yield _implemented(definition, platform, deadline)

    left.remove(PROBE)
    probe = _Probe(definition, platform, function, strict, deadline)
    probed = probe.check(PROBE, neutral_probe(), must_say_something=False)
    yield probed
    if EXECUTION_EXCEEDED.is_said_by(probed.code):  # waiting as long once more would tell nothing new
        yield from skipped()
        return

    left.remove(WELCOME)
    conversation = definition.bot.conversation
    welcome = probe.check(
        WELCOME, welcome_payload(conversation, conversation_id=str(uuid.uuid4())), must_say_something=True
    )
    if welcome.state == "failed" and conversation == "messaging" and not definition.bot.welcome_message:
        welcome = replace(
            welcome,
            state="warning",
            detail=f"{welcome.detail}; no welcome is sent while bot.welcome_message is off",
            logs=(),
        )
    yield welcome


def _implemented(definition: Definition, platform: Platform, deadline: Deadline) -> Check:
    event = definition.function.event_id
    try:
        implemented = platform.is_implemented(event, deadline=deadline)
    except PermissionMissing as error:
        return _check(IMPLEMENTED, "failed", error.message, code=TEST_CONNECTION.code)
    if implemented:
        return _check(IMPLEMENTED, "passed", "the gateway knows a function on the event")
    return _check(IMPLEMENTED, "failed", "the gateway knows no function on the event", code=TEST_CONNECTION.code)


@dataclass(frozen=True, slots=True)
class _Probe:
    definition: Definition
    platform: Platform
    function: RemoteFunction
    strict: bool
    deadline: Deadline

    def check(self, kind: tuple[str, str], payload: object, *, must_say_something: bool) -> Check:
        timeout = self.definition.test_connection.timeout
        # The platform ends the function itself; its own word is worth the way back (functions-api §17).
        wait = timeout if timeout < EXECUTION_SECONDS.value else EXECUTION_SECONDS.value + _WAY_BACK_SECONDS
        try:
            answer = self.platform.invoke(self.function.uuid, payload, deadline=self.deadline.sooner(wait))
        except FunctionFailed as error:
            return self._failed(kind, error, payload)
        except _NOT_THE_BOT_S:
            raise
        except AnsweredError as error:
            return _check(kind, "failed", error.message, code=error.code or TEST_CONNECTION.code)
        except DeadlinePassed:
            if self.deadline.passed:
                raise
            return _check(
                kind, "failed", f"no answer within {show_duration(timeout)}", code=EXECUTION_EXCEEDED.code
            )
        return self._judge(kind, answer, must_say_something=must_say_something)

    def _judge(self, kind: tuple[str, str], answer: Invocation, *, must_say_something: bool) -> Check:
        problems = [
            str(problem)
            for problem in reply_problems(answer.result, _surroundings(self.definition))
            if must_say_something or problem.rule not in SILENCE
        ]
        budget = self.definition.test_connection.budget
        state: CheckState = "passed"
        said = ["answered"]
        if problems:
            state = "failed" if self.strict else "warning"
            said = [f"the connector would not read the reply: {'; '.join(problems)}"]
        if budget is not None and answer.duration > budget:
            state = "failed"
            said.append(f"it took longer than the budget of {show_duration(budget)}")
        elif answer.duration > ADVISED_SECONDS:
            state = "failed" if state == "failed" else "warning"
            said.append("the platform advises to answer within 1 s")
        return _check(kind, state, "; ".join(said), duration=answer.duration)

    def _failed(self, kind: tuple[str, str], error: FunctionFailed, payload: object) -> Check:
        known = BY_CODE.get(error.code or "")
        meaning = known.meaning if known else error.message
        if not EXECUTION_EXCEEDED.is_said_by(error.code):
            # The gateway does not say what was thrown; the test call does, with the function's log lines.
            try:
                self.platform.test_invocation(self.function.uuid, payload, deadline=self.deadline.sooner(10))
            except FunctionFailed as told:
                error = told
                meaning = f"{meaning}: {told.reason}" + (told.origin and f", {told.origin}")
            except (AnsweredError, DeadlinePassed):
                pass
        return Check(
            name=kind[0],
            title=kind[1],
            state="failed",
            detail=f"{meaning} ({error.code})",
            code=error.code,
            logs=error.logs,
        )


def _surroundings(definition: Definition) -> Surroundings:
    return Surroundings(conversation=definition.bot.conversation, image_hosts=definition.emulator.image_hosts)


def _check(
    kind: tuple[str, str],
    state: CheckState,
    detail: str,
    *,
    duration: float | None = None,
    code: str | None = None,
) -> Check:
    return Check(name=kind[0], title=kind[1], state=state, detail=detail, duration=duration, code=code)


def _advice(check: Check) -> str:
    known = BY_CODE.get(check.code or "")
    if known is not None:
        return known.advice
    return {
        EXISTS[0]: "Run `faasctl create`.",
        EVENT[0]: "Give the function another name, or delete the one on the other event.",
        DEPLOYED[0]: "Run `faasctl deploy`.",
        IMPLEMENTED[
            0
        ]: "Run `faasctl deploy`; where it is deployed, the permission FaaS-Invocation may be missing.",
    }.get(check.name, "Run `faasctl invoke` with the same payload to see the function's log lines.")
