"""A company's network: a proxy on the way, certificates of its own, redirects; on real sockets, over TLS."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from faasctl.deadline import Deadline
from faasctl.errors import Unreachable, UnreadableAnswer
from faasctl.liveperson.connect import connect
from faasctl.liveperson.credentials import ClientCredentials, SessionToken, UserPassword
from faasctl.liveperson.failures import (
    CLOCK_HINT,
    NAME_HINT,
    NETWORK_HINT,
    PROXY_HINT,
    PROXY_SCHEME_HINT,
    SOCKS_HINT,
    TRUST_HINT,
)
from faasctl.liveperson.network import Network
from faasctl.redaction import redactor
from tests.liveperson.certificates import write_certificate
from tests.liveperson.connect_proxy import ConnectProxy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from faasctl.liveperson.platform import Platform
    from tests.liveperson.conftest import Server

ACCOUNT = "12345678"
BASE = f"/api/account/{ACCOUNT}"
TOKEN = SessionToken(bearer="the-bearer-of-jane", user_id="77")
JANE = UserPassword(username="jane@example.com", password="correct horse")
CLIENT = ClientCredentials(client_id="c1", client_secret="client secret")
SIGNED_IN = {
    "config": {"userId": "77"},
    "sessionTTl": "28800000",
    "bearer": "bearer-1",
    "sessionId": "s",
    "csrf": "c",
}
APP_TOKEN = "e30.eyJleHAiOjQxMDI0NDQ4MDB9.c2ln"
"""A JSON Web Token that ends in 2100."""
VARIABLES = (
    *("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"),
    *("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "FAASCTL_CA_BUNDLE"),
)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def secure(server: Server, certificate: Path) -> Server:
    """The platform over TLS; what is asked of it is answered."""
    server.speak_tls(certificate)
    server.on("POST", f"{BASE}/login").answers(200, SIGNED_IN)
    server.on("GET", f"{BASE}/functions").answers(200, [])
    server.on("POST", f"/sentinel{BASE}/app/token").answers(
        200, {"access_token": APP_TOKEN, "token_type": "Bearer", "expires_in": "3600"}
    )
    server.on("GET", f"{BASE}/events/e/isImplemented").answers(200, {"implemented": True})
    return server


def _address(server: Server) -> tuple[str, int]:
    parts = urlsplit(server.url)
    assert parts.hostname is not None
    assert parts.port is not None
    return parts.hostname, parts.port


@pytest.fixture
def proxy(secure: Server) -> Iterator[ConnectProxy]:
    made = ConnectProxy(_address(secure))
    yield made
    made.close()


def _connect(certificate: Path | None, **more: Any) -> Platform:
    network = Network(ca_bundle=None if certificate is None else str(certificate), **more)
    return connect(
        ACCOUNT, JANE, client_credentials=CLIENT, network=network, deadline=Deadline(60, sleep=lambda _: None)
    )


def _fails(certificate: Path | None = None, **more: Any) -> Unreachable:
    with pytest.raises(Unreachable) as caught:
        _connect(certificate, **more)
    return caught.value


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_every_service_is_reached_through_the_proxy(
    secure: Server, proxy: ConnectProxy, certificate: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, proxy.url)
    platform = _connect(certificate)
    platform.functions()
    assert platform.is_implemented("e")
    platform.close()
    assert proxy.asked == [
        "CONNECT api.liveperson.net:443",
        "CONNECT va.agentvep.example.net:443",
        "CONNECT functions.example.net:443",
        "CONNECT va.sentinel.example.net:443",
        "CONNECT fninvocations.example.net:443",
    ]
    assert not any("proxy-authorization" in entry.headers for entry in secure.received)


def test_a_proxy_without_a_scheme_is_an_http_proxy(
    proxy: ConnectProxy, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.address)
    _connect(certificate).close()
    assert proxy.asked


@pytest.mark.parametrize("named", ["127.0.0.1", "*", "example.org,127.0.0.0/8"])
def test_no_proxy_leaves_the_proxy_aside(
    secure: Server, proxy: ConnectProxy, certificate: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    monkeypatch.setenv("NO_PROXY", named)
    hosts = [
        {"service": name, "baseURI": urlsplit(secure.url).netloc} for name in ("faasUI", "faasGW", "agentVep")
    ]
    secure.on("GET", "/api/account/9/service/baseURI.json").answers(200, {"baseURIs": hosts})
    secure.on("POST", "/api/account/9/login").answers(200, SIGNED_IN)
    connect(
        "9",
        JANE,
        network=Network(domain_url=secure.url, ca_bundle=str(certificate)),
        deadline=Deadline(60, sleep=lambda _: None),
    ).close()
    assert proxy.asked == []


def test_a_proxy_s_user_and_password_are_sent_to_it_and_shown_nowhere(
    secure: Server, proxy: ConnectProxy, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.login = "jane:pass word"
    monkeypatch.setenv("HTTPS_PROXY", f"http://jane:pass%20word@{proxy.address}")
    _connect(certificate).close()
    assert redactor.text("HTTPS_PROXY is http://jane:pass%20word@host, pass word") == (
        "HTTPS_PROXY is http://jane:***@host, ***"
    )
    assert not any("proxy-authorization" in entry.headers for entry in secure.received)


@pytest.mark.parametrize("login", ["", "jane:wrong@"])
def test_a_proxy_that_asks_for_a_password_is_told_and_asked_once(
    proxy: ConnectProxy, certificate: Path, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    proxy.login = "jane:right"
    monkeypatch.setenv("HTTPS_PROXY", f"http://{login}{proxy.address}")
    error = _fails(certificate)
    assert "the proxy asks for a user name and password (407)" in error.message
    assert error.hint == PROXY_HINT
    assert len(proxy.asked) == 1


def test_a_proxy_that_lets_nothing_through_is_told(
    proxy: ConnectProxy, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.refuses = "403 Forbidden"
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    error = _fails(certificate)
    assert "the proxy did not let the connection to" in error.message
    assert error.hint == PROXY_HINT


def test_a_proxy_that_cannot_be_reached_is_told(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{unused.getsockname()[1]}")
        error = _fails(certificate)
    assert "the proxy on the way to" in error.message
    assert error.hint == PROXY_HINT


def test_a_proxy_whose_name_nobody_knows_is_told(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://no-such-proxy.invalid:3128")
    error = _fails(certificate)
    assert "the proxy on the way to" in error.message
    assert error.hint == PROXY_HINT


def test_a_proxy_that_is_named_by_https_and_speaks_plain_http_is_told(
    server: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", server.url.replace("http:", "https:"))
    error = _fails(certificate)
    assert "the proxy does not speak TLS" in error.message
    assert error.hint == PROXY_SCHEME_HINT


@pytest.mark.parametrize(
    ("address", "said", "hint"),
    [
        ("http://", "the proxy's address is none", PROXY_HINT),
        ("http://:3128", "the proxy's address is none", PROXY_HINT),
        ("socks5://127.0.0.1:1080", "the proxy is a SOCKS proxy", SOCKS_HINT),
    ],
)
def test_a_proxy_address_that_is_of_no_use_is_told(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, address: str, said: str, hint: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    error = _fails(certificate)
    assert said in error.message
    assert error.hint == hint


def test_an_invocation_that_never_got_past_the_proxy_is_repeated(
    secure: Server, proxy: ConnectProxy, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was sent to the platform, so the function cannot have run."""
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    secure.on("POST", f"{BASE}/lambdas/u1/invoke").answers(200, "ran")
    platform = _connect(certificate)
    answers = iter(["502 Bad Gateway", "200 Connection established"])
    let_through = proxy.answer_to
    monkeypatch.setattr(
        proxy,
        "answer_to",
        lambda headers: next(answers) if proxy.asked[-1].startswith("CONNECT fninv") else let_through(headers),
    )
    assert platform.invoke("u1", {}).result == "ran"
    platform.close()
    assert proxy.asked.count("CONNECT fninvocations.example.net:443") == 2


# ---- certificates ----------------------------------------------------------------------------------------------


def test_a_self_signed_certificate_is_explained(secure: Server) -> None:
    error = _fails(domain_url=secure.url)
    assert re.search(
        r"the TLS certificate of 127\.0\.0\.1:\d+ is not trusted: self.signed certificate", error.message
    )
    assert error.hint == TRUST_HINT
    assert secure.received == []


@pytest.mark.parametrize(
    ("days", "hint"), [((-3, -1), CLOCK_HINT), ((1, 3), CLOCK_HINT)], ids=["expired", "not yet valid"]
)
def test_a_certificate_out_of_date_points_to_the_clock(
    server: Server, tmp_path: Path, days: tuple[int, int], hint: str
) -> None:
    certificate = write_certificate(tmp_path / "server.pem", days=days)
    server.speak_tls(certificate)
    error = _fails(certificate, domain_url=server.url)
    assert "is not trusted" in error.message
    assert error.hint == hint


def test_a_certificate_of_another_host_is_explained(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = write_certificate(tmp_path / "server.pem", names=("other.example.org",))
    server.speak_tls(certificate)
    proxy = ConnectProxy(_address(server))
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    error = _fails(certificate)
    proxy.close()
    assert "api.liveperson.net is not trusted" in error.message
    assert error.hint == NAME_HINT


def test_a_network_that_is_simply_down_points_to_the_network() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        error = _fails(domain_url=f"https://127.0.0.1:{unused.getsockname()[1]}")
    assert error.hint == NETWORK_HINT


# ---- redirects -------------------------------------------------------------------------------------------------


def _login(server: Server, certificate: Path) -> None:
    _connect(certificate, domain_url=server.url, reach_at=server.url).close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("method", "path", "call"),
    [
        ("GET", f"{BASE}/functions", lambda platform: platform.functions()),
        ("POST", f"{BASE}/functions", lambda platform: platform.create_function("B", description="d")),
        ("POST", f"{BASE}/lambdas/u1/invoke", lambda platform: platform.invoke("u1", {})),
    ],
    ids=["read", "write", "invocation"],
)
def test_no_redirect_takes_a_token_elsewhere(
    server: Server, platform: Platform, status: int, method: str, path: str, call: Callable[[Platform], object]
) -> None:
    server.on("GET", f"{BASE}/functions").answers(200, [])
    elsewhere = f"{server.url}/stolen"
    script = server.on(method, path)
    script.steps.clear()
    script.answers(status, None, {"Location": elsewhere})
    with pytest.raises(UnreadableAnswer, match="is a redirect"):
        call(platform)
    assert not any(entry.path == "/stolen" for entry in server.received)


@pytest.mark.parametrize("path", [f"{BASE}/service/baseURI.json", f"{BASE}/login"])
def test_neither_a_redirected_sign_in_nor_a_redirected_domain_answer_is_followed(
    secure: Server, certificate: Path, path: str
) -> None:
    script = secure.on("POST" if path.endswith("login") else "GET", path)
    script.steps.clear()
    script.answers(302, None, {"Location": f"{secure.url}/stolen"})
    with pytest.raises(UnreadableAnswer, match="is a redirect"):
        _login(secure, certificate)
    assert not any(entry.path == "/stolen" for entry in secure.received)


# ---- the program -----------------------------------------------------------------------------------------------


def _whoami(tmp_path: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH") if name in os.environ}
    given = {"FAASCTL_USERNAME": JANE.username, "FAASCTL_PASSWORD": JANE.password}
    return subprocess.run(
        [sys.executable, "-m", "faasctl", "whoami", "--account", ACCOUNT, *arguments],
        cwd=tmp_path,
        env={**kept, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), **given, **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "given",
    ["--ca-bundle", "FAASCTL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"],
)
def test_the_program_works_behind_a_proxy_with_a_certificate_of_the_company(
    proxy: ConnectProxy, certificate: Path, tmp_path: Path, given: str
) -> None:
    arguments = ("--ca-bundle", str(certificate)) if given.startswith("--") else ()
    environ = {} if arguments else {given: str(certificate)}
    ended = _whoami(tmp_path, *arguments, HTTPS_PROXY=proxy.url, **environ)
    assert ended.returncode == 0, ended.stderr
    assert "Functions V2" in ended.stdout
    assert proxy.asked[0] == "CONNECT api.liveperson.net:443"


def test_the_program_says_what_to_do_about_a_certificate_and_a_proxy(
    proxy: ConnectProxy, certificate: Path, tmp_path: Path
) -> None:
    untrusted = _whoami(tmp_path, HTTPS_PROXY=proxy.url)
    assert untrusted.returncode == 6
    assert "--ca-bundle FILE" in untrusted.stderr
    proxy.login = "jane:secret-of-the-proxy"
    refused = _whoami(
        tmp_path,
        *("--ca-bundle", str(certificate)),
        HTTPS_PROXY=f"http://jane:not-the-secret@{proxy.address}",
        FAASCTL_DEBUG="1",
    )
    assert refused.returncode == 6
    assert "(407)" in refused.stderr
    assert "not-the-secret" not in refused.stdout + refused.stderr
    for ended in (untrusted, refused):
        assert "Traceback" not in ended.stderr
