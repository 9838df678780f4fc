"""The log export (functions-api §8), of invocations in real Node."""

from __future__ import annotations

import csv
import io
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.emulator.logs.state import csv_line
from faasctl.emulator.server import Emulator

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulator.conftest import Answer, ContractClient, OpenClient

TALKATIVE = r"""async function lambda(input) {
  console.debug("never kept");
  console.info("hello; world");
  console.warn("careful", { id: "1" });
  if (input.payload === "fail") throw new Error("boom");
  console.error('a "quoted"\nline', 1, null);
  return input.payload;
}
"""
MANY = "async function lambda() { for (let i = 0; i < 10; i += 1) console.info(`line ${i}`); }"
HEADER = "lambdaUUID;requestID;timestamp;level;message;extras"
DAY_MS = 86_400_000


def now_ms() -> int:
    return int(time.time() * 1000)


def export(client: ContractClient, uuid: str, **query: Any) -> Answer:
    """The export of the last minute, unless `query` says otherwise."""
    given = {"userId": 1, "startTimestamp": now_ms() - 60_000, "endTimestamp": now_ms() + 1000, **query}
    return client.call("GET", f"/functions/{uuid}/logs/export?{urlencode(given, doseq=True)}")


def entries(client: ContractClient, uuid: str, **query: Any) -> list[dict[str, str]]:
    answer = export(client, uuid, **query)
    assert answer.status == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline=""), delimiter=";"))


def test_an_export_has_the_platforms_form_to_the_letter(client: ContractClient) -> None:
    uuid = client.deployed(code=TALKATIVE)
    before = now_ms()
    assert client.invoke(uuid, "x", headers={"X-Request-ID": "request-1"}).status == 200
    answer = export(client, uuid)
    assert answer.headers["content-type"].startswith("text/csv")
    moments = [int(entry["timestamp"]) for entry in entries(client, uuid)]
    assert all(before - 1 <= moment <= now_ms() + 1 for moment in moments)
    lead = f"{uuid};request-1"
    assert answer.text == (
        f"{HEADER}\n"
        f'{lead};{moments[0]};Info;"hello; world";[]\n'
        f'{lead};{moments[1]};Warn;careful;"[{{""id"":""1""}}]"\n'
        f'{lead};{moments[2]};Error;"a ""quoted""\nline";"[1,null]"\n'.replace('"[1,null]"', "[1,null]")
    )


def test_without_entries_an_export_is_its_header(client: ContractClient) -> None:
    assert export(client, client.deployed()).text == f"{HEADER}\n"


def test_what_was_logged_before_a_failure_is_kept(client: ContractClient) -> None:
    uuid = client.deployed(code=TALKATIVE)
    assert client.invoke(uuid, "fail").status == 901
    assert [entry["level"] for entry in entries(client, uuid)][:2] == ["Info", "Warn"]


def test_test_invocations_keep_no_log(client: ContractClient) -> None:
    uuid = client.deployed(code=TALKATIVE)
    assert client.call("POST", f"/functions/{uuid}/test", {"headers": [], "payload": {}}).status == 200
    assert entries(client, uuid) == []


def test_an_invocation_by_event_is_logged_for_each_function_under_one_request(client: ContractClient) -> None:
    uuids = [client.deployed(name, TALKATIVE) for name in ("First", "Second")]
    body: dict[str, Any] = {"headers": [], "payload": {}}
    path = "/events/bot_connectors_custom_integration/invoke"
    assert client.call("POST", path, body, headers={"X-Request-ID": "event-1"}).status == 200
    for uuid in uuids:
        assert {entry["requestID"] for entry in entries(client, uuid)} == {"event-1"}


@pytest.mark.parametrize(
    ("levels", "kept"),
    [
        (["Info"], ["Info"]),
        (["Warn", "Error"], ["Warn", "Error"]),
        ([""], ["Info", "Warn", "Error"]),
        ([], ["Info", "Warn", "Error"]),
    ],
)
def test_levels_filter(client: ContractClient, levels: list[str], kept: list[str]) -> None:
    uuid = client.deployed(code=TALKATIVE)
    client.invoke(uuid)
    assert [entry["level"] for entry in entries(client, uuid, filterLevels=levels)] == kept


def test_the_span_counts_both_its_ends(client: ContractClient) -> None:
    uuid = client.deployed(code="async function lambda() { console.info('once'); }")
    client.invoke(uuid)
    moment = int(entries(client, uuid)[0]["timestamp"])
    assert len(entries(client, uuid, startTimestamp=moment, endTimestamp=moment)) == 1
    assert entries(client, uuid, startTimestamp=moment + 1) == []
    assert entries(client, uuid, endTimestamp=moment - 1) == []


def test_without_an_end_an_export_goes_up_to_now(client: ContractClient) -> None:
    uuid = client.deployed(code=TALKATIVE)
    client.invoke(uuid)
    answer = client.call("GET", f"/functions/{uuid}/logs/export?startTimestamp={now_ms() - 60_000}&endTimestamp=")
    assert len(answer.text.splitlines()) > 3


def test_500_entries_are_exported_and_no_more_the_oldest_first(client: ContractClient) -> None:
    uuid = client.deployed(code=MANY)
    for _ in range(50):
        client.invoke(uuid)
    assert len(entries(client, uuid)) == 500
    client.invoke(uuid, headers={"X-Request-ID": "the last"})
    found = entries(client, uuid)
    assert len(found) == 500
    assert "the last" not in {entry["requestID"] for entry in found}
    assert [entry["message"] for entry in found[:10]] == [f"line {number}" for number in range(10)]


@pytest.mark.parametrize(
    "query",
    [
        {"startTimestamp": ""},
        {"startTimestamp": "yesterday"},
        {"startTimestamp": "-5"},
        {"startTimestamp": "\u0662"},
        {"endTimestamp": "1e9"},
        {"startTimestamp": 2000, "endTimestamp": 1000},
        {"filterLevels": "Debug"},
        {"filterLevels": ["Info", "info"]},
    ],
)
def test_a_malformed_query_is_refused(client: ContractClient, query: dict[str, Any]) -> None:
    assert export(client, client.create().json["uuid"], **query).status == 400


def test_an_export_spans_seven_days_at_most(client: ContractClient) -> None:
    uuid, end = client.create().json["uuid"], now_ms()
    assert export(client, uuid, startTimestamp=end - 7 * DAY_MS, endTimestamp=end).status == 200
    assert export(client, uuid, startTimestamp=end - 7 * DAY_MS - 1, endTimestamp=end).status == 400


def test_an_unknown_function_is_not_found(client: ContractClient) -> None:
    assert export(client, "00000000-0000-4000-8000-000000000000").status == 404


def test_another_accounts_log_is_not_found(endpoint: Any, client: ContractClient, open_client: OpenClient) -> None:
    uuid = client.deployed()
    assert export(open_client(endpoint), uuid).status == 404


def test_reading_logs_needs_a_role_that_may(client: ContractClient) -> None:
    uuid = client.create().json["uuid"]
    user = client.of_account("PUT", "/users/caller@example.com", {"roles": ["FaaS-Invocation"]}).json
    client.bearer = client.login(user).json["bearer"]
    assert export(client, uuid).status == 403


def test_v1_names_the_function_in_the_query(endpoint: Any, open_client: OpenClient) -> None:
    client = open_client(endpoint, platform="v1")
    client.bearer = endpoint.operator_token
    made = client.call("POST", "/lambdas?userId=1&v=1", _lambda("Old"))
    assert made.status == 201, made.text
    uuid = made.json["uuid"]
    query = {"userId": 1, "v": 1, "startTimestamp": now_ms() - 1000, "endTimestamp": now_ms()}
    answer = client.call("GET", f"/logs/export?{urlencode({**query, 'lambdaUUID': uuid})}")
    assert (answer.status, answer.text) == (200, f"{HEADER}\n")
    assert client.call("GET", f"/logs/export?{urlencode(query)}").status == 400


def _lambda(name: str) -> dict[str, Any]:
    return {
        "uuid": "",
        "version": -1,
        "name": name,
        "description": "d",
        "state": "Draft",
        "implementation": {
            "code": "function lambda(input, callback) { callback(null, 'hi'); }",
            "dependencies": [],
            "environmentVariables": [],
        },
    }


def test_any_text_is_kept_and_comes_back(client: ContractClient) -> None:
    code = r"async function lambda() { console.info('\ud800 ü \u0000 end', '\udfff'); }"
    uuid = client.deployed(code=code)
    client.invoke(uuid)
    _, line = export(client, uuid).text.split("\n", 1)
    assert "ü \0 end" in line


def test_logs_and_counts_outlive_a_clean_stop(folder: Path, open_client: OpenClient) -> None:
    with Emulator(folder) as emulator:
        client = open_client(emulator.endpoint)
        account, uuid = client.account, client.deployed(code=TALKATIVE)
        client.invoke(uuid)
    with Emulator(folder) as emulator:
        client = open_client(emulator.endpoint, account)
        assert [entry["level"] for entry in entries(client, uuid)] == ["Info", "Warn", "Error"]
        counts = client.call("GET", "/reports/invocationCounts").json
    assert counts == [{"successfulInvocations": 1, "failedInvocations": 0}]


def test_a_deleted_functions_log_is_gone(client: ContractClient) -> None:
    uuid = client.deployed(code=TALKATIVE)
    client.invoke(uuid)
    client.call("DELETE", f"/deployments/{uuid}")
    client.wait_for_state(uuid, "Draft")
    assert client.call("DELETE", f"/functions/{uuid}").status == 204
    assert export(client, uuid).status == 404


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), min_size=1)
)
def test_any_line_reads_back_as_it_was(values: list[str]) -> None:
    assert list(csv.reader(io.StringIO(csv_line(values), newline=""), delimiter=";")) == [values]
