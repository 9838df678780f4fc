"""Every limit of the table, for both generations, on the limit and one past it (functions-api §5.1, §15).

Where sources disagree the stricter holds, and the looser one where the account takes it.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, get_args

import pytest

from faasctl.emulator.server import Emulator
from faasctl.emulator.store import Store
from faasctl.facts import events, limits
from faasctl.facts.services import Generation
from tests.emulator import limit_cases
from tests.emulator.limit_cases import KEEPS, USES, Account, Keep, Stand, Told, told

if TYPE_CHECKING:
    from pathlib import Path

    from faasctl.emulator.endpoint import Endpoint
    from faasctl.facts.limits import Limit
    from tests.emulator.conftest import OpenClient

OpenAccount = Callable[..., Account]
DAY_MS = 86_400_000
GENERATIONS: tuple[Generation, ...] = get_args(Generation)
BY_THEMSELVES: tuple[Limit, ...] = (limits.EXECUTION_SECONDS, limits.MEMORY_MEBIBYTES, limits.LOG_DAYS)
"""Limits whose tests stand below: their measure is not to the unit."""


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("emulator") / "state"


@pytest.fixture(scope="module")
def endpoint(state: Path) -> Iterator[Endpoint]:
    """An emulator with the platform's own run time."""
    with Emulator(state) as emulator:
        yield emulator.endpoint


@pytest.fixture
def open_account(endpoint: Endpoint, open_client: OpenClient, state: Path) -> Iterator[OpenAccount]:
    store = Store(state)

    def opened(platform: Generation, *, loose: bool = False, **settings: Any) -> Account:
        client = open_client(endpoint, platform=platform, looseLimits=loose, **settings)
        return Account(client, platform, store)

    yield opened
    store.close()


def _generations(limit: Limit) -> tuple[Generation, ...]:
    return GENERATIONS if limit.only is None else (limit.only,)


def _cases(limit: Limit) -> Iterator[tuple[Generation, bool]]:
    """Each generation, and loosely too where a source of it is looser."""
    for generation in _generations(limit):
        yield generation, False
        if limit.of(generation, loose=True) != limit.of(generation):
            yield generation, True


def _named(limit: Limit, generation: Generation, loose: bool) -> str:
    return f"{limit.what}, {generation}{', loosely' if loose else ''}"


USED = [
    pytest.param(stand, generation, loose, id=_named(stand.limit, generation, loose))
    for stand in USES
    for generation, loose in _cases(stand.limit)
]
KEPT = [
    pytest.param(limit, keep, generation, loose, id=_named(limit, generation, loose))
    for limit, keep in KEEPS
    for generation, loose in _cases(limit)
]


def test_every_limit_of_the_table_is_stood_upon() -> None:
    stood_upon = [*(stand.limit for stand in USES), *(limit for limit, _ in KEEPS), *BY_THEMSELVES]
    assert sorted(limit.what for limit in stood_upon) == sorted(limit.what for limit in limits.ALL)


def test_a_looser_limit_is_looser_and_its_source_says_that_others_disagree() -> None:
    for limit in limits.ALL:
        for strict, loose in ((limit.value, limit.looser), (limit.v1 or limit.value, limit.looser_v1)):
            assert loose is None or (loose > strict and "(" in limit.source), limit.what


@pytest.mark.parametrize(("stand", "generation", "loose"), USED)
def test_what_stays_on_a_limit_is_taken(
    open_account: OpenAccount, stand: Stand, generation: Generation, loose: bool
) -> None:
    most = stand.limit.of(generation, loose=loose) * stand.unit
    outcome = stand.use(open_account(generation, loose=loose), most)
    assert outcome.taken, outcome


@pytest.mark.parametrize(("stand", "generation", "loose"), USED)
def test_what_is_one_past_a_limit_is_refused_with_its_code(
    open_account: OpenAccount, stand: Stand, generation: Generation, loose: bool
) -> None:
    most = stand.limit.of(generation, loose=loose) * stand.unit
    outcome = stand.use(open_account(generation, loose=loose), most + 1)
    assert not outcome.taken
    assert outcome == _expected(stand.limit, generation)


def _expected(limit: Limit, generation: Generation) -> Told:
    beyond = limit.beyond
    return Told(status=beyond.status, code=beyond.code_v1 if generation == "v1" else beyond.code)


@pytest.mark.parametrize(("limit", "keep", "generation", "loose"), KEPT)
def test_as_many_are_kept_as_the_limit_says_and_no_more(
    open_account: OpenAccount, limit: Limit, keep: Keep, generation: Generation, loose: bool
) -> None:
    most = limit.of(generation, loose=loose)
    kept = [keep(open_account(generation, loose=loose), count) for count in (most - 1, most, most + 1)]
    assert kept == [most - 1, most, most]


@pytest.mark.parametrize(
    ("generation", "loose", "name", "taken"),
    [
        ("v2", False, "With_9", True),
        ("v2", False, "With space", False),
        ("v2", True, "With space", True),
        ("v2", True, "With-hyphen", False),
        ("v1", False, "With9", True),
        ("v1", False, "With_9", False),
        ("v1", True, "With_9", True),
        ("v1", True, "With space", False),
    ],
)
def test_a_name_is_made_of_what_the_stricter_source_allows(
    open_account: OpenAccount, generation: Generation, loose: bool, name: str, taken: bool
) -> None:
    outcome = told(open_account(generation, loose=loose).create(name))
    assert outcome == (Told(status=201) if taken else _expected(limits.NAME_CHARACTERS, generation))


# ---- functions on an event, deployments one after another, the age of logs


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize(
    "event", [event for event in events.CATALOGUE if not event.supports_skills], ids=lambda event: event.event_id
)
def test_an_event_takes_its_number_of_functions(
    open_account: OpenAccount, event: events.Event, generation: Generation
) -> None:
    account = open_account(generation)
    made = [account.create(f"F{number}", event=event.event_id) for number in range(event.function_limit + 1)]
    assert [answer.status for answer in made] == [201] * event.function_limit + [400]
    assert told(made[-1]) == _expected(limits.FUNCTIONS_PER_ACCOUNT, generation)
    path = "lambdas" if generation == "v1" else "functions"
    assert account.client.call("DELETE", f"/{path}/{made[0].json['uuid']}").status == 204
    assert account.create("Again", event=event.event_id).status == 201


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize(
    "event", [event for event in events.CATALOGUE if event.supports_skills], ids=lambda event: event.event_id
)
def test_an_event_with_skills_takes_one_function_for_each(
    open_account: OpenAccount, event: events.Event, generation: Generation
) -> None:
    account = open_account(generation)
    assert account.create("First", event=event.event_id, skills=["Billing"]).status == 201
    assert account.create("Second", event=event.event_id, skills=["Sales"]).status == 201
    for skills in (["Sales"], []):
        refused = told(account.create("Third", event=event.event_id, skills=skills))
        assert refused == _expected(limits.FUNCTIONS_PER_ACCOUNT, generation)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_deployment_that_ended_makes_room_for_another(open_account: OpenAccount, generation: Generation) -> None:
    account = open_account(generation, deployDelay=1)
    uuids = [str(account.create(f"F{number}").json["uuid"]) for number in range(4)]
    assert [account.deploy(uuid).taken for uuid in uuids] == [True, True, True, False]
    for uuid in uuids[:3]:
        account.wait_until_deployed(uuid)
    assert account.deploy(uuids[3]).taken


@pytest.mark.parametrize("generation", GENERATIONS)
def test_logs_are_exported_up_to_thirty_days_after_they_were_written(
    open_account: OpenAccount, generation: Generation
) -> None:
    account = open_account(generation)
    uuid = str(account.create().json["uuid"])
    oldest = int(time.time() * 1000) - limits.LOG_DAYS.value * DAY_MS
    for moment, what in ((oldest + 60_000, "there"), (oldest - 1, "gone")):
        account.store.execute("INSERT INTO logs VALUES (NULL, ?, 'r', ?, 'Info', ?, '[]')", *(uuid, moment, what))
    answer = limit_cases.export(account, uuid, oldest - DAY_MS, oldest + DAY_MS)
    assert [line.split(";")[4] for line in answer.text.splitlines()] == ["message", "there"]


# ---- memory: the heap counts what Node itself keeps there, the rest what its threads need


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize(
    "use",
    [
        limit_cases.heap,
        pytest.param(
            limit_cases.outside_the_heap,
            marks=pytest.mark.skipif(not sys.platform.startswith("linux"), reason="bounded on Linux alone"),
        ),
    ],
)
def test_memory_is_there_up_to_the_limit_and_not_past_it(
    open_account: OpenAccount, use: limit_cases.Use, generation: Generation
) -> None:
    account, most = open_account(generation), limits.MEMORY_MEBIBYTES.value
    assert use(account, most * 7 // 8).taken
    assert use(open_account(generation), most * 5 // 4 + 1) == _expected(limits.MEMORY_MEBIBYTES, generation)


# ---- run time


def _slept(account: Account, uuid: str, seconds: float) -> Told:
    return told(account.test(uuid, seconds))


SLEEP = "await new Promise((next) => setTimeout(next, input.payload * 1000)); return input.payload"


def test_an_invocation_may_take_thirty_seconds(open_account: OpenAccount) -> None:
    """All four at once: two that end in time, and two that do not."""
    most = limits.EXECUTION_SECONDS.value
    cases = list(itertools.product(GENERATIONS, (most - 5, most + 1)))
    accounts = [open_account(generation) for generation, _ in cases]
    uuids = [account.deployed(SLEEP) for account in accounts]
    with ThreadPoolExecutor(len(cases)) as threads:
        outcomes = list(threads.map(_slept, accounts, uuids, [seconds for _, seconds in cases]))
    assert [outcome.taken for outcome in outcomes] == [True, False, True, False]
    assert outcomes[1::2] == [_expected(limits.EXECUTION_SECONDS, generation) for generation in GENERATIONS]


@pytest.mark.parametrize("generation", GENERATIONS)
def test_an_account_may_give_less_time_from_the_next_invocation_on(
    open_account: OpenAccount, generation: Generation
) -> None:
    account = open_account(generation)
    uuid = account.deployed(SLEEP)
    assert _slept(account, uuid, 1.5).taken
    account.client.of_account("PUT", "", {"executionSeconds": 1})
    late = account.test(uuid, 29)
    assert told(late) == _expected(limits.EXECUTION_SECONDS, generation)
    assert "within 1 s" in late.text
    account.client.of_account("PUT", "", {"executionSeconds": 30})
    assert _slept(account, uuid, 1.5).taken


@pytest.mark.parametrize("seconds", [0, -1, 30.5, True, "10s", None])
def test_a_run_time_that_the_platform_has_not_is_refused(open_account: OpenAccount, seconds: Any) -> None:
    answer = open_account("v2").client.of_account("PUT", "", {"executionSeconds": seconds})
    assert (answer.status, answer.code) == (400, "faasctl.emulator.invalid")


def test_the_connectors_own_call_is_not_held_to_the_limit_of_tests(open_account: OpenAccount) -> None:
    account = open_account("v1")
    uuid = account.deployed()
    body = {"headers": [], "payload": "p" * limits.TEST_INPUT_CHARACTERS.value}
    path, operator = f"/lambdas/{uuid}/invoke?v=1", account.client.endpoint.operator_token
    isolated = {"Faasctl-Isolation": "once"}
    assert account.client.call("POST", path, body, bearer=operator, headers=isolated).status == 200
    assert account.client.call("POST", path, body, bearer=operator).status == 400
