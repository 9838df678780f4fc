"""Programs in Node that name LivePerson's hosts, led to the emulator."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from faasctl.emulator.background import start_in_background, stop
from faasctl.emulator.server_options import ServerOptions
from faasctl.emulator.tls.preload import node_environment
from faasctl.javascript.node import find_node, start_environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from faasctl.emulator.endpoint import Endpoint

_GET = """
const { get } = require(process.argv[1].split(':')[0]);
get(process.argv[1], (response) => {
  let text = '';
  response.on('data', (part) => { text += part; }).on('end', () => console.log(response.statusCode, text));
});
"""
_FETCH = "fetch(process.argv[1]).then(async (r) => console.log(r.status, await r.text()))"
_CONNECT = """
const { port, hostname } = new URL(process.argv[1]);
require('net').connect(Number(port), hostname).on('error', (error) => console.log(error.code));
"""


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    endpoint = start_in_background(
        tmp_path_factory.mktemp('a "place" with') / "the state", ServerOptions(tls=True), timeout=60
    )
    yield endpoint
    stop(endpoint)


def _run(program: str, url: str, variables: Mapping[str, str] | None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [find_node(), "-e", program, url],
        env={**start_environment(), **(variables or {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("program", "url"),
    [
        (_GET, "https://api.liveperson.net/emulator/health"),
        (_GET, "http://adminlogin.liveperson.net/emulator/health"),
        (_FETCH, "https://va.faasgw.liveperson.net/emulator/health"),
        (_FETCH, "https://functions.emulator.localhost/emulator/health"),
    ],
)
def test_livepersons_hosts_lead_to_the_emulator(started: Endpoint, program: str, url: str) -> None:
    done = _run(program, url, node_environment(started))
    status, _, body = done.stdout.partition(" ")
    assert status == "200", done.stderr
    assert json.loads(body)["instance"] == started.instance


def test_other_hosts_are_left_alone(started: Endpoint) -> None:
    done = _run(_CONNECT, "http://127.0.0.1:9", node_environment(started))
    assert done.stdout.strip() == "ECONNREFUSED", done.stderr


def test_without_an_emulator_the_program_does_not_start(tmp_path_factory: pytest.TempPathFactory) -> None:
    endpoint = start_in_background(tmp_path_factory.mktemp("ended") / "state", ServerOptions(tls=True), timeout=60)
    stop(endpoint)
    done = _run("console.log('started')", "", node_environment(endpoint))
    assert done.returncode != 0
    assert done.stdout == ""
    assert "no emulator with --tls runs" in done.stderr
