"""The OAuth client's tokens on the gateway."""

from __future__ import annotations

import base64
import json
import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.errors import NotSignedIn, PlatformBroke, UnreadableAnswer
from faasctl.liveperson.connect import connect
from faasctl.liveperson.credentials import ClientCredentials, SessionToken
from faasctl.liveperson.domains import Domains
from faasctl.liveperson.network import Network
from faasctl.liveperson.oauth import AppTokens, expiry_of
from faasctl.liveperson.transport import Transport
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from faasctl.deadline import Deadline
    from tests.liveperson.conftest import Server

ACCOUNT = "12345678"
TOKEN = f"/sentinel/api/account/{ACCOUNT}/app/token"
CLIENT = ClientCredentials(client_id="client-1", client_secret="client-secret-1")
START = 1_763_700_000.0


def _jwt(expiry: object) -> str:
    parts = [{"alg": "RS256"}, {"aud": ACCOUNT, "exp": expiry}]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, "c2ln"])


def _answer(expiry: object) -> dict[str, str]:
    return {"access_token": _jwt(expiry), "token_type": "Bearer", "expires_in": "3600"}


@pytest.fixture
def transport(server: Server) -> Iterator[Transport]:
    made = Transport(Network(reach_at=server.url))
    yield made
    made.close()


def _tokens(transport: Transport, now: list[float]) -> AppTokens:
    return AppTokens(transport, Domains(transport, ACCOUNT), ACCOUNT, CLIENT, clock=lambda: now[0])


def test_the_client_opens_the_gateway_and_the_user_the_management_api(
    server: Server, session: SessionToken, deadline: Deadline
) -> None:
    token = _jwt(time.time() + 3600)
    server.on("POST", TOKEN).answers(200, {"access_token": token, "expires_in": "3600"})
    server.on("POST", f"/api/account/{ACCOUNT}/lambdas/u1/invoke").answers(200, "hi")
    server.on("GET", f"/api/account/{ACCOUNT}/functions").answers(200, [])
    platform = connect(
        ACCOUNT,
        session,
        network=Network(reach_at=server.url),
        client_credentials=CLIENT,
        deadline=deadline,
    )
    platform.invoke("u1", {})
    platform.invoke("u1", {})
    platform.functions()
    asked = server.asked("POST", "/app/token")
    assert len(asked) == 1
    assert asked[0].headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked[0].headers["host"] == "va.sentinel.example.net"
    assert asked[0].query == {"v": "2.0"}
    assert parse_qs(asked[0].body.decode()) == {
        "grant_type": ["client_credentials"],
        "client_id": ["client-1"],
        "client_secret": ["client-secret-1"],
    }
    assert {entry.headers["authorization"] for entry in server.asked("POST", "/invoke")} == {f"Bearer {token}"}
    assert server.asked("GET", "/functions")[0].headers["authorization"] == f"Bearer {session.bearer}"
    assert redactor.text(f"{token} client-secret-1") == "*** ***"
    platform.close()


def test_a_token_is_renewed_when_less_than_half_an_hour_remains(
    server: Server, transport: Transport, deadline: Deadline
) -> None:
    server.on("POST", TOKEN).answers(200, _answer(START + 7200)).answers(200, _answer(START + 14_400))
    now = [START]
    tokens = _tokens(transport, now)
    first = tokens.token(deadline)
    now[0] = START + 5399
    assert tokens.token(deadline) == first
    now[0] = START + 5400
    assert tokens.token(deadline) != first
    assert server.count("POST") == 2


def test_a_short_token_is_not_renewed_with_every_call(
    server: Server, transport: Transport, deadline: Deadline
) -> None:
    server.on("POST", TOKEN).answers(200, _answer(START + 600))
    now = [START]
    tokens = _tokens(transport, now)
    tokens.token(deadline)
    now[0] = START + 299
    tokens.token(deadline)
    assert server.count("POST") == 1


@pytest.mark.parametrize("status", [400, 401])
def test_a_refused_client_says_what_to_check(
    server: Server, transport: Transport, deadline: Deadline, status: int
) -> None:
    server.on("POST", TOKEN).answers(status, {"error": "invalid_client"})
    with pytest.raises(NotSignedIn, match="getting a token for the OAuth client client-1 failed") as caught:
        _tokens(transport, [START]).token(deadline)
    assert caught.value.code == "invalid_client"
    assert "faas.lambda.invoke" in (caught.value.hint or "")


def test_a_token_service_that_is_down_is_not_a_refused_client(
    server: Server, transport: Transport, deadline: Deadline
) -> None:
    server.on("POST", TOKEN).answers(503)
    with pytest.raises(PlatformBroke):
        _tokens(transport, [START]).token(deadline)


@pytest.mark.parametrize("token", ["opaque", "a.b.c", _jwt(None), _jwt("soon"), _jwt(True)])
def test_a_token_without_an_end_is_unreadable(
    server: Server, transport: Transport, deadline: Deadline, token: str
) -> None:
    server.on("POST", TOKEN).answers(200, {"access_token": token})
    with pytest.raises(UnreadableAnswer, match="tells no end of its life"):
        _tokens(transport, [START]).token(deadline)


@given(st.integers(min_value=0, max_value=2**53))
def test_the_expiry_of_any_token_is_read(expiry: int) -> None:
    assert expiry_of(_jwt(expiry)) == expiry


@given(st.text())
def test_any_text_has_an_expiry_or_none(text: str) -> None:
    assert expiry_of(f"x.{text}.y") is None or expiry_of(text) is None
