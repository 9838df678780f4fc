"""Domain discovery, the choice of the generation, and signing in."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from faasctl.errors import NotFound, NotSignedIn, PlatformBroke, PlatformError, UnreadableAnswer
from faasctl.facts.services import FUNCTIONS_GATEWAY, FUNCTIONS_UI
from faasctl.liveperson.connect import connect
from faasctl.liveperson.credentials import ApiKey, SessionToken, UserPassword
from faasctl.liveperson.domains import Domains
from faasctl.liveperson.network import Network
from faasctl.liveperson.sign_in import SignIn
from faasctl.liveperson.transport import Transport
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from pathlib import Path

    from faasctl.deadline import Deadline
    from faasctl.liveperson.platform import Dialect
    from tests.liveperson.conftest import Server

ACCOUNT = "12345678"
DOMAINS = f"/api/account/{ACCOUNT}/service/baseURI.json"
LOGIN = f"/api/account/{ACCOUNT}/login"
REFRESH = f"/api/account/{ACCOUNT}/refresh"
SIGNED_IN = {
    "csrf": "csrf-value-1",
    "sessionId": "session-value-1",
    "config": {"loginName": "jane@example.com", "userId": "3705342610"},
    "sessionTTl": "28800000",
    "bearer": "bearer-value-1",
}
JANE = UserPassword(username="jane@example.com", password="correct horse")


@pytest.fixture
def transport(server: Server) -> Transport:
    return Transport(Network(reach_at=server.url))


def test_a_token_costs_one_read_and_no_sign_in(server: Server, session: SessionToken, deadline: Deadline) -> None:
    platform = connect(ACCOUNT, session, network=Network(reach_at=server.url), deadline=deadline)
    assert (platform.account, platform.dialect, platform.session) == (ACCOUNT, "v2", session)
    assert [(entry.method, entry.path, entry.query) for entry in server.received] == [
        ("GET", DOMAINS, {"version": "1.0"})
    ]
    assert platform.refresh() is None
    platform.close()


def test_a_user_signs_in_with_a_password(server: Server, deadline: Deadline) -> None:
    server.on("POST", LOGIN).answers(200, SIGNED_IN, {"Set-Cookie": "Session_id=session-value-1"})
    before = time.time()
    platform = connect(ACCOUNT, JANE, network=Network(reach_at=server.url), deadline=deadline)
    login = server.asked("POST", "/login")[0]
    assert login.query == {"v": "1.3"}
    assert login.json == {"username": "jane@example.com", "password": "correct horse"}
    assert login.headers["host"] == "va.agentvep.example.net"
    assert login.headers["content-type"] == "application/json"
    session = platform.session
    assert (session.bearer, session.user_id, session.login_name) == (
        "bearer-value-1",
        "3705342610",
        "jane@example.com",
    )
    assert session.expires_at == pytest.approx(before + 28_800, abs=5)
    platform.close()


def test_a_bot_user_signs_in_with_an_api_key(server: Server, deadline: Deadline) -> None:
    server.on("POST", LOGIN).answers(200, SIGNED_IN)
    key = ApiKey(username="bot", app_key="key1", secret="sec1", access_token="tok1", access_token_secret="tsec1")
    connect(ACCOUNT, key, network=Network(reach_at=server.url), deadline=deadline).close()
    assert server.asked("POST", "/login")[0].json == {
        "username": "bot",
        "appKey": "key1",
        "secret": "sec1",
        "accessToken": "tok1",
        "accessTokenSecret": "tsec1",
    }


@pytest.mark.parametrize("status", [400, 401])
def test_a_refused_sign_in_names_user_and_account_but_no_password(
    server: Server, deadline: Deadline, status: int
) -> None:
    server.on("POST", LOGIN).answers(status, {"error": {"message": "wrong correct horse"}})
    with pytest.raises(NotSignedIn) as caught:
        connect(ACCOUNT, JANE, network=Network(reach_at=server.url), deadline=deadline)
    assert caught.value.message.startswith(f"account {ACCOUNT} refused the sign-in of jane@example.com (HTTP")
    assert "correct horse" not in f"{caught.value.message} {caught.value.hint}"
    assert server.count("POST", "/login") == 1


def test_a_sign_in_is_tried_again_when_the_platform_breaks(server: Server, deadline: Deadline) -> None:
    server.on("POST", LOGIN).answers(500).resets().answers(200, SIGNED_IN)
    connect(ACCOUNT, JANE, network=Network(reach_at=server.url), deadline=deadline).close()
    assert server.count("POST", "/login") == 3


def test_a_sign_in_without_a_bearer_is_unreadable(server: Server, deadline: Deadline) -> None:
    server.on("POST", LOGIN).answers(200, {**SIGNED_IN, "bearer": ""})
    with pytest.raises(UnreadableAnswer, match="bearer should be a text and is missing"):
        connect(ACCOUNT, JANE, network=Network(reach_at=server.url), deadline=deadline)


def test_what_a_sign_in_gives_is_redacted_everywhere(server: Server, deadline: Deadline) -> None:
    server.on("POST", LOGIN).answers(200, SIGNED_IN)
    platform = connect(ACCOUNT, JANE, network=Network(reach_at=server.url), deadline=deadline)
    told = redactor.text("bearer-value-1 csrf-value-1 session-value-1 correct horse")
    assert told == "*** *** *** ***"
    assert "bearer-value-1" not in repr(platform.session)
    platform.close()


@pytest.mark.parametrize("bearer", ["", "two words", "line\nbreak", "tökèn"])
def test_a_token_that_was_copied_badly_is_told(server: Server, deadline: Deadline, bearer: str) -> None:
    with pytest.raises(NotSignedIn, match="the session token is empty, or holds"):
        connect(
            ACCOUNT,
            SessionToken(bearer=bearer, user_id="1"),
            network=Network(reach_at=server.url),
            deadline=deadline,
        )


def test_a_session_is_refreshed_with_its_cookie(server: Server, deadline: Deadline) -> None:
    server.on("POST", LOGIN).answers(200, SIGNED_IN)
    server.on("POST", REFRESH).answers(200).answers(401)
    platform = connect(ACCOUNT, JANE, network=Network(reach_at=server.url), deadline=deadline)
    assert platform.refresh() is True
    assert platform.refresh() is False
    refresh = server.asked("POST", "/refresh")[0]
    assert refresh.headers["cookie"] == "session_id=session-value-1"
    assert refresh.json == {"csrf": "csrf-value-1"}
    platform.close()


def test_a_session_that_is_over_is_replaced_by_signing_in_anew(
    server: Server, transport: Transport, deadline: Deadline
) -> None:
    server.on("POST", LOGIN).answers(200, SIGNED_IN).answers(200, {**SIGNED_IN, "bearer": "bearer-value-2"})
    now = [1_000_000.0]
    sign_in = SignIn(transport, Domains(transport, ACCOUNT), ACCOUNT, JANE, clock=lambda: now[0])
    assert sign_in.session(deadline).bearer == "bearer-value-1"
    now[0] += 28_700
    assert sign_in.session(deadline).bearer == "bearer-value-1"
    now[0] += 90
    assert sign_in.session(deadline).bearer == "bearer-value-2"
    transport.close()


def test_a_token_that_is_over_is_told_before_anything_is_sent(
    server: Server, transport: Transport, deadline: Deadline
) -> None:
    token = SessionToken(bearer="old-token", user_id="1", expires_at=time.time() - 1)
    sign_in = SignIn(transport, Domains(transport, ACCOUNT), ACCOUNT, token)
    with pytest.raises(NotSignedIn, match="has ended"):
        sign_in.session(deadline)
    assert server.received == []
    transport.close()


def test_hosts_are_kept_for_ten_minutes(server: Server, transport: Transport, deadline: Deadline) -> None:
    now = [0.0]
    domains = Domains(transport, ACCOUNT, clock=lambda: now[0])
    assert domains.host(FUNCTIONS_UI, deadline) == "functions.example.net"
    now[0] = 599
    assert domains.host(FUNCTIONS_GATEWAY, deadline) == "fninvocations.example.net"
    assert server.count("GET") == 1
    now[0] = 600
    domains.host(FUNCTIONS_UI, deadline)
    assert server.count("GET") == 2
    transport.close()


@pytest.mark.parametrize(("status", "body"), [(200, {"baseURIs": []}), (401, None), (404, {"error": "x"})])
def test_an_unknown_account_is_told(
    server: Server, session: SessionToken, deadline: Deadline, status: int, body: object
) -> None:
    server.on("GET", "/api/account/nobody/service/baseURI.json").answers(status, body)
    with pytest.raises(NotFound) as caught:
        connect("nobody", session, network=Network(reach_at=server.url), deadline=deadline)
    assert caught.value.message == "account nobody is not known to the domain API"
    assert "bot.yaml" in (caught.value.hint or "")


@pytest.mark.parametrize("missing", ["faasUI", "faasGW"])
def test_an_account_without_functions_is_told(
    server: Server, session: SessionToken, deadline: Deadline, missing: str
) -> None:
    entries = [
        {"service": name, "baseURI": f"{name.lower()}.fninvocations.example.net"}
        for name in ("faasUI", "faasGW", "agentVep")
        if name != missing
    ]
    server.on("GET", "/api/account/7/service/baseURI.json").answers(200, {"baseURIs": entries})
    with pytest.raises(PlatformError, match=f"Functions is not enabled for account 7 .*{missing}"):
        connect("7", session, network=Network(reach_at=server.url), deadline=deadline)


def test_the_gateway_s_host_tells_v1_and_what_is_asked_for_stands_above_it(
    server: Server, session: SessionToken, deadline: Deadline
) -> None:
    entries = [
        {"service": "faasUI", "baseURI": "faas.liveperson.net"},
        {"service": "faasGW", "baseURI": "va.faasgw.liveperson.net"},
    ]
    server.on("GET", "/api/account/7/service/baseURI.json").answers(200, {"baseURIs": entries})
    network = Network(reach_at=server.url)
    cases: tuple[tuple[Dialect | None, str], ...] = ((None, "v1"), ("v2", "v2"), ("v1", "v1"))
    for forced, found in cases:
        platform = connect("7", session, network=network, dialect=forced, deadline=deadline)
        assert platform.dialect == found
        platform.close()


@pytest.mark.parametrize("host", ["evil.example/path?", "a@b", "", "host:port"])
def test_a_domain_answer_that_names_no_host_is_unreadable(
    server: Server, session: SessionToken, deadline: Deadline, host: str
) -> None:
    entries = [{"service": "faasUI", "baseURI": host}]
    server.on("GET", "/api/account/7/service/baseURI.json").answers(200, {"baseURIs": entries})
    with pytest.raises(UnreadableAnswer, match="names no host for faasUI"):
        connect("7", session, network=Network(reach_at=server.url), deadline=deadline)


@pytest.mark.parametrize(
    "entry",
    [
        {"service": "leCdnDomain", "baseURI": "cdn.example.net/static"},
        {"service": "etool", "baseURI": None},
        {"service": None, "baseURI": "x.example.net"},
        {"service": ["etool"]},
    ],
)
def test_what_the_domain_answer_says_of_other_services_does_not_matter(
    server: Server, session: SessionToken, deadline: Deadline, entry: dict[str, object]
) -> None:
    ours = [{"service": name, "baseURI": f"{name.lower()}.example.net"} for name in ("faasUI", "faasGW")]
    server.on("GET", "/api/account/7/service/baseURI.json").answers(200, {"baseURIs": [entry, *ours]})
    connect("7", session, network=Network(reach_at=server.url), deadline=deadline).close()


def test_a_domain_api_that_is_down_is_not_an_unknown_account(
    server: Server, session: SessionToken, deadline: Deadline
) -> None:
    server.on("GET", "/api/account/7/service/baseURI.json").answers(503)
    with pytest.raises(PlatformBroke):
        connect("7", session, network=Network(reach_at=server.url), deadline=deadline)


def test_an_account_number_is_quoted_in_paths(server: Server, session: SessionToken, deadline: Deadline) -> None:
    with pytest.raises(PlatformError):
        connect("a/b?c", session, network=Network(reach_at=server.url), deadline=deadline)
    assert server.received[0].path == "/api/account/a%2Fb%3Fc/service/baseURI.json"


def test_neither_netrc_nor_a_proxy_is_used_for_the_emulator(
    server: Server,
    session: SessionToken,
    deadline: Deadline,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login stranger password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    connect(ACCOUNT, session, network=Network(reach_at=server.url), deadline=deadline).close()
    assert "authorization" not in server.received[0].headers


def test_netrc_is_not_used_for_other_hosts_either(
    server: Server, deadline: Deadline, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login stranger password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("NO_PROXY", "*")
    transport = Transport(Network(domain_url=server.url))
    Domains(transport, ACCOUNT).host(FUNCTIONS_UI, deadline)
    assert "authorization" not in server.received[0].headers
    transport.close()


def test_without_another_place_services_are_reached_over_tls_at_their_hosts() -> None:
    network = Network()
    assert network.base_url(None) == "https://api.liveperson.net"
    assert network.base_url("functions.example.net") == "https://functions.example.net"
    assert network.host_header("functions.example.net") is None


def test_every_call_carries_a_request_id_of_its_own(
    server: Server, session: SessionToken, deadline: Deadline
) -> None:
    server.on("GET", "/api/account/7/service/baseURI.json").answers(503)
    with pytest.raises(PlatformBroke) as caught:
        connect("7", session, network=Network(reach_at=server.url), deadline=deadline)
    ids = [entry.headers["x-request-id"] for entry in server.received]
    assert len(set(ids)) == len(ids) == 5
    assert caught.value.request_id == ids[-1]
    assert server.received[0].headers["user-agent"].startswith("faasctl/")
    assert f"request id {ids[-1]}" in caught.value.message
