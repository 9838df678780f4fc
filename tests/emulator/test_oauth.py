"""App tokens (functions-api §2.5)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import jwt
import pytest

from faasctl.emulator.accounts import Accounts
from faasctl.emulator.oauth.state import AppTokens
from faasctl.emulator.refusals import Refusal
from faasctl.emulator.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulator.conftest import ContractClient

PATHS = ["/sentinel/api/account/{}/app/token?v=2.0", "/sentinel/api/v2/account/{}/app/token"]


def _parameters(client: ContractClient, **changes: str) -> dict[str, str]:
    known = client.credentials()["client"]
    return {
        "grant_type": "client_credentials",
        "client_id": known["clientId"],
        "client_secret": known["clientSecret"],
        **changes,
    }


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("in_query", [False, True])
def test_both_paths_take_a_form_or_the_query(client: ContractClient, path: str, in_query: bool) -> None:
    path, encoded = path.format(client.account), urlencode(_parameters(client))
    joined = f"{path}{'&' if '?' in path else '?'}{encoded}"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    if in_query:
        answer = client.send("POST", joined, headers=form)
    else:
        answer = client.send("POST", path, headers=form, raw=encoded.encode())
    assert answer.status == 200
    assert set(answer.json) == {"access_token", "token_type", "expires_in"}
    assert (answer.json["token_type"], answer.json["expires_in"]) == ("Bearer", "3600")


def test_the_token_is_signed_by_the_published_key_and_carries_the_claims(client: ContractClient) -> None:
    token = client.app_token()
    keys = jwt.PyJWKSet.from_dict(client.send("GET", "/sentinel/well-known/jwks").json)
    key = keys[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(token, key.key, algorithms=["RS256"], audience=client.account, issuer="Sentinel")
    assert claims["azp"] == client.credentials()["client"]["clientId"]
    assert claims["scope"] == "faas.lambda.invoke"
    assert 3590 <= claims["exp"] - time.time() <= 3600


def test_the_published_key_is_public_only(client: ContractClient) -> None:
    (key,) = client.send("GET", "/sentinel/well-known/jwks").json["keys"]
    assert {"kty", "n", "e", "kid"} <= set(key)
    assert set(key) & {"d", "p", "q", "dp", "dq", "qi"} == set()


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "wrong"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"client_id": ""}, 400, "invalid_request"),
        ({"scope": "msg.consumer"}, 400, "invalid_scope"),
    ],
)
def test_wrong_parameters_are_refused(
    client: ContractClient, changes: dict[str, str], status: int, error: str
) -> None:
    answer = client.send(
        "POST",
        PATHS[0].format(client.account),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        raw=urlencode(_parameters(client, **changes)).encode(),
    )
    assert (answer.status, answer.json["error"]) == (status, error)


def test_a_token_opens_the_gateway_and_not_the_management_api(client: ContractClient) -> None:
    uuid = client.deployed()
    token = client.app_token()
    assert client.invoke(uuid, {"a": 1}, bearer=token).status == 200
    assert client.call("GET", "/functions", bearer=token).status == 403


def test_a_token_opens_no_other_accounts_gateway(client: ContractClient) -> None:
    token = client.app_token()
    client.operator("PUT", "/accounts/neighbour", {})
    path = f"/api/account/neighbour/events/{'x'}/isImplemented"
    assert client.send("GET", path, bearer=token).status == 403


def test_a_token_that_another_signed_is_refused(client: ContractClient) -> None:
    good = jwt.decode(client.app_token(), options={"verify_signature": False})
    for forged in (jwt.encode(good, "k" * 32, algorithm="HS256"), client.app_token()[:-8] + "AAAAAAAA", "a.b.c"):
        assert client.invoke("any", bearer=forged).status == 403


@pytest.fixture
def tokens(folder: Path) -> Any:
    store = Store(folder)
    accounts = Accounts(store)
    accounts.save("a", {})
    yield store, accounts
    store.close()


def test_an_expired_token_is_refused_with_401(tokens: tuple[Store, Accounts]) -> None:
    now = 1_000_000.0
    store, accounts = tokens
    service = AppTokens(store, accounts, clock=lambda: now)
    client = accounts.client("a")
    assert client is not None
    token = service.issue("a", client.client_id, client.client_secret)
    service.verify("a", token)
    now += 3600
    with pytest.raises(Refusal) as refused:
        service.verify("a", token)
    assert refused.value.status == 401


def test_the_key_outlives_the_process_that_made_it(tokens: tuple[Store, Accounts]) -> None:
    store, accounts = tokens
    client = accounts.client("a")
    assert client is not None
    token = AppTokens(store, accounts).issue("a", client.client_id, client.client_secret)
    AppTokens(store, accounts).verify("a", token)
    with pytest.raises(Refusal):
        AppTokens(store, accounts).verify("b", token)
