"""The secret store: the operator's paths, the functions' paths, and what lies in the state file."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faasctl.emulator.secrets.grants import function_token
from faasctl.emulator.server import Emulator
from faasctl.facts import secrets
from faasctl.liveperson.emulated import EmulatedAccounts

if TYPE_CHECKING:
    from tests.emulator.conftest import Answer, ContractClient, OpenClient

MARK = "a-value-that-nobody-may-read"


def as_function(client: ContractClient, method: str, name: str, body: object = None, **more: str) -> Answer:
    """A call with the token of a function of `account`, on the paths of the client's account."""
    token = function_token(client.endpoint.operator_token, more.get("account", client.account))
    path = f"/emulator/accounts/{client.account}/toolbelt/secrets/{name}"
    return client.send(method, path, body, bearer=token)


def test_secrets_are_created_replaced_and_deleted(client: ContractClient) -> None:
    assert client.of_account("PUT", "/secrets/key", {"value": "one"}).status == 201
    assert client.of_account("PUT", "/secrets/key", {"value": "two"}).status == 200
    assert as_function(client, "GET", "key").json == {"key": "key", "value": "two"}
    assert client.of_account("DELETE", "/secrets/key").status == 204
    assert client.of_account("DELETE", "/secrets/key").status == 404
    assert as_function(client, "GET", "key").code == secrets.NOT_FOUND


def test_the_operator_is_told_names_and_digests_and_no_value(client: ContractClient) -> None:
    client.of_account("PUT", "/secrets/b", {"value": MARK})
    client.of_account("PUT", "/secrets/a", {"value": MARK})
    answer = client.of_account("GET", "/secrets")
    assert [entry["name"] for entry in answer.json] == ["a", "b"]
    assert MARK not in answer.text
    token = client.endpoint.operator_token
    assert answer.json[0]["digest"] == secrets.digest(token, client.account, "a", MARK)
    assert answer.json[0]["digest"] != answer.json[1]["digest"]
    assert client.of_account("GET", "").json["secrets"] == {one["name"]: one["digest"] for one in answer.json}


def test_the_operator_cannot_read_a_value(client: ContractClient) -> None:
    client.of_account("PUT", "/secrets/key", {"value": MARK})
    assert client.of_account("GET", "/secrets/key").status == 405
    assert client.of_account("GET", "/toolbelt/secrets/key").status == 403


def test_a_function_reaches_the_secrets_of_its_own_account_alone(client: ContractClient) -> None:
    client.of_account("PUT", "/secrets/key", {"value": MARK})
    answer = as_function(client, "GET", "key", account="another")
    assert (answer.status, answer.code) == (403, secrets.AUTH_FAILED)
    assert as_function(client, "PUT", "key", {"value": "x"}, account="another").status == 403
    assert client.send("GET", f"/emulator/accounts/{client.account}/toolbelt/secrets/key").status == 401


def test_a_functions_token_opens_nothing_else(client: ContractClient) -> None:
    token = function_token(client.endpoint.operator_token, client.account)
    for path in ("/secrets", "/credentials", ""):
        answer = client.send("GET", f"/emulator/accounts/{client.account}{path}", bearer=token)
        assert answer.status == 403, path
    assert client.call("GET", "/functions?userId=1", bearer=token).status == 403


def test_a_function_may_replace_but_not_create(client: ContractClient) -> None:
    assert as_function(client, "PUT", "new", {"value": "x"}).code == secrets.NOT_FOUND
    client.of_account("PUT", "/secrets/new", {"value": "x"})
    assert as_function(client, "PUT", "new", {"value": {"y": 1}}).json == {"key": "new", "value": {"y": 1}}


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_system_secrets_cannot_be_changed(client: ContractClient, method: str) -> None:
    answer = client.of_account(method, f"/secrets/{secrets.DEFAULT_APP_KEY}", {"value": "x"})
    assert (answer.status, answer.code) == (403, secrets.FORBIDDEN)


@pytest.mark.parametrize("name", ["with%20space", "dot.ted", "%C3%BC", "k" * 101, "a%0A"])
def test_names_that_the_platform_refuses_are_refused(client: ContractClient, name: str) -> None:
    answer = client.of_account("PUT", f"/secrets/{name}", {"value": "x"})
    assert (answer.status, answer.code) == (400, secrets.INVALID)


def test_the_longest_name_is_taken(client: ContractClient) -> None:
    assert client.of_account("PUT", f"/secrets/{'k' * 100}", {"value": "x"}).status == 201


@pytest.mark.parametrize(("value", "status"), [("v" * 16_382, 201), ("v" * 16_383, 400), (["ü" * 16_380], 201)])
def test_values_are_counted_as_json(client: ContractClient, value: object, status: int) -> None:
    assert client.of_account("PUT", "/secrets/key", {"value": value}).status == status


@pytest.mark.parametrize(("length", "status"), [(10_000, 201), (10_001, 400)])
def test_v1_takes_shorter_values(client: ContractClient, length: int, status: int) -> None:
    assert client.of_account("PUT", "", {"platform": "v1"}).status == 200
    assert client.of_account("PUT", "/secrets/key", {"value": "v" * length}).status == status


@pytest.mark.parametrize("body", [{}, {"value": None}, [], "value", None])
def test_a_body_without_a_value_is_refused(client: ContractClient, body: object) -> None:
    answer = client.of_account("PUT", "/secrets/key", body)
    assert (answer.status, answer.code) == (400, secrets.INVALID)


def test_an_account_that_is_not_there_has_no_store(client: ContractClient) -> None:
    assert client.operator("PUT", "/accounts/nobody/secrets/key", {"value": "x"}).status == 404
    assert client.operator("GET", "/accounts/nobody/secrets").status == 404


def test_the_client_knows_whether_a_secret_has_a_value_already(client: ContractClient) -> None:
    from faasctl.deadline import Deadline

    accounts = EmulatedAccounts(client.endpoint.url, client.endpoint.operator_token, deadline=Deadline(30))
    try:
        accounts.put_secret(client.account, "key", "one")
        held = accounts.account(client.account)
        assert held is not None
        assert accounts.holds_secret(client.account, held, "key", "one")
        assert not accounts.holds_secret(client.account, held, "key", "two")
        assert not accounts.holds_secret(client.account, held, "other", "one")
        accounts.delete_secret(client.account, "key")
        accounts.delete_secret(client.account, "key")
        assert client.of_account("GET", "/secrets").json == []
    finally:
        accounts.close()


# ---- at rest


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "emulator.key"


@pytest.fixture
def sealed(folder: Path, key_file: Path, open_client: OpenClient) -> str:
    """The account and uuid of a function with a secret in its environment, on a platform that has ended since."""
    with Emulator(folder, environ={**os.environ, "FAASCTL_STATE_KEY_FILE": str(key_file)}) as emulator:
        client = open_client(emulator.endpoint)
        client.of_account("PUT", "/secrets/key", {"value": MARK})
        uuid = client.pushed("Sealed")
        assert client.push(uuid, environment={"GREETING": MARK}).status == 202
    return f"{client.account}/{uuid}"


@pytest.mark.usefixtures("sealed")
def test_no_value_lies_readable_in_the_state(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "state.sqlite3" for path in files)
    assert not [path for path in files if MARK.encode() in path.read_bytes()]


@pytest.mark.usefixtures("sealed")
def test_the_key_lies_outside_the_state_for_the_user_alone(folder: Path, key_file: Path) -> None:
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert key_file.parent not in folder.parents
    assert not list(folder.rglob("*.key"))


def test_the_next_emulator_opens_what_was_sealed(
    sealed: str, folder: Path, key_file: Path, open_client: OpenClient
) -> None:
    account, uuid = sealed.split("/")
    with Emulator(folder, environ={**os.environ, "FAASCTL_STATE_KEY_FILE": str(key_file)}) as emulator:
        client = open_client(emulator.endpoint, account)
        assert as_function(client, "GET", "key").json["value"] == MARK
        assert client.call("GET", f"/functions/{uuid}").json["manifest"]["environment"] == {"GREETING": MARK}


def test_another_key_opens_nothing_and_says_what_to_do(
    sealed: str, folder: Path, tmp_path: Path, open_client: OpenClient
) -> None:
    account, uuid = sealed.split("/")
    other = str(tmp_path / "other.key")
    with Emulator(folder, environ={**os.environ, "FAASCTL_STATE_KEY_FILE": other}) as emulator:
        client = open_client(emulator.endpoint, account)
        answer = as_function(client, "GET", "key")
        assert (answer.status, "another key" in answer.text, MARK in answer.text) == (500, True, False)
        assert client.call("GET", f"/functions/{uuid}").status == 500
        assert client.of_account("GET", "/secrets").json == [{"name": "key", "digest": ""}]
        assert client.of_account("PUT", "/secrets/key", {"value": MARK}).status == 200
        assert as_function(client, "GET", "key").json["value"] == MARK
