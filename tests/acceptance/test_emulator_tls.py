"""`faasctl emulator start --tls`, and the target `cloud` over HTTPS."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.acceptance.conftest import Project


@pytest.fixture
def secure(project: Project) -> Iterator[Project]:
    assert project.run("emulator", "start", "--tls").status == 0
    yield project
    project.run("emulator", "stop")


def test_start_and_status_tell_the_addresses_and_how_to_use_them(secure: Project) -> None:
    told = secure.json("emulator", "status").json["result"]
    assert told["url"].startswith("http://127.0.0.1:")
    assert told["tls_url"].startswith("https://127.0.0.1:")
    assert Path(told["ca"]).read_text().startswith("-----BEGIN CERTIFICATE-----")
    for verb in ("start", "status"):
        shown = secure.run("emulator", verb).stdout
        assert told["tls_url"] in shown
        assert f"--ca-bundle {shlex.quote(told['ca'])}" in shown
        for name, value in told["node_environment"].items():
            assert f"export {name}={shlex.quote(value)}" in shown


def test_an_emulator_without_tls_says_so(project: Project) -> None:
    assert project.json("emulator", "status").json["result"]["tls_url"] is None
    assert project.run("emulator", "start", "--tls-port", "8443").status == 2


def test_the_target_cloud_works_over_https_with_the_authority_and_not_without(secure: Project) -> None:
    assert secure.run("create").status == 0  # on the target local, which makes the account
    told = secure.json("emulator", "status").json["result"]
    user = secure.ask_emulator("GET", "/emulator/accounts/demo/credentials")["user"]
    secure.environ |= {
        "FAASCTL_TARGET": "cloud",
        "FAASCTL_REACH_AT": told["tls_url"],
        "FAASCTL_USERNAME": user["username"],
        "FAASCTL_PASSWORD": user["password"],
    }
    refused = secure.json("whoami", status=6).json["error"]
    assert "certificate" in refused["message"]
    assert "--ca-bundle" in refused["hint"]
    trusting = ("--ca-bundle", told["ca"])
    assert secure.json("whoami", *trusting).json["result"]["platform"] == "v2"
    assert secure.json("deploy", *trusting).json["ok"]
    assert secure.json("invoke", "--message", "Hi", *trusting).json["ok"]
