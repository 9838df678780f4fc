"""Fault plans by themselves: what they match, how often they strike, what they do to a connection."""

from __future__ import annotations

import contextlib
import http.client
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.deadline import Deadline
from faasctl.emulator.faults.plan import Fault, FaultPlan
from faasctl.emulator.faults.services import ROUTES, account_of
from faasctl.errors import NotSignedIn
from faasctl.liveperson.connect import connect
from faasctl.liveperson.credentials import UserPassword
from faasctl.liveperson.network import Network

if TYPE_CHECKING:
    from faasctl.liveperson.platform import Platform
    from tests.faults.conftest import Bot, MakeBot

LIST = "/api/account/a/functions"


@pytest.mark.parametrize(
    ("service", "method", "path"),
    [
        ("domains", "GET", "/api/account/a/service/baseURI.json"),
        ("domains", "GET", "/api/account/a/service/faasGW/baseURI.json"),
        ("sign-in", "POST", "/api/account/a/login"),
        ("refresh", "POST", "/api/account/a/refresh"),
        ("oauth", "POST", "/sentinel/api/account/a/app/token"),
        ("oauth", "POST", "/sentinel/api/v2/account/a/app/token"),
        ("functions", "GET", LIST),
        ("functions", "GET", "/api/account/a/functions/u1"),
        ("functions", "PUT", "/api/account/a/lambdas/u1"),
        ("functions", "GET", "/api/account/a/runtimes"),
        ("manifest", "PUT", "/api/account/a/functions/u1/manifest"),
        ("manifest", "PUT", "/api/account/a/lambdas/u1"),
        ("deployments", "PATCH", "/api/account/a/deployments/u1"),
        ("test", "POST", "/api/account/a/functions/u1/test"),
        ("gateway", "POST", "/api/account/a/lambdas/u1/invoke"),
        ("gateway", "GET", "/api/account/a/events/e/isImplemented"),
        ("events", "GET", "/api/account/a/events"),
        ("logs", "GET", "/api/account/a/functions/u1/logs/export"),
        ("logs", "GET", "/api/account/a/logs/export"),
        ("reports", "GET", "/api/account/a/reports/invocations/u1"),
        ("reports", "GET", "/api/account/a/functions/count"),
        ("bots", "PUT", "/emulator/accounts/a/bots/b/disclaimer"),
    ],
)
def test_a_service_has_its_routes_and_no_others(service: str, method: str, path: str) -> None:
    found = {name for name in ROUTES if Fault(kind="status", service=name).matches(method, path)}
    both = {"functions", "manifest"} if "/lambdas/" in path and not path.endswith("invoke") else {service}
    assert found == both
    assert account_of(path) == "a"


@pytest.mark.parametrize(
    "path",
    ["/emulator/health", "/emulator/requests", "/emulator/accounts/a", "/emulator/accounts/a/faults", "/", "/api"],
)
def test_the_operator_is_not_locked_out(path: str) -> None:
    assert account_of(path) is None


def test_method_and_path_narrow_a_fault_down() -> None:
    fault = Fault(kind="status", method="GET", path="/api/account/*/functions/u*")
    assert fault.matches("GET", "/api/account/a/functions/u1")
    assert not fault.matches("PUT", "/api/account/a/functions/u1")
    assert not fault.matches("GET", LIST)


def test_calls_that_are_let_through_and_the_number_of_hits() -> None:
    plan = FaultPlan(faults=(Fault(kind="reset", after=2, times=2),))
    met = [plan.next_fault("GET", LIST) is not None for _ in range(6)]
    assert met == [False, False, True, True, False, False]
    assert plan.counts() == [{"matched": 6, "hit": 2}]


def test_the_next_fault_is_met_once_the_first_is_used_up() -> None:
    plan = FaultPlan(faults=(Fault(kind="reset", times=1), Fault(kind="status", status=500)))
    kinds = [fault.kind if (fault := plan.next_fault("GET", LIST)) else None for _ in range(3)]
    assert kinds == ["reset", "status", "status"]


@given(seed=st.integers(0, 2**32), probability=st.floats(0, 1))
def test_a_seed_makes_probabilities_repeatable(seed: int, probability: float) -> None:
    def hits() -> list[bool]:
        plan = FaultPlan(seed, (Fault(kind="reset", probability=probability),))
        return [plan.next_fault("GET", LIST) is not None for _ in range(50)]

    assert hits() == hits()
    if probability == 1:
        assert all(hits())
    if probability == 0:
        assert not any(hits())


@pytest.fixture(scope="module")
def bot(make_bot: MakeBot) -> Bot:
    return make_bot()


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes


def _call(bot: Bot, method: str, path: str, body: Any = None, *, as_operator: bool = True) -> Answer:
    headers = {"Authorization": f"Bearer {bot.endpoint.operator_token}"} if as_operator else {}
    address = bot.endpoint.url.removeprefix("http://")
    with contextlib.closing(http.client.HTTPConnection(address, timeout=20)) as connection:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        with connection.getresponse() as response:
            return Answer(
                status=response.status,
                headers={name.lower(): value for name, value in response.getheaders()},
                content=response.read(),
            )


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({}, "faults must be a list"),
        ({"faults": {}}, "faults must be a list"),
        ({"faults": [{}]}, "needs a kind"),
        ({"faults": ["reset"]}, "must be an object"),
        ({"faults": [{"kind": "explode"}]}, "kind must be one of"),
        ({"faults": [{"kind": "reset", "when": 1}]}, "no key 'when'"),
        ({"faults": [{"kind": "reset", "service": "coffee"}]}, "service must be one of"),
        ({"faults": [{"kind": "reset", "times": -1}]}, "times must be a whole number"),
        ({"faults": [{"kind": "reset", "times": True}]}, "times must be a whole number"),
        ({"faults": [{"kind": "delay", "seconds": "1"}]}, "seconds must be a number"),
        ({"faults": [{"kind": "reset", "probability": 2}]}, "probability must be 0 up to 1"),
        ({"faults": [{"kind": "reset", "carriedOut": 1}]}, "carriedOut must be true or false"),
        ({"faults": [{"kind": "status", "status": 99}]}, "status must be"),
        ({"faults": [], "sead": 1}, "no key 'sead'"),
        ({"faults": [], "seed": "x"}, "seed must be a whole number"),
    ],
)
def test_a_plan_is_read_strictly(bot: Bot, plan: Any, said: str) -> None:
    answer = _call(bot, "PUT", f"/emulator/accounts/{bot.account}/faults", plan)
    assert answer.status == 400
    assert said in answer.content.decode()


def test_a_plan_needs_an_account_and_the_operator(bot: Bot) -> None:
    assert _call(bot, "PUT", "/emulator/accounts/nobody/faults", {"faults": []}).status == 404
    assert _call(bot, "GET", f"/emulator/accounts/{bot.account}/faults", as_operator=False).status == 401


def test_a_plan_is_shown_as_it_was_given_with_counts(bot: Bot) -> None:
    fault = {"kind": "status", "service": "functions", "status": 429, "retryAfter": "7", "times": 1}
    bot.breaks(fault, seed=3)
    path = f"/api/account/{bot.account}/functions?userId=1"
    refused = _call(bot, "GET", path)
    assert (refused.status, refused.headers["retry-after"]) == (429, "7")
    assert _call(bot, "GET", path).status == 200
    shown = bot.ask("GET", f"/emulator/accounts/{bot.account}/faults")
    assert shown == {"seed": 3, "faults": [{**fault, "matched": 2, "hit": 1}]}
    bot.mends()
    assert bot.ask("GET", f"/emulator/accounts/{bot.account}/faults") == {"seed": 0, "faults": []}


@pytest.mark.parametrize("carried_out", [False, True])
def test_a_reset_is_a_reset_of_the_connection(bot: Bot, carried_out: bool) -> None:
    bot.breaks({"kind": "reset", "service": "functions", "carriedOut": carried_out})
    with pytest.raises(ConnectionResetError):
        _call(bot, "GET", f"/api/account/{bot.account}/functions?userId=1")
    bot.mends()


def test_an_answer_breaks_off_in_its_middle(bot: Bot) -> None:
    path = f"/api/account/{bot.account}/events?userId=1"
    whole = _call(bot, "GET", path).content
    bot.breaks({"kind": "truncated", "service": "events", "carriedOut": True})
    with pytest.raises(http.client.IncompleteRead) as caught:
        _call(bot, "GET", path)
    assert whole.startswith(caught.value.partial)
    assert 0 < len(caught.value.partial) < len(whole)
    bot.breaks({"kind": "reset-in-answer", "service": "events"})
    with pytest.raises((ConnectionResetError, http.client.IncompleteRead)):
        _call(bot, "GET", path)
    bot.mends()


def test_a_call_that_is_carried_out_leaves_its_mark_and_one_that_is_not_does_not(make_bot: MakeBot) -> None:
    bot = make_bot()
    path, body = f"/api/account/{bot.account}/functions?userId=1", {"name": "Once", "description": "d"}
    bot.breaks({"kind": "status", "status": 502, "method": "POST", "times": 1})
    assert _call(bot, "POST", path, body).status == 502
    assert bot.function_names() == []
    bot.breaks({"kind": "status", "status": 502, "method": "POST", "carriedOut": True})
    assert _call(bot, "POST", path, body).status == 502
    assert bot.function_names() == ["Once"]
    bot.mends()


def test_a_late_answer_of_a_call_that_was_carried_out(bot: Bot) -> None:
    bot.breaks({"kind": "delay", "seconds": 0.05, "service": "events", "carriedOut": True})
    assert _call(bot, "GET", f"/api/account/{bot.account}/events?userId=1").status == 200
    assert bot.hits() == [1]
    bot.mends()


def test_faults_of_one_account_leave_others_alone(bot: Bot, make_bot: MakeBot) -> None:
    other = make_bot()
    bot.breaks({"kind": "status", "status": 500})
    assert other.function_names() == []
    bot.mends()


def test_v1_says_a_fault_in_its_own_form(make_bot: MakeBot) -> None:
    bot = make_bot(platform="v1")
    bot.breaks({"kind": "status", "status": 500, "code": "com.liveperson.faas.fm.general", "reason": "broken"})
    answer = _call(bot, "GET", f"/api/account/{bot.account}/lambdas?userId=1&v=1")
    body = json.loads(answer.content)
    assert (answer.status, body) == (500, {"errorCode": "com.liveperson.faas.fm.general", "errorMsg": "broken"})
    bot.mends()


def _platform(bot: Bot) -> Platform:
    user = bot.ask("GET", f"/emulator/accounts/{bot.account}/credentials")["user"]
    return connect(
        bot.account,
        UserPassword(username=user["username"], password=user["password"]),
        network=Network(reach_at=bot.endpoint.url),
        deadline=Deadline(60),
    )


def test_two_sessions_of_one_user_do_not_go_on_ending_each_other(bot: Bot) -> None:
    with contextlib.closing(_platform(bot)) as first, contextlib.closing(_platform(bot)) as second:
        with pytest.raises(NotSignedIn) as caught:
            first.functions()
        assert "elsewhere" in (caught.value.hint or "")
        assert second.functions() == ()
        assert first.refresh() is False
        assert second.refresh() is True
