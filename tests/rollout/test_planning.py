"""From what is wanted and what is there to a list of changes; nothing is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from faasctl.definition.model import (
    EVENT_OF_ROLE,
    BotSpec,
    Definition,
    Disclaimer,
    EmulatorSpec,
    EscalationMessages,
    FunctionSpec,
    HookRole,
    Role,
    TestConnectionSpec,
)
from faasctl.errors import NotFound, PlatformError
from faasctl.liveperson.model import BotConfiguration, Manifest, RemoteFunction
from faasctl.liveperson.model import Disclaimer as RemoteDisclaimer
from faasctl.rollout.actual import Actual
from faasctl.rollout.changes import STEPS, Step
from faasctl.rollout.desired_bot import COMPARED, desired_bot
from faasctl.rollout.fingerprint import fingerprint
from faasctl.rollout.planning import changes_of, plan
from faasctl.rollout.wanted import Wanted, WantedFunction


def spec(role: Role, name: str) -> FunctionSpec:
    return FunctionSpec(
        role=role,
        name=name,
        description="d",
        event_id=EVENT_OF_ROLE[role],
        code_path=Path(f"/{name}.js"),
        code="code",
        environment={"A": "1"},
    )


def definition(**hooks: FunctionSpec) -> Definition:
    by_role: dict[HookRole, FunctionSpec] = {hook.role: hook for hook in hooks.values() if hook.role != "function"}
    return Definition(
        path=Path("/bot.yaml"),
        folder=Path("/"),
        version=1,
        target="local",
        account="demo",
        function=spec("function", "Bot"),
        hooks=by_role,
        bot=BotSpec(
            name="My bot",
            bot_id="my-bot",
            agent="a@example.com",
            conversation="messaging",
            welcome_message=False,
            engagement_attributes=False,
            escalation_skill="Humans",
            escalation_messages=EscalationMessages(),
            disclaimer=Disclaimer(accepted_by="jane", accepted_on=date(2026, 1, 2)),
        ),
        test_connection=TestConnectionSpec(),
        conversations=None,
        emulator=EmulatorSpec(),
        protected=False,
    )


def wanted(chosen: Definition) -> Wanted:
    return Wanted(
        definition=chosen,
        functions=tuple(WantedFunction(spec=one, environment={"A": "1"}) for one in chosen.functions),
    )


def remote(one: FunctionSpec, **changes: Any) -> RemoteFunction:
    there = RemoteFunction(
        uuid=f"u-{one.name}",
        name=one.name,
        state="Productive",
        description="d",
        event_id=one.event_id,
        manifest=Manifest(id="m", version=1, code="code", environment={"A": "1"}),
    )
    return replace(there, **changes)


def settled(chosen: Definition) -> Actual:
    functions = {one.role: remote(one) for one in chosen.functions}
    bot = replace(
        desired_bot(chosen, functions),
        disclaimer=RemoteDisclaimer(by="jane", on="2026-01-02"),
        state="ONLINE",
        draft=False,
    )
    return Actual(functions=functions, bot=bot)


def actions(chosen: Definition, actual: Actual, *, passed: bool = True) -> list[str]:
    known = fingerprint(chosen, actual) if passed else None
    return [change.action for change in plan(wanted(chosen), actual, passed=known)]


ONE = definition()
NOTHING = Actual(functions={}, bot=None)


def test_from_nothing_every_step_has_its_changes() -> None:
    assert actions(ONE, NOTHING) == [
        "create-function",
        "deploy",
        "save-bot",
        "accept-disclaimer",
        "start-bot",
        "test",
    ]


def test_where_all_holds_there_is_nothing_to_change() -> None:
    assert actions(ONE, settled(ONE)) == []


def test_each_hook_is_a_function_of_its_own() -> None:
    chosen = definition(pre=spec("pre", "Pre"), error=spec("error", "Err"))
    changes = plan(wanted(chosen), NOTHING, passed=None)
    created = [change.subject for change in changes if change.action == "create-function"]
    assert created == ["Bot", "Pre", "Err"]


def test_changed_code_is_updated_redeployed_and_tested() -> None:
    actual = settled(ONE)
    old = remote(ONE.function, manifest=Manifest(id="m", version=1, code="old", environment={"A": "1"}))
    assert actions(ONE, actual.with_function("function", old)) == ["update-manifest", "redeploy", "test"]


def test_an_environment_is_compared_by_name_and_its_values_are_never_told() -> None:
    actual = settled(ONE)
    there = {"A": "secret-old", "B": "2"}
    old = remote(ONE.function, manifest=Manifest(id="m", version=1, code="code", environment=there))
    change = changes_of("create", wanted(ONE), actual.with_function("function", old))[0]
    assert change.parts == ("environment.A", "environment.B")
    assert "secret-old" not in str(change.as_json())


def test_a_description_needs_no_redeployment() -> None:
    actual = settled(ONE)
    assert actions(ONE, actual.with_function("function", remote(ONE.function, description="other"))) == [
        "update-description",
        "test",
    ]


@pytest.mark.parametrize(("state", "action"), [("Draft", "deploy"), ("Modified", "redeploy")])
def test_what_is_not_deployed_in_its_newest_version_is_deployed(state: str, action: str) -> None:
    actual = settled(ONE).with_function("function", remote(ONE.function, state=state))
    assert actions(ONE, actual) == [action, "test"]


@pytest.mark.parametrize(
    ("part", "value", "told"),
    [
        ("agent", "b@example.com", "agent"),
        ("function_uuid", "u-other", "function"),
        ("escalation_skill", "Others", "escalation.skill"),
        ("message_to_customer", "Hello", "escalation.to_customer"),
        ("error_hook", "u-gone", "hooks.error"),
    ],
)
def test_a_bot_that_differs_is_saved_and_started_again(part: str, value: str, told: str) -> None:
    actual = settled(ONE)
    assert actual.bot is not None
    changed: dict[str, Any] = {part: value}
    different = actual.with_bot(replace(actual.bot, **changed))
    changes = plan(wanted(ONE), different, passed=fingerprint(ONE, different))
    assert [change.action for change in changes] == ["save-bot", "start-bot", "test"]
    assert changes[0].parts == (told,)


def test_without_consent_it_is_asked_for() -> None:
    actual = settled(ONE)
    assert actual.bot is not None
    draft = actual.with_bot(replace(actual.bot, disclaimer=None, state="OFFLINE", draft=True))
    assert actions(ONE, draft) == ["accept-disclaimer", "start-bot", "test"]


def test_a_state_that_no_test_has_passed_for_is_tested() -> None:
    assert actions(ONE, settled(ONE), passed=False) == ["test"]


def test_a_function_on_another_event_is_refused() -> None:
    actual = settled(ONE).with_function("function", remote(ONE.function, event_id="other_event"))
    with pytest.raises(PlatformError, match="exists on the event other_event") as caught:
        plan(wanted(ONE), actual, passed=None)
    assert caught.value.hint is not None


@pytest.mark.parametrize(("step", "verb"), [("deploy", "create"), ("attach", "create")])
def test_a_step_that_comes_too_early_names_the_one_before(step: Step, verb: str) -> None:
    with pytest.raises(NotFound) as caught:
        changes_of(step, wanted(ONE), NOTHING)
    assert f"faasctl {verb}" in str(caught.value.hint)


def test_consent_without_a_bot_names_attach() -> None:
    actual = Actual(functions=settled(ONE).functions, bot=None)
    with pytest.raises(NotFound) as caught:
        changes_of("accept-disclaimer", wanted(ONE), actual)
    assert "faasctl attach" in str(caught.value.hint)


def test_a_plan_is_in_the_order_of_the_steps() -> None:
    steps = [change.step for change in plan(wanted(ONE), NOTHING, passed=None)]
    assert steps == sorted(steps, key=STEPS.index)


def test_a_fingerprint_changes_with_the_version_and_not_with_the_description() -> None:
    actual = settled(ONE)
    newer = actual.with_function("function", remote(ONE.function, manifest=Manifest(id="m", version=2)))
    renamed = actual.with_function("function", remote(ONE.function, description="other"))
    assert fingerprint(ONE, newer) != fingerprint(ONE, actual) == fingerprint(ONE, renamed)


def test_a_bot_that_is_there_is_compared_in_every_part_that_is_saved() -> None:
    bot = settled(ONE).bot
    assert isinstance(bot, BotConfiguration)
    saved = {"bot_id", "disclaimer", "state", "draft"}  # the key, and what only the platform sets
    assert set(BotConfiguration.__slots__) - saved == set(COMPARED)
