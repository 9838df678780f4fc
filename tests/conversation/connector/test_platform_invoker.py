"""Calls over a platform: what a bot can meet is a failure, what it cannot is raised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from faasctl.conversation.platform_invoker import PlatformInvoker, Through
from faasctl.errors import (
    AnsweredError,
    DeadlinePassed,
    FaasctlError,
    FunctionFailed,
    NotFound,
    NotSignedIn,
    PlatformBroke,
    RateLimited,
    Unreachable,
)
from faasctl.facts.function_errors import EXECUTION_EXCEEDED, THREW_ERROR
from faasctl.liveperson.model import Invocation
from faasctl.log_entry import LogEntry

if TYPE_CHECKING:
    from faasctl.liveperson.platform import Platform

LOG = LogEntry(level="Info", message="hi")


class _Platform:
    """Answers or fails, whichever of the two calls is used."""

    def __init__(self, error: FaasctlError | None = None) -> None:
        self.error = error
        self.called: list[tuple[str, str, Any]] = []

    def test_invocation(self, uuid: str, payload: Any) -> Invocation:
        return self._answer("test", uuid, payload)

    def invoke(self, uuid: str, payload: Any) -> Invocation:
        return self._answer("gateway", uuid, payload)

    def _answer(self, through: str, uuid: str, payload: Any) -> Invocation:
        self.called.append((through, uuid, payload))
        if self.error is not None:
            raise self.error
        return Invocation(result={"messages": ["Hi"]}, logs=(LOG,), duration=0.5, request_id="r")


def _invoker(platform: _Platform, through: Through = "test") -> PlatformInvoker:
    return PlatformInvoker(cast("Platform", platform), {"function": "u1"}, through=through)


@pytest.mark.parametrize("through", ["test", "gateway"])
def test_a_role_is_called_by_its_uuid(through: Through) -> None:
    platform = _Platform()
    result = _invoker(platform, through).invoke("function", {"message": "x"})
    assert platform.called == [(through, "u1", {"message": "x"})]
    assert (result.value, result.logs, result.duration) == ({"messages": ["Hi"]}, (LOG,), 0.5)


def test_any_other_name_is_a_uuid() -> None:
    platform = _Platform()
    _invoker(platform).invoke("11111111-2222-4333-8444-555555555555", {})
    assert platform.called[0][1] == "11111111-2222-4333-8444-555555555555"


def test_half_an_emoji_in_what_goes_on_to_a_hook_is_replaced() -> None:
    platform = _Platform()
    whole = {"messages": ["\N{WAVING HAND SIGN}"]}
    _invoker(platform).invoke("function", whole)
    _invoker(platform).invoke("function", {"messages": ["hi \ud83d", "\N{WAVING HAND SIGN}"]})
    assert [payload for _, _, payload in platform.called] == [
        whole,
        {"messages": ["hi \N{REPLACEMENT CHARACTER}", "\N{WAVING HAND SIGN}"]},
    ]


def test_of_a_failure_in_a_new_process_only_the_functions_own_time_counts() -> None:
    platform = _Platform(error=FunctionFailed("it threw", seconds=0.25))
    assert _invoker(platform).invoke("function", {}).duration == 0.25


def test_a_role_that_the_account_lacks_is_not_deployed() -> None:
    platform = _Platform()
    failure = _invoker(platform).invoke("pre", {}).failure
    assert failure is not None
    assert failure.kind == "not-deployed"
    assert platform.called == []


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (FunctionFailed("it threw", code=THREW_ERROR.code), "function"),
        (FunctionFailed("it ran over", code=EXECUTION_EXCEEDED.code), "timeout"),
        (FunctionFailed("it ran over", code=EXECUTION_EXCEEDED.v1), "timeout"),
        (RateLimited("busy"), "quota"),
        (NotFound("gone"), "not-deployed"),
        (PlatformBroke("503"), "gateway"),
    ],
)
def test_what_a_bot_can_meet_is_a_failure(error: AnsweredError, kind: str) -> None:
    error.reason, error.logs = "its own words", (LOG,)
    result = _invoker(_Platform(error)).invoke("function", {})
    assert result.failure is not None
    assert (result.failure.kind, result.failure.message) == (kind, "its own words")
    assert result.logs == (LOG,)


@pytest.mark.parametrize("error", [NotSignedIn("no"), Unreachable("no"), DeadlinePassed("no")])
def test_what_a_bot_cannot_meet_is_raised(error: FaasctlError) -> None:
    with pytest.raises(type(error)):
        _invoker(_Platform(error)).invoke("function", {})
