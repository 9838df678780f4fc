"""The domain API (functions-api §1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.emulator.conftest import ContractClient


def test_an_account_is_told_hosts_that_clients_take_for_v2(client: ContractClient) -> None:
    answer = client.send("GET", f"{client.base}/service/baseURI.json?version=1.0")
    assert answer.status == 200
    hosts = {entry["service"]: entry["baseURI"] for entry in answer.json["baseURIs"]}
    assert set(hosts) == {"faasUI", "faasGW", "agentVep", "sentinel", "mavenContext"}
    assert "fninvocations" in hosts["faasGW"]
    assert "functions" in hosts["faasUI"]
    assert all(entry["account"] == client.account for entry in answer.json["baseURIs"])
    assert not any(":" in host or "/" in host for host in hosts.values())


def test_one_service_is_told_by_itself(client: ContractClient) -> None:
    answer = client.send("GET", f"{client.base}/service/faasGW/baseURI.json?version=1.0")
    assert (answer.status, answer.json["service"], answer.json["account"]) == (200, "faasGW", client.account)
    assert "fninvocations" in answer.json["baseURI"]


def test_an_unknown_account_has_no_services(client: ContractClient) -> None:
    answer = client.send("GET", "/api/account/nobody/service/baseURI.json?version=1.0")
    assert (answer.status, answer.json) == (200, {"baseURIs": []})


@pytest.mark.parametrize("service", ["faasgw", "leBackofficeInt"])
def test_a_service_that_is_not_there_is_not_found(client: ContractClient, service: str) -> None:
    assert client.send("GET", f"{client.base}/service/{service}/baseURI.json?version=1.0").status == 404


@pytest.mark.parametrize("query", ["", "?version=2.0"])
def test_a_bad_query_is_refused(client: ContractClient, query: str) -> None:
    assert client.send("GET", f"{client.base}/service/baseURI.json{query}").status == 400


def test_the_hosts_of_the_services_and_of_the_domain_api_are_answered(client: ContractClient) -> None:
    path = f"{client.base}/service/baseURI.json?version=1.0"
    listed = client.send("GET", path).json["baseURIs"]
    for host in ["api.liveperson.net", *(entry["baseURI"] for entry in listed)]:
        assert client.send("GET", path, headers={"Host": host}).status == 200
