"""Login, refresh, and who may do what (functions-api §2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from faasctl.emulator.accounts import Accounts
from faasctl.emulator.refusals import Refusal
from faasctl.emulator.sign_in.state import Sessions
from faasctl.emulator.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulator.conftest import ContractClient


def test_login_tells_all_that_the_documents_tell(client: ContractClient) -> None:
    answer = client.login()
    assert answer.status == 200
    data = answer.json
    assert set(data) == {
        *("csrf", "wsuk", "sessionId", "config", "csdsCollectionResponse", "accountData", "sessionTTl", "bearer")
    }
    assert data["sessionTTl"] == "28800000"
    assert data["config"]["loginName"] == client.credentials()["user"]["username"]
    assert isinstance(data["config"]["userId"], str)
    assert answer.headers["set-cookie"].startswith(f"Session_id={data['sessionId']};")


def test_an_api_key_signs_in(client: ContractClient) -> None:
    user = client.credentials()["user"]
    answer = client.send("POST", f"{client.base}/login?v=1.3", {"username": user["username"], **user["apiKey"]})
    assert answer.status == 200
    client.bearer = answer.json["bearer"]
    assert client.call("GET", "/functions").json == []


@pytest.mark.parametrize(
    "changes",
    [{"password": "wrong"}, {"username": "nobody"}, {"password": ""}],
)
def test_wrong_credentials_are_refused_with_401(client: ContractClient, changes: dict[str, str]) -> None:
    user = client.credentials()["user"]
    body = {"username": user["username"], "password": user["password"], **changes}
    answer = client.send("POST", f"{client.base}/login?v=1.3", body)
    assert answer.status == 401
    assert isinstance(answer.json["error"]["message"], str)


def test_a_part_of_an_api_key_that_is_wrong_is_refused(client: ContractClient) -> None:
    user = client.credentials()["user"]
    body = {"username": user["username"], **user["apiKey"], "accessTokenSecret": "wrong"}
    assert client.send("POST", f"{client.base}/login?v=1.3", body).status == 401


def test_login_to_an_unknown_account_is_refused_with_401(client: ContractClient) -> None:
    user = client.credentials()["user"]
    body = {"username": user["username"], "password": user["password"]}
    assert client.send("POST", "/api/account/nobody/login?v=1.3", body).status == 401


@pytest.mark.parametrize("body", [{}, {"username": "a"}, {"username": 1, "password": "b"}, [], "text"])
def test_a_malformed_login_is_refused_with_400(client: ContractClient, body: Any) -> None:
    answer = client.send("POST", f"{client.base}/login?v=1.3", body)
    assert (answer.status, list(answer.json)) == (400, ["error"])


def test_only_one_login_of_a_user_is_alive(client: ContractClient) -> None:
    client.sign_in()
    first = client.bearer
    client.sign_in()
    assert client.call("GET", "/functions").status == 200
    assert client.call("GET", "/functions", bearer=first).status == 401


@pytest.mark.parametrize("cookie", ["session_id", "Session_id"])
def test_refresh_answers_an_empty_200_while_the_session_lives(client: ContractClient, cookie: str) -> None:
    session = client.login().json
    answer = client.send(
        "POST",
        f"{client.base}/refresh",
        {"csrf": session["csrf"]},
        headers={"Cookie": f"{cookie}={session['sessionId']}"},
    )
    assert (answer.status, answer.text) == (200, "")


def test_refresh_refuses_a_wrong_csrf_an_old_session_and_none(client: ContractClient) -> None:
    old, new = client.login().json, client.login().json
    for session_id, csrf in ((new["sessionId"], "wrong"), (old["sessionId"], old["csrf"]), ("", new["csrf"])):
        cookie = {"Cookie": f"session_id={session_id}"}
        answer = client.send("POST", f"{client.base}/refresh", {"csrf": csrf}, headers=cookie)
        assert answer.status == 401


def test_a_session_ends_after_eight_hours(folder: Path) -> None:
    now = 1_000_000.0
    store = Store(folder)
    accounts = Accounts(store)
    accounts.save("a", {})
    sessions = Sessions(store, accounts, clock=lambda: now)
    user = accounts.users("a")[0]
    session = sessions.sign_in("a", user.login, {"password": user.password})
    now += 8 * 3600 - 1
    assert sessions.caller("a", session.bearer).login == user.login
    now += 1
    with pytest.raises(Refusal) as refused:
        sessions.caller("a", session.bearer)
    assert refused.value.status == 401
    with pytest.raises(Refusal):
        sessions.check("a", session.session_id, session.csrf)
    store.close()


def test_no_bearer_is_401_and_a_wrong_one_403(client: ContractClient) -> None:
    missing = client.send("GET", f"{client.base}/functions")
    wrong = client.send("GET", f"{client.base}/functions", bearer="0" * 64)
    assert (missing.status, wrong.status) == (401, 403)
    assert missing.code == wrong.code == "com.liveperson.faas.unauthorized"


def test_a_bearer_opens_no_other_account(client: ContractClient, endpoint: Any) -> None:
    client.sign_in()
    client.operator("PUT", "/accounts/neighbour", {})
    assert client.send("GET", "/api/account/neighbour/functions", bearer=client.bearer).status == 403


def test_the_operators_token_opens_every_account_that_exists(client: ContractClient) -> None:
    token = client.endpoint.operator_token
    assert client.call("GET", "/functions", bearer=token).status == 200
    assert client.send("GET", "/api/account/nobody/functions", bearer=token).status == 403


ROLE_TABLE = [
    ("FaaS-Admin", {"read"}),
    ("FaaS-Developer", {"read", "edit", "deploy", "invoke"}),
    ("FaaS-Invocation", {"read", "invoke"}),
]


@pytest.mark.parametrize(("role", "allowed"), ROLE_TABLE)
def test_each_role_may_do_what_the_platforms_table_says(
    client: ContractClient, role: str, allowed: set[str]
) -> None:
    uuid = client.deployed()
    user = client.of_account("PUT", f"/users/{role}@example.com", {"roles": [role]}).json
    client.bearer = client.login(user).json["bearer"]
    statuses = {
        "read": client.call("GET", f"/functions/{uuid}").status,
        "edit": client.create("Another").status,
        "invoke": client.call("POST", f"/functions/{uuid}/test", {"headers": [], "payload": {}}).status,
        "deploy": client.call("DELETE", f"/deployments/{uuid}").status,
    }
    assert {action for action, status in statuses.items() if status < 300} == allowed
    assert {status for action, status in statuses.items() if action not in allowed} <= {403}


def test_a_users_password_can_be_set(client: ContractClient) -> None:
    user = client.of_account("PUT", "/users/jane@example.com", {"password": "geheim"})
    assert (user.status, user.json["password"]) == (201, "geheim")
    assert client.login(user.json).status == 200
    assert client.of_account("PUT", "/users/jane@example.com", {"roles": []}).json["password"] == "geheim"
