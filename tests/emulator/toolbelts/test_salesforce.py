"""SFClient: V1's connects by the package jsforce, V2's tells what to use instead."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.emulator.server import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.emulator.conftest import OpenClient

    Run = Callable[..., Any]

_CACHE = Path(os.environ.get("FAASCTL_TEST_CACHE") or Path(__file__).parents[3] / ".cache") / "faasctl"

CONNECT = """require("jsforce");
const { Toolbelt } = require("lp-faas-toolbelt");
function lambda(input, callback) {
  const connection = Toolbelt.SFClient().connectToSalesforce({ instanceUrl: input.payload, accessToken: "token" });
  const told = connection.request(input.payload + "/function");
  told.then((text) => callback(null, JSON.parse(text).headers), callback);
}
"""


@pytest.mark.npm
def test_v1_connects_and_carries_the_functions_headers(folder: Path, stub: str, open_client: OpenClient) -> None:
    with Emulator(folder, environ={**os.environ, "FAASCTL_CACHE_DIR": str(_CACHE)}) as emulator:
        client = open_client(emulator.endpoint)
        uuid = client.pushed("Connects", CONNECT, event=None)
        assert client.call("POST", f"/deployments/{uuid}").status == 202
        client.wait_for_state(uuid, "Productive", seconds=180)
        answer = client.invoke(uuid, stub)
        assert answer.status == 200, answer.text
        assert answer.json["lp-url"] == client.account
        assert answer.json["user-agent"] == f"LP-Lambda-{uuid}"


def test_v1_says_how_the_package_comes(run_v1: Run) -> None:
    told = run_v1("try { Toolbelt.SFClient().connectToSalesforce({}); } catch (error) { return told(error); }")
    assert (told["type"], told["code"]) == ("InternalError", "faasctl.toolbelt.not-available")
    assert "require('jsforce')" in told["message"]


def test_v2_says_what_to_use_instead(run_v2: Run) -> None:
    told = run_v2("try { Toolbelt.SFClient().connectToSalesforce({}); } catch (error) { return told(error); }")
    assert (told["type"], told["code"]) == ("ToolBeltError", "faasctl.toolbelt.not-available")
    assert "@jsforce/jsforce-node" in told["message"]
