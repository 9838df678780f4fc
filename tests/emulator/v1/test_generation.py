"""Each account is on one generation, and answers that one's routes alone (functions-api §0.3, §0.4)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from faasctl.emulator.accounts import Accounts
from faasctl.emulator.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulator.conftest import ContractClient
    from tests.emulator.v1.conftest import LambdaClient

NOBODY = "00000000-0000-4000-8000-000000000000"
NOTHING_HERE = "faasctl.emulator.no-such-path"


def test_the_hosts_of_a_v1_account_are_not_taken_for_v2(lambdas: LambdaClient) -> None:
    client = lambdas.client
    listed = client.send("GET", f"{client.base}/service/baseURI.json?version=1.0").json["baseURIs"]
    hosts = {entry["service"]: entry["baseURI"] for entry in listed}
    assert {"faasUI", "faasGW", "agentVep", "sentinel"} <= set(hosts)
    for service in ("faasUI", "faasGW"):
        assert "fninvocations" not in hosts[service]
        assert "functions" not in hosts[service]
        single = client.send("GET", f"{client.base}/service/{service}/baseURI.json?version=1.0")
        assert single.json["baseURI"] == hosts[service]
    assert client.login().json["csdsCollectionResponse"]["baseURIs"] == listed


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/functions"),
        ("POST", "/functions"),
        ("GET", "/functions/count"),
        ("GET", f"/functions/{NOBODY}"),
        ("PUT", f"/functions/{NOBODY}/manifest"),
        ("POST", f"/functions/{NOBODY}/test"),
        ("GET", f"/functions/{NOBODY}/logs/export"),
        ("GET", "/deployments"),
        ("GET", "/deployments/count"),
    ],
)
def test_a_v1_account_has_no_route_of_v2(lambdas: LambdaClient, method: str, path: str) -> None:
    answer = lambdas.call(method, path, {} if method != "GET" else None)
    assert answer.status in (404, 405)
    assert set(answer.json) == {"errorCode", "errorMsg"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/lambdas"),
        ("GET", "/lambdas/"),
        ("POST", "/lambdas"),
        ("GET", f"/lambdas/{NOBODY}"),
        ("PUT", f"/lambdas/{NOBODY}"),
        ("DELETE", f"/lambdas/{NOBODY}"),
        ("GET", "/runtimes"),
        ("GET", "/proxy-settings"),
        ("POST", "/proxy-settings"),
        ("DELETE", "/proxy-settings/1"),
        ("GET", "/reports/limitCounts"),
        ("GET", "/reports/lambdaCounts"),
        ("GET", f"/logs/export?lambdaUUID={NOBODY}"),
    ],
)
def test_a_v2_account_has_no_route_of_v1(client: ContractClient, method: str, path: str) -> None:
    answer = client.call(method, path, {} if method != "GET" else None)
    assert (answer.status, answer.code) == (404, NOTHING_HERE)


def test_a_redeployment_by_patch_is_v2s_alone(lambdas: LambdaClient) -> None:
    assert lambdas.call("PATCH", f"/deployments/{NOBODY}").status == 405


def test_the_event_catalogue_is_the_same(lambdas: LambdaClient, client: ContractClient) -> None:
    listed = lambdas.call("GET", "/events")
    assert listed.status == 200
    assert listed.json == client.call("GET", "/events").json


def test_an_account_can_move_to_the_other_generation_with_its_functions(lambdas: LambdaClient) -> None:
    uuid = lambdas.create("Echo", environment=[{"key": "A", "value": "b"}]).json["uuid"]
    assert lambdas.client.of_account("PUT", "", {"platform": "v2"}).json["platform"] == "v2"
    moved = lambdas.client.call("GET", f"/functions/{uuid}").json
    assert (moved["name"], moved["manifest"]["environment"]) == ("Echo", {"A": "b"})
    assert lambdas.call("GET", "/lambdas").status == 404


@pytest.mark.parametrize("platform", ["v3", None, ["v1"]])
def test_an_account_is_on_v1_or_v2(lambdas: LambdaClient, platform: object) -> None:
    answer = lambdas.client.of_account("PUT", "", {"platform": platform})
    assert (answer.status, answer.code) == (400, "faasctl.emulator.invalid")


def test_an_account_of_an_older_faasctl_is_on_v2(tmp_path: Path) -> None:
    store = Store(tmp_path / "state")
    accounts = Accounts(store)
    accounts.save("old", {"skills": ["A"]})
    row = store.row("SELECT settings FROM accounts")
    assert row is not None
    settings = json.loads(row["settings"])
    del settings["platform"]
    store.execute("UPDATE accounts SET settings = ?", json.dumps(settings))
    found = accounts.settings("old")
    assert (accounts.platform("old"), found and found.platform) == ("v2", "v2")
    store.close()


def test_a_new_account_is_on_v2(client: ContractClient) -> None:
    assert client.of_account("GET", "").json["platform"] == "v2"
