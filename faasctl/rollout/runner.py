"""Carrying out steps: read, compare, write down, change, read again."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from faasctl.errors import ChangedRemotely, ConsentNeeded, FaasctlError, PlatformError
from faasctl.facts.states import DEPLOYED_STATES
from faasctl.rollout.actual import Actual, read_actual
from faasctl.rollout.connection_checks import ConnectionResult, check_connection
from faasctl.rollout.deployment import deploy_all, wait_for_deployment
from faasctl.rollout.desired_bot import ONLINE, desired_bot
from faasctl.rollout.events import Event, Noted, Progress, StepFinished, StepStarted
from faasctl.rollout.fingerprint import fingerprint
from faasctl.rollout.planning import changes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from faasctl.deadline import Deadline
    from faasctl.liveperson.model import Manifest, RemoteFunction
    from faasctl.liveperson.platform import Platform
    from faasctl.rollout.bots import BotConfigurations
    from faasctl.rollout.changes import Change, Step
    from faasctl.rollout.consent import Consent
    from faasctl.rollout.journal import Journal
    from faasctl.rollout.wanted import Wanted, WantedFunction


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a run works with: the account, where bots are kept, the journal, a person to ask, a listener.

    `before_writing` is called once, ahead of the first change; what it raises ends the run with nothing written.
    """

    platform: Platform
    bots: BotConfigurations
    journal: Journal
    consent: Callable[[], Consent | None]
    tell: Callable[[Event], None]
    deadline: Deadline
    before_writing: Callable[[], None] = lambda: None
    strict: bool = False


class Runner:
    """Carries out steps on one account. `result` is the last test connection's, None before one ran."""

    def __init__(self, wanted: Wanted, surroundings: Surroundings) -> None:
        self._wanted = wanted
        self._definition = wanted.definition
        self._with = surroundings
        self._actual = read_actual(self._definition, surroundings.platform, surroundings.bots)
        self._made: list[Change] = []
        self._may_write = False
        self.result: ConnectionResult | None = None

    @property
    def actual(self) -> Actual:
        """What the account held when it was last read."""
        return self._actual

    def run(self, steps: Sequence[Step], *, always_test: bool = False) -> None:
        """Carries out `steps` in order, each only as far as it changes something.

        With `always_test` the test connection runs even if it has passed for this very state. Errors are those of
        the platform, ConsentNeeded, and CheckFailed where the test connection fails.
        """
        interrupted = self._with.journal.interrupted
        if interrupted is not None:
            self._with.tell(Noted(text=f"the last run was interrupted during: {interrupted}; going on from there"))
        for step in steps:
            self._run_step(step, always_test=always_test)

    def _run_step(self, step: Step, *, always_test: bool) -> None:
        self._with.tell(StepStarted(step=step))
        start = time.monotonic()
        changes: tuple[Change, ...] = ()

        def finish(status: Literal["done", "skipped", "failed"], text: str) -> None:
            spent = time.monotonic() - start
            self._with.tell(StepFinished(step=step, status=status, text=text, duration=spent, changes=changes))

        try:
            passed = None if always_test else self._with.journal.passed
            changes = changes_of(step, self._wanted, self._actual, passed=passed, pending=self._made)
            self._ask_to_write(changes)
            texts = self._deploy(changes) if step == "deploy" else [self._make(change) for change in changes]
            if step == "test-connection" and self.result is not None:
                self.result.raise_for_failure()
        except FaasctlError as error:
            finish("failed", error.message)
            raise
        if changes:
            finish("done", "; ".join(texts))
        else:
            finish("skipped", self._nothing_to_do(step))

    def _ask_to_write(self, changes: Sequence[Change]) -> None:
        if not self._may_write and any(change.action != "test" for change in changes):
            self._with.before_writing()
            self._may_write = True

    def _make(self, change: Change) -> str:
        if change.action == "accept-disclaimer":
            consent = self._consent()
            return self._journalled(change, lambda: self._accept(consent))
        return self._journalled(change, lambda: self._carry_out(change))

    def _journalled(self, change: Change, make: Callable[[], str]) -> str:
        journal = self._with.journal
        journal.ahead(change)
        try:
            text = make()
        except FaasctlError as error:
            journal.failed(change, error.kind)
            raise
        journal.made(change)
        self._made.append(change)
        if change.action == "test" and self.result is not None and not self.result.failed:
            journal.record_passed(fingerprint(self._definition, self._actual))
        return text

    def _carry_out(self, change: Change) -> str:
        match change.action:
            case "create-function":
                return self._create(self._function(change))
            case "update-manifest":
                return self._update_manifest(self._function(change), change)
            case "update-description":
                return self._update_outline(self._function(change), change)
            case "save-bot":
                return self._save_bot(change)
            case "start-bot":
                return self._start_bot()
            case "test":
                return self._test()
        raise AssertionError(change.action)

    def _function(self, change: Change) -> WantedFunction:
        return next(function for function in self._wanted.functions if function.spec.role == change.role)

    def _create(self, function: WantedFunction) -> str:
        spec, platform = function.spec, self._with.platform
        created = platform.create_function(
            spec.name,
            description=spec.description,
            event_id=spec.event_id,
            skills=spec.skills,
            size=spec.size,
            code=spec.code,
            environment=function.environment,
        )
        if created.manifest is not None and created.manifest.holds(spec.code, function.environment):
            self._actual = self._actual.with_function(spec.role, created)
        else:
            self._push(function, created)
        return f"{spec.name} created on {spec.event_id}"

    def _update_manifest(self, function: WantedFunction, change: Change) -> str:
        there = self._actual.functions[function.spec.role]
        self._push(function, there)
        return f"{function.spec.name} updated: {', '.join(change.parts)}"

    def _push(self, function: WantedFunction, there: RemoteFunction) -> None:
        if there.manifest is None:
            raise PlatformError(
                f"the platform gave no manifest of function {there.name}", hint="Run the same command again."
            )

        def update(manifest: Manifest) -> None:
            self._with.platform.update_manifest(
                there.uuid, manifest, code=function.spec.code, environment=function.environment
            )

        try:
            update(there.manifest)
        except ChangedRemotely:
            # The platform changes nothing while it deploys; a run that was killed may have left that behind.
            if not wait_for_deployment(
                self._with.platform,
                there,
                deadline=self._with.deadline,
                progress=lambda text: self._with.tell(Progress(step="create", text=text)),
            ):
                raise
            update(self._with.platform.function(there.uuid).manifest or there.manifest)
        self._reread(function, there.uuid)

    def _update_outline(self, function: WantedFunction, change: Change) -> str:
        spec = function.spec
        there = self._actual.functions[spec.role]
        self._with.platform.update_function(there.uuid, description=spec.description, skills=spec.skills)
        self._reread(function, there.uuid)
        return f"{spec.name} updated: {', '.join(change.parts)}"

    def _deploy(self, changes: Sequence[Change]) -> list[str]:
        """All at once: deployments take their time, and an account may have several."""
        journal = self._with.journal
        roles = [self._function(change).spec.role for change in changes]
        for change in changes:
            journal.ahead(change)
        try:
            deployed = deploy_all(
                self._with.platform,
                [self._actual.functions[role] for role in roles],
                deadline=self._with.deadline,
                progress=lambda text: self._with.tell(Progress(step="deploy", text=text)),
            )
        except FaasctlError as error:
            for change in changes:
                journal.failed(change, error.kind)
            raise
        for change, role, function in zip(changes, roles, deployed, strict=True):
            journal.made(change)
            self._made.append(change)
            self._actual = self._actual.with_function(role, function)
        return [
            f"{function.name} deployed" + (f" (version {function.manifest.version})" if function.manifest else "")
            for function in deployed
        ]

    def _save_bot(self, change: Change) -> str:
        bot, bots = self._actual.bot, self._with.bots
        if bot is not None and bot.state == ONLINE:
            bots.stop(bot.bot_id)  # the platform lets nobody change a bot that is online (third-party-bots §1.6)
        saved = bots.save(desired_bot(self._definition, self._actual.functions))
        self._actual = self._actual.with_bot(saved)
        name = self._definition.function.name
        if change.parts:
            return f"{saved.name} updated: {', '.join(change.parts)}"
        return f"{saved.name} saved as a draft, with {name} in its vendor settings"

    def _consent(self) -> Consent:
        consent = self._with.consent()
        if consent is None:
            raise ConsentNeeded(
                f"nobody has agreed to the data disclaimer for bot {self._definition.bot.name}, "
                "so it cannot go online",
                hint="A person decides this: put bot.data_disclaimer {accepted_by, accepted_on} into bot.yaml, or"
                " run on a terminal, or pass --accept-data-disclaimer.",
            )
        return consent

    def _accept(self, consent: Consent) -> str:
        bot = self._with.bots.accept_disclaimer(
            self._definition.bot.bot_id, by=consent.by, on=consent.on.isoformat()
        )
        self._actual = self._actual.with_bot(bot)
        return f"accepted by {consent.by} on {consent.on.isoformat()}"

    def _start_bot(self) -> str:
        undeployed = [function.spec.name for function in self._wanted.functions if not self._is_deployed(function)]
        if undeployed:
            return f"the bot stays offline until `faasctl deploy` has deployed {', '.join(undeployed)}"
        bot = self._with.bots.start(self._definition.bot.bot_id)
        self._actual = self._actual.with_bot(bot)
        return f"{bot.name} is online"

    def _is_deployed(self, function: WantedFunction) -> bool:
        there = self._actual.functions.get(function.spec.role)
        return there is not None and there.state in DEPLOYED_STATES

    def _test(self) -> str:
        self.result = check_connection(
            self._definition,
            self._with.platform,
            self._actual.functions.get("function"),
            strict=self._with.strict,
            deadline=self._with.deadline,
            tell=self._with.tell,
        )
        if self.result.failed:
            self._with.journal.record_not_passed()
        return _summary(self.result)

    def _reread(self, function: WantedFunction, uuid: str) -> None:
        self._actual = self._actual.with_function(function.spec.role, self._with.platform.function(uuid))

    def _nothing_to_do(self, step: Step) -> str:
        names = ", ".join(function.spec.name for function in self._wanted.functions)
        bot = self._actual.bot
        match step:
            case "create":
                return f"{names} as defined"
            case "deploy":
                return f"{names} deployed, newest version"
            case "attach":
                return f"{self._definition.bot.name} as defined"
            case "accept-disclaimer":
                consent = bot.disclaimer if bot is not None else None
                by = f"accepted by {consent.by} on {consent.on}; " if consent is not None else ""
                return f"{by}the bot is online"
            case "test-connection":
                return "passed already for exactly this state"


def _summary(result: ConnectionResult) -> str:
    run = [check for check in result.checks if check.state != "skipped"]
    warnings = sum(check.state == "warning" for check in run)
    return f"{len(run) - len(result.failed)} of {len(run)} checks passed" + (
        f", {warnings} with a warning" if warnings else ""
    )
