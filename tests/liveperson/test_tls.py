"""Services over TLS, as LivePerson's are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faasctl.deadline import Deadline
from faasctl.errors import DeadlinePassed, Unreachable
from faasctl.facts.services import FUNCTIONS_UI
from faasctl.liveperson.domains import Domains
from faasctl.liveperson.network import Network
from faasctl.liveperson.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.liveperson.conftest import Server


@pytest.fixture
def secure(server: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Transport]:
    """A transport whose domain API is `server`, over TLS."""
    server.speak_tls(certificate)
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    made = Transport(Network(domain_url=server.url))
    yield made
    made.close()


def test_a_service_is_reached_over_tls(
    secure: Transport, certificate: Path, deadline: Deadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    assert Domains(secure, "12345678").host(FUNCTIONS_UI, deadline) == "functions.example.net"


def test_a_dripping_answer_over_tls_ends_with_the_deadline(
    server: Server, secure: Transport, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    header = b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n"
    script = server.on("GET", "/api/account/7/service/baseURI.json").drips(header, b" " * 400, every=0.05)
    with pytest.raises(DeadlinePassed):
        Domains(secure, "7").host(FUNCTIONS_UI, Deadline(0.5))
    assert not script.dripped_out


def test_a_certificate_that_nobody_vouches_for_is_told_and_not_tried_again(
    server: Server, secure: Transport
) -> None:
    with pytest.raises(Unreachable, match=r"the TLS certificate of 127\.0\.0\.1:\d+ is not trusted: self"):
        Domains(secure, "12345678").host(FUNCTIONS_UI, Deadline(10, sleep=_no_sleep))
    assert server.received == []


def _no_sleep(_: float) -> None:
    raise AssertionError("it was tried again")
