"""Reports of invocations by outcome (functions-api §8)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from faasctl.facts.function_errors import (
    EXECUTION_EXCEEDED,
    GENERAL,
    LIMIT_REACHED,
    RUNTIME_ERROR,
    THREW_ERROR,
    FunctionErrorCode,
)
from faasctl.facts.invocation_reports import state_of

if TYPE_CHECKING:
    from tests.emulator.conftest import Answer, ContractClient

STATES = ["UNKNOWN", "SUCCEEDED", "CODING_FAILURE", "PLATFORM_FAILURE", "TIMEOUT"]
MOODY = """async function lambda(input) {
  if (input.payload === "throw") throw new Error("boom");
  if (input.payload === "break") null.x;
  if (input.payload === "loop") for (;;) {}
  return "ok";
}
"""


def now_ms() -> int:
    return int(time.time() * 1000)


def report(client: ContractClient, uuid: str, **query: Any) -> Answer:
    """The report of the last half hour in buckets of five minutes, unless `query` says otherwise."""
    given = {
        "userId": 1,
        "startTimestamp": now_ms() - 1_800_000,
        "endTimestamp": now_ms() + 1000,
        "bucketSize": 300,
        "invocationStates": STATES,
        **query,
    }
    return client.call("GET", f"/reports/invocations/{uuid}?{urlencode(given, doseq=True)}")


def test_invocations_are_told_in_buckets_by_outcome(client: ContractClient) -> None:
    uuid = client.deployed("Moody", MOODY)
    for payload in ("x", "y", "throw", "break", "loop"):
        client.invoke(uuid, payload)
    answer = report(client, uuid)
    assert (answer.status, answer.json["name"], answer.json["uuid"]) == (200, "Moody", uuid)
    buckets = answer.json["invocationStatistics"]
    assert all(list(bucket) == ["from", "to", *STATES] for bucket in buckets)
    assert all(bucket["to"] - bucket["from"] == 300_000 for bucket in buckets)
    assert all(bucket["from"] % 300_000 == 0 for bucket in buckets)
    assert [bucket["from"] for bucket in buckets[1:]] == [bucket["to"] for bucket in buckets[:-1]]
    total = {state: sum(bucket[state] for bucket in buckets) for state in STATES}
    assert total == {"UNKNOWN": 0, "SUCCEEDED": 2, "CODING_FAILURE": 2, "PLATFORM_FAILURE": 0, "TIMEOUT": 1}


def test_test_invocations_do_not_count(client: ContractClient) -> None:
    uuid = client.deployed()
    client.call("POST", f"/functions/{uuid}/test", {"headers": [], "payload": {}})
    assert {bucket["SUCCEEDED"] for bucket in report(client, uuid).json["invocationStatistics"]} == {0}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["SUCCEEDED"], ["SUCCEEDED"]),
        (["TIMEOUT", "UNKOWN"], ["UNKOWN", "TIMEOUT"]),
        ([""], STATES),
        ([], STATES),
    ],
)
def test_states_are_those_asked_for_as_they_are_spelled(
    client: ContractClient, asked: list[str], told: list[str]
) -> None:
    buckets = report(client, client.create().json["uuid"], invocationStates=asked).json["invocationStatistics"]
    assert [key for key in buckets[0] if key not in ("from", "to")] == told


@pytest.mark.parametrize(("bucket", "seconds"), [(300, 3600), (3600, 7 * 86_400), (86_400, 30 * 86_400)])
def test_a_bucket_has_a_longest_span(client: ContractClient, bucket: int, seconds: int) -> None:
    uuid, end = client.create().json["uuid"], now_ms()
    start = end - seconds * 1000
    answer = report(client, uuid, bucketSize=bucket, startTimestamp=start, endTimestamp=end)
    assert answer.status == 200
    assert len(answer.json["invocationStatistics"]) in (seconds // bucket, seconds // bucket + 1)
    assert report(client, uuid, bucketSize=bucket, startTimestamp=start - 1, endTimestamp=end).status == 400


@pytest.mark.parametrize(
    "query",
    [
        {"bucketSize": 60},
        {"bucketSize": ""},
        {"bucketSize": "5m"},
        {"bucketSize": "99999999999999999999"},
        {"startTimestamp": ""},
        {"endTimestamp": "now"},
        {"startTimestamp": 2, "endTimestamp": 1},
        {"invocationStates": ["SUCCEEDED", "FAILED"]},
    ],
)
def test_a_malformed_query_is_refused(client: ContractClient, query: dict[str, Any]) -> None:
    assert report(client, client.create().json["uuid"], **query).status == 400


def test_an_unknown_function_is_not_found(client: ContractClient) -> None:
    assert report(client, "00000000-0000-4000-8000-000000000000").status == 404


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (None, "UNKNOWN"),
        (THREW_ERROR, "CODING_FAILURE"),
        (RUNTIME_ERROR, "CODING_FAILURE"),
        (LIMIT_REACHED, "CODING_FAILURE"),
        (EXECUTION_EXCEEDED, "TIMEOUT"),
        (GENERAL, "PLATFORM_FAILURE"),
    ],
)
def test_each_way_to_fail_has_a_state(error: FunctionErrorCode | None, state: str) -> None:
    assert state_of(error) == state
