"""Deploying and waiting, on a real emulator: until success, failure or the deadline."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from faasctl.deadline import Deadline
from faasctl.errors import ChangedRemotely, DeadlinePassed, DeploymentFailed
from faasctl.facts.limits import CONCURRENT_DEPLOYMENTS
from faasctl.rollout.deployment import deploy_all

if TYPE_CHECKING:
    from faasctl.liveperson.model import RemoteFunction
    from tests.rollout.conftest import Account

ANOTHER = "async function lambda() { return 2; }"


def _deploy(account: Account, *functions: RemoteFunction, seconds: float = 20) -> tuple[list[str], list[str]]:
    """States of the functions afterwards, and what was told meanwhile."""
    told: list[str] = []
    deployed = deploy_all(account.platform, functions, deadline=Deadline(seconds), progress=told.append)
    assert [function.uuid for function in deployed] == [function.uuid for function in functions]
    return [function.state for function in deployed], told


def test_nothing_to_deploy_needs_no_call(account: Account) -> None:
    account.platform.close()
    assert _deploy(account) == ([], [])


def test_a_draft_is_deployed_and_a_modified_function_deployed_again(account: Account) -> None:
    function = account.function("OrderBot")
    assert _deploy(account, function) == (["Productive"], ["OrderBot: deploying"])
    modified = account.push(function, ANOTHER)
    assert modified.state == "Modified"
    assert _deploy(account, modified) == (["Productive"], ["OrderBot: redeploying"])
    records = account.platform.deployments(function.uuid)
    assert [record.manifest_version for record in records] == [2, 1]


def test_it_waits_until_the_deployment_has_ended(account: Account) -> None:
    account.slow(0.4)
    function = account.function("OrderBot")
    start = time.monotonic()
    assert _deploy(account, function)[0] == ["Productive"]
    assert time.monotonic() - start >= 0.4


def test_more_functions_than_may_be_deployed_at_once_take_turns(account: Account) -> None:
    account.slow(0.3)
    functions = [account.function(f"Bot{number}") for number in range(CONCURRENT_DEPLOYMENTS.value + 1)]
    states, told = _deploy(account, *functions)
    assert set(states) == {"Productive"}
    assert sorted(told) == sorted(f"{function.name}: deploying" for function in functions)
    records = [account.platform.deployments(function.uuid)[0] for function in functions]
    began, ended = ([getattr(record, name) for record in records] for name in ("created_at", "deployed_at"))
    assert sorted(began)[1] < min(ended) <= max(began)


def test_a_failed_deployment_ends_the_wait_at_once_with_the_platforms_reason(account: Account) -> None:
    function = account.function("OrderBot")
    account.fail_next("no room left")
    with pytest.raises(DeploymentFailed, match="OrderBot failed: no room left"):
        _deploy(account, function)
    assert _deploy(account, function)[0] == ["Productive"]


def test_the_failure_of_one_ends_the_wait_for_all(account: Account) -> None:
    good = account.function("GoodBot")
    bad = account.function("BadBot", "import gone from 'gone';\nasync function lambda() { return gone; }")
    with pytest.raises(DeploymentFailed, match="BadBot"):
        _deploy(account, good, bad)


def test_a_deployment_of_somebody_else_is_waited_for_and_not_repeated(account: Account) -> None:
    account.slow(0.3)
    function = account.function("OrderBot")
    account.platform.deploy(function.uuid)
    states, told = _deploy(account, function)
    assert states == ["Productive"]
    assert told == ["OrderBot: deploying already; waiting for its end"]
    assert len(account.platform.deployments(function.uuid)) == 1


def test_a_failed_deployment_of_somebody_else_is_no_reason_not_to_try(account: Account) -> None:
    account.slow(0.2)
    function = account.function("OrderBot")
    account.fail_next("a bad day")
    account.platform.deploy(function.uuid)
    assert _deploy(account, function)[0] == ["Productive"]


def test_the_deadline_is_told_with_the_last_state_of_each(account: Account) -> None:
    account.slow(5)
    functions = [account.function(f"Bot{number}") for number in range(CONCURRENT_DEPLOYMENTS.value + 1)]
    with pytest.raises(DeadlinePassed) as caught:
        _deploy(account, *functions, seconds=0.3)
    assert caught.value.message == (
        "not deployed after 0.3 s: Bot0 is deploying, Bot1 is deploying, Bot2 is deploying,"
        " Bot3 is waiting for its turn"
    )
    assert "run the same command again" in (caught.value.hint or "")


def test_a_deadline_that_passes_within_a_call_is_told_in_the_same_way(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.slow(5)
    function = account.function("OrderBot")
    account.platform.deploy(function.uuid)
    read = account.platform.deployments
    answers: Iterator[Callable[[], object]] = iter([read, _too_late])
    monkeypatch.setattr(account.platform, "deployments", lambda: next(answers)())
    with pytest.raises(DeadlinePassed, match="not deployed after 20 s: OrderBot is deploying"):
        _deploy(account, function)


def _too_late() -> None:
    raise DeadlinePassed("passed while reading")


def test_a_refusal_without_another_deployment_is_told(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    function = account.function("OrderBot")

    def refuse(uuid: str) -> None:
        raise ChangedRemotely("the function was changed", status=409)

    monkeypatch.setattr(account.platform, "deploy", refuse)
    with pytest.raises(ChangedRemotely):
        _deploy(account, function)
