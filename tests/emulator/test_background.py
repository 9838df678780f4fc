"""An emulator in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest

from faasctl.emulator.background import reset, start_in_background, stop
from faasctl.emulator.endpoint import Endpoint, read_endpoint, write_endpoint
from faasctl.emulator.processes import process_lives
from faasctl.emulator.server import Emulator
from faasctl.emulator.server_options import ServerOptions
from faasctl.errors import Locked, PlatformError
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulator.conftest import OpenClient

KEEPS_ON = "async function lambda() { setInterval(() => {}, 1000); return process.pid; }"


@pytest.fixture
def endpoint(folder: Path) -> Iterator[Endpoint]:
    started = start_in_background(folder)
    yield started
    stop(started)


def _kill(endpoint: Endpoint) -> None:
    os.kill(endpoint.pid, signal.SIGKILL)
    os.waitpid(endpoint.pid, 0)


def _wait_until_gone(pid: int) -> None:
    until(lambda: not process_lives(pid), f"the end of process {pid}")


def test_it_runs_apart_and_is_found_through_a_private_file(folder: Path, endpoint: Endpoint) -> None:
    assert endpoint.pid != os.getpid()
    assert os.getsid(endpoint.pid) == endpoint.pid
    assert read_endpoint(folder) == endpoint
    assert stat.S_IMODE((folder / "endpoint.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "emulator.log").stat().st_mode) == 0o600


def test_it_is_started_once(folder: Path, endpoint: Endpoint) -> None:
    assert start_in_background(folder) == endpoint


def test_starts_at_the_same_time_end_with_one_emulator(folder: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        endpoints = list(pool.map(lambda _: start_in_background(folder), range(3)))
    stop(endpoints[0])
    assert len({endpoint.instance for endpoint in endpoints}) == 1


def test_stopping_ends_it_and_its_functions_and_removes_the_file(folder: Path, open_client: OpenClient) -> None:
    endpoint = start_in_background(folder)
    client = open_client(endpoint)
    process = client.invoke(client.deployed(code=KEEPS_ON)).json
    stop(endpoint)
    assert not process_lives(endpoint.pid)
    _wait_until_gone(process)
    assert not (folder / "endpoint.json").exists()
    stop(endpoint)


def test_a_port_in_use_is_told_with_the_log(folder: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(PlatformError, match="cannot listen on port"),
    ):
        start_in_background(folder, ServerOptions(port=taken.getsockname()[1]))


def test_a_second_foreground_emulator_on_the_folder_is_refused(folder: Path, endpoint: Endpoint) -> None:
    command = [sys.executable, "-m", "faasctl.emulator", "--folder", str(folder)]
    refused = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert refused.returncode == 8
    assert "already" in refused.stderr
    assert read_endpoint(folder) == endpoint


def test_a_kill_loses_nothing(folder: Path, open_client: OpenClient) -> None:
    first = start_in_background(folder)
    client = open_client(first)
    uuid = client.deployed(code=KEEPS_ON)
    process = client.invoke(uuid).json
    before = client.call("GET", f"/functions/{uuid}").json
    _kill(first)
    _wait_until_gone(process)
    assert read_endpoint(folder) is None
    assert not (folder / "endpoint.json").exists()
    second = start_in_background(folder)
    again = open_client(second, client.account)
    assert again.call("GET", f"/functions/{uuid}").json == before
    assert isinstance(again.invoke(uuid).json, int)
    stop(second)


def test_a_deployment_of_a_killed_emulator_is_ended_by_another(folder: Path, open_client: OpenClient) -> None:
    first = start_in_background(folder)
    client = open_client(first, deployDelay=0.5)
    good = client.pushed("Good")
    bad = client.pushed("Bad", "import 'no-such-module';\nasync function lambda() {}")
    for uuid in (good, bad):
        assert client.call("POST", f"/deployments/{uuid}").status == 202
    _kill(first)
    time.sleep(0.6)
    with Emulator(folder) as emulator:
        again = open_client(emulator.endpoint, client.account)
        states = {
            record["functionUuid"]: record["deploymentState"] for record in again.call("GET", "/deployments").json
        }
        assert states == {good: "successful", bad: "failed"}
        assert (again.state(good), again.state(bad)) == ("Productive", "Draft")


def test_writes_that_were_answered_survive_a_kill(folder: Path, open_client: OpenClient) -> None:
    first = start_in_background(folder)
    client = open_client(first)
    names = [f"F{number:02}" for number in range(20)]
    for name in names:
        assert client.create(name, None).status == 201
    _kill(first)
    with Emulator(folder) as emulator:
        again = open_client(emulator.endpoint, client.account)
        assert [function["name"] for function in again.call("GET", "/functions").json] == names


def test_an_endpoint_file_that_names_another_instance_is_removed(folder: Path, endpoint: Endpoint) -> None:
    write_endpoint(folder, replace(endpoint, instance="another"))
    assert read_endpoint(folder) is None
    assert not (folder / "endpoint.json").exists()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"url": 1}', "\xff"])
def test_an_endpoint_file_that_cannot_be_read_is_removed(folder: Path, content: str) -> None:
    folder.mkdir()
    (folder / "endpoint.json").write_text(content)
    assert read_endpoint(folder) is None
    assert not (folder / "endpoint.json").exists()


def test_an_endpoint_elsewhere_than_on_this_machine_is_not_asked(folder: Path) -> None:
    folder.mkdir()
    elsewhere = Endpoint(
        url="http://192.0.2.1:80", pid=os.getpid(), instance="x", operator_token="x", operator_id="x"
    )
    (folder / "endpoint.json").write_text(json.dumps(asdict(elsewhere)))
    assert read_endpoint(folder) is None


def test_the_operators_token_is_in_no_repr(endpoint: Endpoint) -> None:
    assert endpoint.operator_token not in repr(endpoint)


def test_reset_is_refused_while_it_runs_and_empties_the_platform_after(
    folder: Path, open_client: OpenClient
) -> None:
    endpoint = start_in_background(folder)
    account = open_client(endpoint).account
    with pytest.raises(Locked):
        reset(folder)
    stop(endpoint)
    (folder / "journal").write_text("not the emulator's")
    reset(folder)
    assert sorted(entry.name for entry in folder.iterdir()) == [".gitignore", "journal", "serve.lock"]
    with Emulator(folder) as emulator:
        assert emulator.endpoint.operator_token != endpoint.operator_token
        assert open_client(emulator.endpoint, account).of_account("GET", "").status == 404
