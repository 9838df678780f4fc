"""An emulator inside a process: starting, ending, several on one folder."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from faasctl.emulator.processes import process_lives
from faasctl.emulator.server import Emulator
from faasctl.emulator.server_options import ServerOptions
from faasctl.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulator.conftest import OpenClient


def test_what_was_done_is_there_after_a_restart(folder: Path, open_client: OpenClient) -> None:
    with Emulator(folder) as emulator:
        client = open_client(emulator.endpoint)
        uuid = client.deployed()
        token = client.app_token()
        before = client.call("GET", f"/functions/{uuid}").json
        bearer = client.bearer
    with Emulator(folder) as emulator:
        again = open_client(emulator.endpoint, client.account)
        again.bearer = bearer
        assert again.call("GET", f"/functions/{uuid}").json == before
        assert again.invoke(uuid, "x", bearer=token).json == {"payload": "x"}


def test_stopping_is_repeatable_and_ends_the_functions(folder: Path, open_client: OpenClient) -> None:
    emulator = Emulator(folder)
    client = open_client(emulator.start())
    uuid = client.deployed(code="async function lambda() { return process.pid; }")
    process = client.invoke(uuid).json
    emulator.stop()
    emulator.stop()
    assert not process_lives(process)


def test_stopping_does_not_wait_for_an_invocation(folder: Path, open_client: OpenClient) -> None:
    emulator = Emulator(folder)
    client = open_client(emulator.start())
    uuid = client.deployed(code="async function lambda() { await new Promise(() => setInterval(() => {}, 9)); }")
    failed = threading.Event()

    def invoke() -> None:
        try:
            client.invoke(uuid)
        except OSError:
            pass
        finally:
            failed.set()

    thread = threading.Thread(target=invoke)
    thread.start()
    time.sleep(0.2)
    emulator.stop()
    assert failed.wait(10)  # the function itself is ended only after 30 s
    thread.join()


def test_a_deployment_that_a_stop_cut_off_ends_in_the_next_emulator(folder: Path, open_client: OpenClient) -> None:
    with Emulator(folder) as emulator:
        client = open_client(emulator.endpoint, deployDelay=0.3)
        uuid = client.pushed()
        client.call("POST", f"/deployments/{uuid}")
    with Emulator(folder) as emulator:
        again = open_client(emulator.endpoint, client.account)
        again.wait_for_state(uuid, "Productive")
        assert again.invoke(uuid, 1).json == {"payload": 1}


def test_two_emulators_on_one_folder_show_one_platform(folder: Path, open_client: OpenClient) -> None:
    with Emulator(folder) as first, Emulator(folder) as second:
        assert first.endpoint.operator_token == second.endpoint.operator_token
        assert first.endpoint.url != second.endpoint.url
        one = open_client(first.endpoint)
        other = open_client(second.endpoint, one.account)
        uuid = one.deployed(code="async function lambda() { return 'one'; }")
        assert other.invoke(uuid).json == "one"
        other.push(uuid, "async function lambda() { return 'two'; }")
        assert one.invoke(uuid).json == "one"
        other.call("PATCH", f"/deployments/{uuid}")
        other.wait_for_state(uuid, "Productive")
        assert one.invoke(uuid).json == "two"
        one.call("DELETE", f"/deployments/{uuid}")
        one.wait_for_state(uuid, "Draft")
        assert other.invoke(uuid).status == 404


def test_a_deployment_of_a_living_emulator_is_left_to_it(folder: Path, open_client: OpenClient) -> None:
    with Emulator(folder) as first, Emulator(folder) as second:
        one = open_client(first.endpoint, deployDelay=0.3)
        other = open_client(second.endpoint, one.account)
        uuid = one.pushed()
        one.call("POST", f"/deployments/{uuid}")
        assert other.call("POST", f"/deployments/{uuid}").status == 409
        other.wait_for_state(uuid, "Productive")
        assert len(other.call("GET", "/deployments").json) == 1


def test_emulators_that_start_together_agree(folder: Path) -> None:
    emulators = [Emulator(folder) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        endpoints = list(pool.map(lambda emulator: emulator.start(), emulators))
    for emulator in emulators:
        emulator.stop()
    assert len({endpoint.operator_token for endpoint in endpoints}) == 1


@pytest.mark.parametrize("port", [None, 70_000])
def test_a_port_that_cannot_be_had_is_told(folder: Path, port: int | None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wanted = taken.getsockname()[1] if port is None else port
        with pytest.raises(UsageError, match="cannot listen on port"):
            Emulator(folder, ServerOptions(port=wanted)).start()


def test_a_missing_node_refuses_code_and_says_so(folder: Path, open_client: OpenClient, tmp_path: Path) -> None:
    with Emulator(folder, environ={"FAASCTL_NODE": str(tmp_path / "no-node")}) as emulator:
        client = open_client(emulator.endpoint)
        uuid = client.create().json["uuid"]
        answer = client.push(uuid)
        assert (answer.status, answer.code) == (501, "faasctl.emulator.prerequisite-missing")


def test_importing_the_server_imports_no_web_framework() -> None:
    script = (
        "import sys; import faasctl.emulator.server, faasctl.emulator.endpoint; "
        "print(*{'asyncio','starlette','uvicorn','jwt','cryptography','sqlite3','filelock'} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == ""


def test_serving_without_tokens_imports_no_cryptography(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from faasctl.emulator.server import Emulator; "
        "e = Emulator(Path(sys.argv[1])); e.start(); e.stop(); "
        "print(*{'jwt','cryptography','filelock','requests'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", script, str(folder)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == ""
