"""Log exports and invocation reports as the client asks for them and reads them (functions-api §8)."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.errors import NotFound, UnreadableAnswer
from faasctl.liveperson.exchange import Answer
from faasctl.liveperson.kept_logs import parse_export
from faasctl.log_entry import LogEntry

if TYPE_CHECKING:
    from faasctl.liveperson.platform import Platform
    from tests.liveperson.conftest import Server

UUID = "9db52a6a-1111-4222-8333-444444444444"
BASE = "/api/account/12345678"
EXPORT = f"{BASE}/functions/{UUID}/logs/export"
REPORT = f"{BASE}/reports/invocations/{UUID}"
HEADER = "lambdaUUID;requestID;timestamp;level;message;extras"
STATES = ("UNKNOWN", "SUCCEEDED", "CODING_FAILURE", "PLATFORM_FAILURE", "TIMEOUT")


def answer(text: str) -> Answer:
    return Answer(status=200, server="h", request_id="r", headers={}, body=text.encode("utf-8", "surrogatepass"))


def test_an_export_is_asked_for_as_the_official_client_does(server: Server, platform: Platform) -> None:
    lines = [HEADER, f"{UUID};r-1;1626330360217;Info;hello;[]", f'{UUID};r-1;1626330360218;Warn;w;"[{{""a"":1}}]"']
    server.on("GET", EXPORT).answers(200, "\n".join(lines).encode(), {"Content-Type": "text/csv"})
    found = platform.kept_logs(UUID, start=1000, end=2000, levels=("Info", "Warn"))
    (asked,) = server.asked("GET", "export")
    assert asked.query == {
        "userId": "77",
        "startTimestamp": "1000",
        "endTimestamp": "2000",
        "filterLevels": "Warn",
    }
    assert asked.headers["accept"].startswith("text/csv")
    assert [kept.request_id for kept in found] == ["r-1", "r-1"]
    assert [kept.entry for kept in found] == [
        LogEntry(level="Info", message="hello", extras=(), timestamp=1626330360217),
        LogEntry(level="Warn", message="w", extras=({"a": 1},), timestamp=1626330360218),
    ]


def test_an_unknown_function_is_not_found(server: Server, platform: Platform) -> None:
    server.on("GET", EXPORT).answers(404, {"code": "com.liveperson.faas.function.not-found", "message": "no"})
    with pytest.raises(NotFound, match="reading the logs of function"):
        platform.kept_logs(UUID, start=1, end=2)


def test_a_report_is_asked_for_as_the_official_client_does(server: Server, platform: Platform) -> None:
    bucket = {"from": 1656420000000, "to": 1656420300000, "SUCCEEDED": 15, "TIMEOUT": 1}
    server.on("GET", REPORT).answers(200, {"name": "x", "uuid": UUID, "invocationStatistics": [bucket]})
    (found,) = platform.invocation_report(UUID, start=1, end=2, bucket=300)
    (asked,) = server.asked("GET", UUID)
    assert (asked.query["bucketSize"], asked.query["startTimestamp"], asked.query["endTimestamp"]) == (
        "300",
        "1",
        "2",
    )
    assert asked.query["invocationStates"] == "TIMEOUT"  # the last of five
    assert (found.start, found.end) == (1656420000000, 1656420300000)
    assert dict(found.counts) == {**dict.fromkeys(STATES, 0), "SUCCEEDED": 15, "TIMEOUT": 1}


def test_a_report_of_one_bucket_may_come_without_its_list(server: Server, platform: Platform) -> None:
    bucket = {"from": 1, "to": 2, "SUCCEEDED": 3}
    server.on("GET", REPORT).answers(200, {"invocationStatistics": bucket})
    (found,) = platform.invocation_report(UUID, start=1, end=2, bucket=300)
    assert found.counts["SUCCEEDED"] == 3


@pytest.mark.parametrize(
    ("moment", "milliseconds"),
    [
        ("1626330360217", 1626330360217),
        ("Thu, 15 Jul 2021 06:26:00 GMT", 1626330360000),
        ("Thu, 15 Jul 2021 08:26:00 +0200", 1626330360000),
        ("2021-07-15T06:26:00.217Z", 1626330360217),
        ("2021-07-15T08:26:00+02:00", 1626330360000),
    ],
)
def test_times_come_in_three_forms(moment: str, milliseconds: int) -> None:
    (kept,) = parse_export(answer(f"{HEADER}\nf;r;{moment};Info;m;[]\n"), "reading")
    assert kept.entry.timestamp == milliseconds


def test_a_byte_order_mark_before_the_header_is_none_of_it() -> None:
    assert len(parse_export(answer(f"\ufeff{HEADER}\nf;r;5;Info;m;[]\n"), "reading")) == 1


def test_columns_are_found_by_their_names() -> None:
    text = "level;extras;new;timestamp;lambdaUUID;requestID;message\nInfo;[];x;5;f;r;m\n"
    (kept,) = parse_export(answer(text), "reading")
    assert (kept.request_id, kept.entry) == ("r", LogEntry(level="Info", message="m", timestamp=5))


@pytest.mark.parametrize(
    ("text", "extras"), [("", ()), ("[1]", (1,)), ('{"a": 1}', ({"a": 1},)), ("[cut", ("[cut",))]
)
def test_extras_never_break_a_log(text: str, extras: tuple[Any, ...]) -> None:
    cell = text.replace('"', '""')
    (kept,) = parse_export(answer(f'{HEADER}\nf;r;5;Info;m;"{cell}"\n'), "reading")
    assert kept.entry.extras == extras


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html>sign in</html>",
        "timestamp,level,message",
        f"{HEADER}\nf;r;yesterday;Info;m;[]",
        f"{HEADER}\nf;r;{'9' * 5000};Info;m;[]",
        f"{HEADER}\nf;r;5;Info",
        f"{HEADER}\nf;r;5;Info;" + "m" * 200_000 + ";[]",
    ],
)
def test_what_is_no_export_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableAnswer):
        parse_export(answer(text), "reading")


def test_a_null_character_is_shown_as_unreadable_and_breaks_nothing() -> None:
    (kept,) = parse_export(answer(f"{HEADER}\nf;r;5;Info;a\0b;[]"), "reading")
    assert kept.entry.message == "a\N{REPLACEMENT CHARACTER}b"


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
JSON = st.recursive(st.none() | st.booleans() | st.integers() | TEXT, lambda inner: st.lists(inner, max_size=3))


@given(
    st.lists(
        st.tuples(st.integers(0, 10**14), st.sampled_from(["Info", "Warn"]), TEXT, st.lists(JSON, max_size=3))
    )
)
def test_whatever_was_logged_is_read_as_it_was(lines: list[tuple[int, str, str, list[Any]]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(HEADER.split(";"))
    for moment, level, message, extras in lines:
        writer.writerow(["f", "r", moment, level, message, json.dumps(extras)])
    found = parse_export(answer(text.getvalue()), "reading")
    assert [kept.entry for kept in found] == [
        LogEntry(level=level, message=message, extras=tuple(extras), timestamp=moment)
        for moment, level, message, extras in sorted(lines, key=lambda line: line[0])
    ]
