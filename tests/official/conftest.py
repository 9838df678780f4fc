"""An emulator as one starts it for LivePerson's own clients, and what leads them there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faasctl.emulator.background import start_in_background, stop
from faasctl.emulator.server_options import ServerOptions
from faasctl.emulator.tls.preload import node_environment
from faasctl.javascript.node import start_environment
from tests.emulator.conftest import ContractClient
from tests.npm_packages import wheel_node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from faasctl.emulator.endpoint import Endpoint


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    endpoint = start_in_background(
        tmp_path_factory.mktemp("emulator") / "state", ServerOptions(tls=True), timeout=60
    )
    yield endpoint
    stop(endpoint)


@pytest.fixture(scope="module")
def surroundings(emulator: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a client: nothing of this machine's but Node, and the way to the emulator."""
    home = tmp_path_factory.mktemp("home")
    places = {"HOME": home, "TMPDIR": home, "XDG_CACHE_HOME": home / "cache", "XDG_CONFIG_HOME": home / "config"}
    variables: Mapping[str, str] = node_environment(emulator) or {}
    search = os.pathsep.join((str(Path(wheel_node()).parent), os.environ.get("PATH", "")))
    return {
        **start_environment(),
        **{name: str(place) for name, place in places.items()},
        **variables,
        "PATH": search,
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "COLUMNS": "300",
    }


def open_account(emulator: Endpoint, account: str, *, generation: str) -> ContractClient:
    """An account whose domain API tells LivePerson's own host names."""
    client = ContractClient(emulator, account)
    made = client.of_account("PUT", "", {"platform": generation, "hosts": "liveperson", "deployDelay": 0.5})
    assert made.status == 201, made.text
    return client
