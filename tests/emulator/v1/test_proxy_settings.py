"""V1's allow-list of domains (functions-api §9)."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.emulator.conftest import Answer
    from tests.emulator.v1.conftest import LambdaClient


def _add(lambdas: LambdaClient, domain: Any) -> Answer:
    return lambdas.call("POST", "/proxy-settings", {"timestamp": 0, "domain": domain, "id": -1})


def _domains(lambdas: LambdaClient, query: str = "") -> list[str]:
    return [entry["domain"] for entry in lambdas.call("GET", "/proxy-settings", query=query).json]


def test_a_domain_is_added_listed_and_removed(lambdas: LambdaClient) -> None:
    made = _add(lambdas, "*.example.com")
    assert made.status == 201
    assert set(made.json) == {"id", "domain", "name"}
    assert made.json["domain"] == "*.example.com"
    assert lambdas.call("GET", "/proxy-settings").json == [made.json]
    assert lambdas.call("DELETE", f"/proxy-settings/{made.json['id']}").status == 204
    assert _domains(lambdas) == []


@pytest.mark.parametrize("query", ["", "&includeDefault=false", "&includeDefault="])
def test_livepersons_own_domains_are_listed_when_asked_for(lambdas: LambdaClient, query: str) -> None:
    _add(lambdas, "api.example.com")
    assert _domains(lambdas, query) == ["api.example.com"]
    listed = lambdas.call("GET", "/proxy-settings", query="&includeDefault=true").json
    assert {"msgHist", "agentVep", "swift", "api.example.com"} <= {entry["name"] for entry in listed}
    assert len({entry["id"] for entry in listed}) == len(listed)


@pytest.mark.parametrize(
    "domain",
    ["*.*.example.com", "https://example.com", "", "a b.com", "x*.com*", None, 1, "example.com/path", "*"],
)
def test_what_is_no_domain_is_refused(lambdas: LambdaClient, domain: Any) -> None:
    answer = _add(lambdas, domain)
    assert (answer.status, set(answer.json)) == (400, {"errorCode", "errorMsg"})
    assert _domains(lambdas) == []


def test_a_domain_stands_on_the_list_once(lambdas: LambdaClient) -> None:
    assert _add(lambdas, "api.example.com").status == 201
    assert _add(lambdas, "API.example.com.").status == 400
    assert _domains(lambdas) == ["api.example.com"]


@pytest.mark.parametrize("identity", ["0", "-1", "999999999", "9" * 40, "x", "\u0661"])
def test_an_entry_that_is_not_there_is_not_removed(lambdas: LambdaClient, identity: str) -> None:
    assert lambdas.call("DELETE", f"/proxy-settings/{quote(identity)}").status == 404


def test_another_accounts_entry_is_not_removed(lambdas: LambdaClient) -> None:
    made = _add(lambdas, "api.example.com").json
    lambdas.client.operator("PUT", "/accounts/neighbour-v1", {"platform": "v1"})
    path = f"/api/account/neighbour-v1/proxy-settings/{made['id']}"
    token = lambdas.client.endpoint.operator_token
    assert lambdas.client.send("DELETE", path, bearer=token).status == 404
    assert _domains(lambdas) == ["api.example.com"]


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [("FaaS-Admin", 200, 201), ("FaaS-Developer", 200, 403), ("FaaS-Invocation", 403, 403)],
)
def test_only_an_admin_changes_the_list(lambdas: LambdaClient, role: str, reads: int, writes: int) -> None:
    made = lambdas.client.of_account("PUT", f"/users/{role}@example.com", {"roles": [role]}).json
    lambdas.client.bearer = lambdas.client.login(made).json["bearer"]
    assert lambdas.call("GET", "/proxy-settings").status == reads
    assert _add(lambdas, "api.example.com").status == writes


def test_the_operator_sets_the_whole_list(lambdas: LambdaClient) -> None:
    _add(lambdas, "old.example.com")
    kept = _add(lambdas, "kept.example.com").json
    answer = lambdas.client.of_account("PUT", "", {"allowedDomains": ["kept.example.com", "*.new.example.com"]})
    assert (answer.status, answer.json["allowedDomains"]) == (200, ["kept.example.com", "*.new.example.com"])
    assert lambdas.call("GET", "/proxy-settings").json[0] == kept
    for wrong in (["no domain"], "api.example.com", [1]):
        assert lambdas.client.of_account("PUT", "", {"allowedDomains": wrong}).status == 400
    assert lambdas.client.of_account("PUT", "", {"deployDelay": 0}).json["allowedDomains"] != []


# ---- at run time -----------------------------------------------------------------------------------------------


@pytest.fixture
def service() -> Iterator[str]:
    """The address of a server that answers every GET with 200."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_list_holds_for_functions_that_are_deployed_already(lambdas: LambdaClient, service: str) -> None:
    code = """const http = require('http');
    function lambda(input, callback) {
      const request = http.get(`http://${input.payload}/`, (response) => {
        response.resume();
        callback(null, response.statusCode);
      });
      request.on('error', (error) => callback(null, error.message));
    }"""
    uuid = lambdas.deployed(code=code)
    refused = lambdas.test_call(uuid, service).json
    assert refused["result"] == "Socket is closed"
    assert any(entry["level"] == "Warn" and "127.0.0.1" in entry["message"] for entry in refused["logs"])
    added = _add(lambdas, "127.0.0.1").json
    assert lambdas.test_call(uuid, service).json["result"] == 200
    lambdas.call("DELETE", f"/proxy-settings/{added['id']}")
    assert lambdas.test_call(uuid, service).json["result"] == "Socket is closed"
