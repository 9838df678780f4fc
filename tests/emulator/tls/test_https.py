"""The emulator over HTTPS, beside HTTP, under its own names and LivePerson's."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import stat
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.emulator.background import reset, start_in_background, stop
from faasctl.emulator.endpoint import read_endpoint
from faasctl.emulator.server import Emulator
from faasctl.emulator.server_options import ServerOptions
from faasctl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from faasctl.emulator.endpoint import Endpoint
    from tests.emulator.conftest import OpenClient


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with Emulator(tmp_path_factory.mktemp("tls") / "state", ServerOptions(tls=True)) as emulator:
        yield emulator.endpoint


def _port(endpoint: Endpoint) -> int:
    assert endpoint.tls_url is not None
    return int(endpoint.tls_url.rpartition(":")[2])


def _call(endpoint: Endpoint, name: str, path: str, *, host: str | None = None) -> tuple[int, Any]:
    """A call over HTTPS of the service that clients know as `name`."""
    context = ssl.create_default_context(cafile=endpoint.ca)
    with (
        socket.create_connection(("127.0.0.1", _port(endpoint)), timeout=60) as plain,
        context.wrap_socket(plain, server_hostname=name) as secure,
    ):
        secure.sendall(f"GET {path} HTTP/1.1\r\nHost: {host or name}\r\nConnection: close\r\n\r\n".encode())
        response = http.client.HTTPResponse(secure)
        response.begin()
        return response.status, json.loads(response.read())


@pytest.mark.parametrize(
    "name", ["127.0.0.1", "localhost", "faasgw.emulator.localhost", "va.faasgw.liveperson.net"]
)
def test_it_answers_over_https_as_over_http(endpoint: Endpoint, open_client: OpenClient, name: str) -> None:
    client = open_client(endpoint)
    path = f"{client.base}/service/baseURI.json?version=1.0"
    assert _call(endpoint, name, path) == (200, client.send("GET", path).json)


def test_a_foreign_host_is_turned_away_over_https_too(endpoint: Endpoint) -> None:
    status, body = _call(endpoint, "localhost", "/emulator/health", host="evil.example")
    assert (status, body["code"]) == (403, "faasctl.emulator.foreign-caller")


@pytest.mark.parametrize("platform", ["v1", "v2"])
def test_an_account_can_be_told_livepersons_own_hosts(
    endpoint: Endpoint, open_client: OpenClient, platform: str
) -> None:
    client = open_client(endpoint, platform=platform, hosts="liveperson")
    path = f"{client.base}/service/baseURI.json?version=1.0"
    hosts = {entry["service"]: entry["baseURI"] for entry in client.send("GET", path).json["baseURIs"]}
    assert all(host.endswith(".liveperson.net") for host in hosts.values())
    assert ("fninvocations" in hosts["faasGW"]) == (platform == "v2")
    for host in hosts.values():
        assert _call(endpoint, host, path)[0] == 200
    assert client.of_account("GET", "").json["hosts"] == "liveperson"
    assert client.of_account("PUT", "", {"hosts": "others"}).status == 400


def test_a_fault_breaks_a_connection_over_https_too(endpoint: Endpoint, open_client: OpenClient) -> None:
    client = open_client(endpoint)
    path = f"{client.base}/service/baseURI.json?version=1.0"
    assert client.of_account("PUT", "/faults", {"faults": [{"kind": "reset", "service": "domains"}]}).status == 200
    with pytest.raises(ConnectionResetError):
        _call(endpoint, "localhost", path)
    client.of_account("PUT", "/faults", {"faults": [{"kind": "truncated", "service": "domains"}]})
    with pytest.raises(http.client.IncompleteRead):
        _call(endpoint, "localhost", path)


def test_plain_http_where_tls_is_spoken_gets_no_answer_and_harms_nothing(endpoint: Endpoint) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", _port(endpoint), timeout=60)
    connection.request("GET", "/emulator/health")
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        connection.getresponse()
    connection.close()
    assert _call(endpoint, "localhost", "/emulator/health")[0] == 200


def test_it_ends_while_a_connection_is_open(folder: Path) -> None:
    emulator = Emulator(folder, ServerOptions(tls=True))
    endpoint = emulator.start()
    context = ssl.create_default_context(cafile=endpoint.ca)
    with (
        socket.create_connection(("127.0.0.1", _port(endpoint)), timeout=60) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        emulator.stop()
        assert secure.recv(1) == b""


def test_a_port_that_is_taken_is_told_by_its_option(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        emulator = Emulator(folder, ServerOptions(tls=True, tls_port=taken.getsockname()[1]))
        with pytest.raises(UsageError, match="cannot listen") as caught:
            emulator.start()
    assert caught.value.hint == "Choose another --tls-port."


def test_without_tls_there_are_no_certificates(folder: Path) -> None:
    with Emulator(folder) as emulator:
        assert (emulator.endpoint.tls_url, emulator.endpoint.ca) == (None, None)
        assert not list(folder.glob("ca*"))


def test_one_in_the_background_is_found_by_its_file_and_keeps_its_authority_over_a_reset(folder: Path) -> None:
    started = start_in_background(folder, ServerOptions(tls=True), timeout=60)
    try:
        assert read_endpoint(folder) == started
        assert _call(started, "localhost", "/emulator/health")[0] == 200
        assert stat.S_IMODE((folder / "ca-key.pem").stat().st_mode) == 0o600
    finally:
        stop(started)
    before = (folder / "ca.pem").read_bytes()
    reset(folder)
    assert (folder / "ca.pem").read_bytes() == before
