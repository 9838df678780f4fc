"""The Context Session Store over HTTP, and its times to live."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.emulator.context_store.state import ContextStore
from faasctl.emulator.refusals import Refusal
from faasctl.emulator.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.emulator.conftest import Answer, ContractClient

KEY = {"maven-api-key": "key"}


def ask(client: ContractClient, method: str, path: str = "", body: Any = None, **headers: str) -> Answer:
    return client.send(method, f"/v1/account/{client.account}{path}", body, headers=headers or KEY)


def test_without_a_key_nothing_is_told(client: ContractClient) -> None:
    assert ask(client, "GET", other="x").status == 403
    assert client.send("GET", "/v1/account/nobody", headers=KEY).status == 403


def test_namespaces_are_listed_with_their_time_to_live(client: ContractClient) -> None:
    assert ask(client, "POST", "?ttlSecond=60", {"name": "b"}).status == 204
    assert ask(client, "POST", "", {"name": "a"}).status == 204
    listed = ask(client, "GET").json
    assert [(one["name"], one.get("ttlSecond")) for one in listed] == [("a", None), ("b", 60)]
    assert all(one["createdAt"].endswith("Z") for one in listed)


def test_a_namespace_that_is_there_stays_as_it_is(client: ContractClient) -> None:
    ask(client, "POST", "?ttlSecond=60", {"name": "a"})
    assert ask(client, "POST", "?ttlSecond=5", {"name": "a"}).status == 204
    assert [one["ttlSecond"] for one in ask(client, "GET").json] == [60]


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("", {}),
        ("", []),
        ("", {"name": ""}),
        ("", {"name": "a/b"}),
        ("", {"name": "faas"}),
        ("?ttlSecond=0", {"name": "a"}),
    ],
)
def test_a_namespace_that_cannot_be_is_refused(client: ContractClient, query: str, body: Any) -> None:
    assert ask(client, "POST", query, body).status == 400


def test_built_in_namespaces_are_there_and_unlisted(client: ContractClient) -> None:
    assert ask(client, "PATCH", "/faas/s/properties", {"a": 1}).status == 204
    assert ask(client, "GET", "/faas/s/properties/a").json == 1
    assert ask(client, "GET").json == []


def test_a_deleted_namespace_takes_its_properties_along(client: ContractClient) -> None:
    ask(client, "POST", "", {"name": "a"})
    ask(client, "PATCH", "/a/s/properties", {"x": 1})
    assert ask(client, "DELETE", "/a").status == 204
    ask(client, "POST", "", {"name": "a"})
    assert ask(client, "GET", "/a/session-ids").json == []


def test_accounts_do_not_share_properties(client: ContractClient) -> None:
    client.operator("PUT", "/accounts/context-other", {})
    ask(client, "PATCH", "/faas/s/properties", {"x": 1})
    assert client.send("GET", "/v1/account/context-other/faas/s/properties", headers=KEY).status == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/absent/s/properties"), ("GET", "/absent/session-ids"), ("PATCH", "/absent/s/properties")],
)
def test_a_namespace_that_is_not_there_is_not_found(client: ContractClient, method: str, path: str) -> None:
    assert ask(client, method, path, {"a": 1} if method == "PATCH" else None).status == 404


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "state")
    yield made
    made.close()


def test_properties_end_when_their_time_is_over(store: Store) -> None:
    clock = Clock()
    contexts = ContextStore(store, clock=clock)
    contexts.create_namespace("a", "short", 10)
    contexts.save_properties("a", "short", "s", {"x": 1})
    clock.now += 9
    contexts.save_properties("a", "short", "s", {"y": 2})
    assert contexts.properties("a", "short", "s") == {"x": 1, "y": 2}
    clock.now += 2
    assert contexts.properties("a", "short", "s") == {"y": 2}
    clock.now += 10
    assert contexts.sessions("a", "short") == []
    with pytest.raises(Refusal, match="no session s"):
        contexts.properties("a", "short", "s")
