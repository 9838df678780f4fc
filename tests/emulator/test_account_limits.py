"""Limits of an account that no other test stands at, on the limit and one past it (functions-api §5.1, §15)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from faasctl.emulator.functions.state import Functions
from faasctl.emulator.invocation.recording import Recorder
from faasctl.emulator.logs.state import Logs
from faasctl.emulator.sealing import Seal
from faasctl.emulator.store import Store
from faasctl.emulator.time_span import Span
from faasctl.facts import events

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulator.conftest import ContractClient

DAY_MS = 86_400_000


@pytest.mark.parametrize(
    "event", [event for event in events.CATALOGUE if not event.supports_skills], ids=lambda event: event.event_id
)
def test_an_event_takes_its_number_of_functions(client: ContractClient, event: events.Event) -> None:
    made = [client.create(f"F{number}", event.event_id) for number in range(event.function_limit + 1)]
    assert [answer.status for answer in made] == [201] * event.function_limit + [400]
    assert client.call("DELETE", f"/functions/{made[0].json['uuid']}").status == 204
    assert client.create("Again", event.event_id).status == 201


def test_a_deployment_that_ended_makes_room_for_another(client: ContractClient) -> None:
    client.of_account("PUT", "", {"deployDelay": 1})
    uuids = [client.pushed(f"F{number}", event=None) for number in range(4)]
    started = [client.call("POST", f"/deployments/{uuid}").status for uuid in uuids]
    assert started == [202] * 3 + [409]
    for uuid in uuids[:3]:
        client.wait_for_state(uuid, "Productive", 60)
    assert client.call("POST", f"/deployments/{uuids[3]}").status == 202


def test_logs_older_than_thirty_days_are_not_exported(folder: Path) -> None:
    store = Store(folder)
    now_ms = int(time.time() * 1000)
    store.execute(
        "INSERT INTO functions (uuid, account, name, description, state, skills, size, manifest_id, created_at,"
        " created_by, updated_at, updated_by)"
        " VALUES ('f', 'demo', 'Echo', '', 'Draft', '[]', 'S', 'm', 0, 'x', 0, 'x')"
    )
    for moment in (now_ms - 30 * DAY_MS, now_ms - 30 * DAY_MS - 1):
        store.execute("INSERT INTO logs VALUES (NULL, 'f', 'r', ?, 'Info', 'm', '[]')", moment)
    logs = Logs(store, Functions(store, Seal({})), Recorder(store), clock=lambda: now_ms / 1000)
    span = Span(start=now_ms - 31 * DAY_MS, end=now_ms - 29 * DAY_MS)
    lines = logs.export("demo", "f", span, ()).splitlines()
    store.close()
    assert lines[1:] == [f"f;r;{now_ms - 30 * DAY_MS};Info;m;[]"]
