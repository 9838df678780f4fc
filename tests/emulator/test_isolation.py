"""Isolations and busy instances, over HTTP."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from faasctl.emulator.server import Emulator
from faasctl.emulator.server_options import ServerOptions
from faasctl.facts import isolation

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulator.conftest import Answer, ContractClient, OpenClient

COUNTER = "let count = 0; async function lambda() { return ++count; }"
ENVELOPE = {"timestamp": 0, "headers": [], "payload": {}}


def as_operator(client: ContractClient, path: str, name: str) -> Answer:
    """A call as the operator, isolated by `name`."""
    return client.call(
        "POST", path, ENVELOPE, bearer=client.endpoint.operator_token, headers={isolation.HEADER: name}
    )


@pytest.mark.parametrize("kind", ["gateway", "event", "test"])
def test_each_isolation_has_module_state_of_its_own(client: ContractClient, kind: str) -> None:
    uuid = client.deployed(code=COUNTER)
    paths = {
        "gateway": f"/lambdas/{uuid}/invoke",
        "event": "/events/bot_connectors_custom_integration/invoke",
        "test": f"/functions/{uuid}/test?userId=1",
    }
    counts = []
    for name in ("a", "a", "b", isolation.ONCE, isolation.ONCE):
        found = as_operator(client, paths[kind], name).json
        counts.append(found if kind == "gateway" else found[0]["result"] if kind == "event" else found["result"])
    assert counts == [1, 2, 1, 1, 1]
    assert client.invoke(uuid).json == 1


def test_an_isolation_ends_when_the_operator_says_so(client: ContractClient) -> None:
    uuid = client.deployed(code=COUNTER)
    path = f"/lambdas/{uuid}/invoke"
    assert [as_operator(client, path, "a").json for _ in range(2)] == [1, 2]
    assert client.operator("DELETE", "/isolations/a").status == 204
    assert client.operator("DELETE", "/isolations/a").status == 204
    assert as_operator(client, path, "a").json == 1


def test_only_the_operator_may_isolate(client: ContractClient) -> None:
    uuid = client.deployed(code=COUNTER)
    refused = client.invoke(uuid, headers={isolation.HEADER: "a"})
    assert refused.status == 403
    assert client.send("DELETE", "/emulator/isolations/a", bearer=client.bearer).status == 403


@pytest.mark.parametrize("name", ["", "x" * 129])
def test_an_isolation_needs_a_name(client: ContractClient, name: str) -> None:
    uuid = client.deployed(code=COUNTER)
    refused = as_operator(client, f"/lambdas/{uuid}/invoke", name)
    assert (refused.status, refused.code) == (400, "faasctl.emulator.invalid")


SLOW = {
    "v2": "async function lambda() { await new Promise((go) => setTimeout(go, 7000)); return 1; }",
    "v1": "function lambda(input, callback) { setTimeout(() => callback(null, 1), 7000); }",
}


@pytest.mark.parametrize(("interface", "refused"), [("v2", 4), ("v1", 0)])
def test_v2_turns_requests_away_when_all_instances_are_busy_and_v1_shares_them(
    folder: Path, open_client: OpenClient, interface: str, refused: int
) -> None:
    with Emulator(folder, ServerOptions(instances=2)) as emulator:
        owner = open_client(emulator.endpoint)
        uuid = owner.deployed(code=SLOW[interface])
        clients = [open_client(emulator.endpoint, owner.account) for _ in range(6)]
        with ThreadPoolExecutor(len(clients)) as pool:
            answers = list(pool.map(lambda client: client.invoke(uuid), clients))
    statuses = sorted(answer.status for answer in answers)
    assert statuses == [200] * (6 - refused) + [429] * refused
    assert {answer.code for answer in answers if answer.status == 429} <= {"com.liveperson.faas.evg.general"}


COVERED = """\
async function lambda(input) {
  if (input.payload.big) {
    return 'big';
  }
  return 'small';
}
"""


@pytest.mark.parametrize("code", [COVERED, f"const fs = require('fs');\n{COVERED}"], ids=["esm", "commonjs"])
def test_v8_counts_what_runs_in_a_covered_isolation(client: ContractClient, code: str) -> None:
    uuid = client.deployed(code=code)
    assert client.operator("PUT", "/isolations/covered", {"coverage": True}).status == 204
    as_operator(client, f"/functions/{uuid}/test?userId=1", "covered")
    (counted,) = client.operator("GET", "/isolations/covered/coverage").json
    assert counted["uuid"] == uuid
    (function,) = [item for item in counted["functions"] if item["functionName"] == "lambda"]
    whole, block = function["ranges"]
    assert (whole["count"], block["count"]) == (1, 0)
    assert code[block["startOffset"] : block["endOffset"]].startswith("{\n    return 'big'")
    assert client.operator("DELETE", "/isolations/covered").status == 204
    assert client.operator("GET", "/isolations/covered/coverage").json == []


def test_nothing_is_counted_where_nobody_asked(client: ContractClient) -> None:
    uuid = client.deployed(code=COVERED)
    as_operator(client, f"/functions/{uuid}/test?userId=1", "b")
    assert client.operator("GET", "/isolations/b/coverage").json == []
    assert client.operator("PUT", "/isolations/b", {"coverage": "yes"}).status == 400
    assert client.send("PUT", "/emulator/isolations/b", bearer=client.bearer).status == 403


def test_an_isolated_test_tells_what_the_function_itself_took(client: ContractClient) -> None:
    uuid = client.deployed(code="async function lambda() { await new Promise((done) => setTimeout(done, 60)); }")
    told = as_operator(client, f"/functions/{uuid}/test?userId=1", "a")
    assert float(told.headers[isolation.DURATION_HEADER.lower()]) >= 0.05


def test_what_failed_tells_it_too(client: ContractClient) -> None:
    uuid = client.deployed(
        code="async function lambda() { await new Promise((done) => setTimeout(done, 60)); throw new Error('x'); }"
    )
    told = as_operator(client, f"/functions/{uuid}/test?userId=1", "a")
    assert told.status == 901
    assert float(told.headers[isolation.DURATION_HEADER.lower()]) >= 0.05
