"""Many clients at once, on two emulators that share a folder: no broken answer, no lost write."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from faasctl.emulator.server import Emulator

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulator.conftest import ContractClient, OpenClient

CLIENTS = 8
ROUNDS = 12


def _work(client: ContractClient, number: int) -> list[int]:
    """Mixed calls; the statuses that came."""
    statuses = []
    for round_ in range(ROUNDS):
        made = client.create(f"F{number}_{round_}", None)
        uuid = made.json["uuid"]
        answers = [
            made,
            client.push(uuid, f"async function lambda() {{ return {round_}; }}"),
            client.call("GET", f"/functions/{uuid}"),
            client.call("PUT", f"/functions/{uuid}", {"description": f"round {round_}"}),
            client.call("GET", "/functions"),
            client.call("GET", "/deployments"),
            client.call("GET", "/functions/count"),
        ]
        if round_ % 2:
            answers.append(client.call("DELETE", f"/functions/{uuid}"))
        statuses += [answer.status for answer in answers]
    return statuses


def test_mixed_calls_of_eight_clients_all_succeed(folder: Path, open_client: OpenClient) -> None:
    with Emulator(folder) as first, Emulator(folder) as second:
        account = open_client(first.endpoint).account
        clients = [
            open_client((first, second)[number % 2].endpoint, account if number < 4 else None)
            for number in range(CLIENTS)
        ]
        with ThreadPoolExecutor(CLIENTS) as pool:
            statuses = list(pool.map(_work, clients, range(CLIENTS)))
        assert {status for of_client in statuses for status in of_client} == {200, 201, 202, 204}
        counts = [client.call("GET", "/functions/count").json for client in clients]
    assert counts == [4 * ROUNDS // 2] * 4 + [ROUNDS // 2] * 4


def test_invocations_of_many_clients_all_answer(folder: Path, open_client: OpenClient) -> None:
    with Emulator(folder) as emulator:
        owner = open_client(emulator.endpoint)
        uuids = [owner.deployed(f"F{number}") for number in range(2)]
        clients = [open_client(emulator.endpoint, owner.account) for _ in range(CLIENTS)]

        def invoke(number: int) -> list[object]:
            return [clients[number].invoke(uuids[number % 2], [number, round_]).json for round_ in range(ROUNDS)]

        with ThreadPoolExecutor(CLIENTS) as pool:
            results = list(pool.map(invoke, range(CLIENTS)))
        expected = [[{"payload": [number, round_]} for round_ in range(ROUNDS)] for number in range(CLIENTS)]
        assert results == expected
        counts = owner.call("GET", "/reports/invocationCounts").json
    assert sum(count["successfulInvocations"] for count in counts) == CLIENTS * ROUNDS
