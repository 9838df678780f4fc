"""The emulator's management API under load: clients at once, mixed calls, each of an account of its own or shared.

Run it as `python -m benchmarks.management`. With --check it ends with status 1 when an answer was a 5xx.
"""

from __future__ import annotations

import http.client
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from benchmarks.definition import CODE, write_definition
from benchmarks.emulator import running_emulator
from benchmarks.measure import Table, run_benchmark

if TYPE_CHECKING:
    from faasctl.emulator.endpoint import Endpoint

CLIENTS = 8
PER_FUNCTION = 8


class Client:
    """One connection, and what was answered on it."""

    def __init__(self, endpoint: Endpoint, account: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(endpoint.url).netloc)
        self._headers = {
            "Authorization": f"Bearer {endpoint.operator_token}",
            "Content-Type": "application/json",
        }
        self._base = f"/api/account/{account}"
        self.statuses: Counter[int] = Counter()
        self.spans: list[float] = []
        self.send("PUT", f"/emulator/accounts/{account}", {})
        self.statuses.clear()
        self.spans.clear()

    def send(self, method: str, path: str, body: Any = None) -> Any:
        started = time.perf_counter()
        content = None if body is None else json.dumps(body)
        self._connection.request(method, path, content, self._headers)
        response = self._connection.getresponse()
        text = response.read()
        self.spans.append((time.perf_counter() - started) * 1000)
        self.statuses[response.status] += 1
        return json.loads(text) if text else None

    def work(self, calls: int, number: int) -> None:
        """Creates, changes, reads and deletes functions, `calls` calls in all."""
        for turn in range(-(-calls // PER_FUNCTION)):
            made = self.send("POST", f"{self._base}/functions", {"name": f"F{number}_{turn}", "description": "-"})
            path = f"{self._base}/functions/{made['uuid']}"
            self.send("PUT", f"{path}/manifest", {"version": -1, "code": CODE})
            self.send("GET", path)
            self.send("PUT", path, {"description": f"turn {turn}"})
            self.send("GET", f"{self._base}/functions")
            self.send("GET", f"{self._base}/deployments")
            self.send("GET", f"{self._base}/functions/count")
            self.send("DELETE", path)

    def close(self) -> None:
        self._connection.close()


def measure(table: Table, calls: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_definition(folder)
        with running_emulator(folder) as endpoint:
            clients = [Client(endpoint, f"account-{number % (CLIENTS // 2)}") for number in range(CLIENTS)]
            started = time.perf_counter()
            with ThreadPoolExecutor(CLIENTS) as pool:
                list(pool.map(lambda one: one[1].work(calls // CLIENTS, one[0]), enumerate(clients)))
            seconds = time.perf_counter() - started
            for client in clients:
                client.close()
    statuses = sum((client.statuses for client in clients), Counter())
    spans = [span for client in clients for span in client.spans]
    table.title(f"{CLIENTS} clients, two on each account, {sum(statuses.values())} calls")
    table.plain("calls", sum(statuses.values()) / seconds, "calls/s")
    table.plain("one call, the median", statistics.median(spans), "ms")
    table.plain("one call, the slowest", max(spans), "ms")
    table.count("answers 5xx", sum(count for status, count in statuses.items() if status >= 500), bound=0)
    table.count(
        "other answers than 2xx", sum(count for status, count in statuses.items() if status >= 300), bound=0
    )


if __name__ == "__main__":
    sys.exit(run_benchmark("The management API", measure, rounds=1000))
