"""An emulator whose functions reach nothing but it."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faasctl.emulator.background import start_in_background, stop
from faasctl.emulator.server import Emulator
from faasctl.emulator.server_options import ServerOptions

if TYPE_CHECKING:
    from faasctl.emulator.endpoint import Endpoint
    from tests.emulator.conftest import OpenClient

FETCH = """async function lambda(input) {
  const asked = input.payload.map((url) => fetch(url).then(({ status }) => status, ({ cause }) => cause.code));
  return Promise.all(asked);
}
"""


@pytest.fixture
def listening() -> int:
    """A port at which nobody answers, so that who gets through is refused."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def fetched(endpoint: Endpoint, open_client: OpenClient, *urls: str) -> list[str | int]:
    client = open_client(endpoint)
    answer = client.invoke(client.deployed(code=FETCH), list(urls))
    assert answer.status == 200, answer.text
    found: list[str | int] = json.loads(answer.text)
    return found


def test_an_offline_emulator_answers_for_liveperson_and_lets_nothing_else_through(
    folder: Path, open_client: OpenClient, listening: int
) -> None:
    urls = (
        "https://api.liveperson.net/api/account/1/service/baseURI.json?version=1.0",
        f"http://127.0.0.1:{listening}/",
    )
    with Emulator(folder, ServerOptions(offline=True)) as emulator:
        assert fetched(emulator.endpoint, open_client, *urls) == [200, "faasctl.offline"]
    with Emulator(folder) as emulator:
        assert fetched(emulator.endpoint, open_client, *urls) == [200, "ECONNREFUSED"]


def test_an_emulator_in_the_background_is_offline_but_for_what_is_allowed(
    folder: Path, open_client: OpenClient, listening: int
) -> None:
    options = ServerOptions(offline=True, allowed_hosts=(f"127.0.0.1:{listening}",))
    endpoint = start_in_background(folder, options, timeout=60)
    try:
        urls = (f"http://127.0.0.1:{listening}/", "https://example.com/")
        assert fetched(endpoint, open_client, *urls) == ["ECONNREFUSED", "faasctl.offline"]
    finally:
        stop(endpoint)
