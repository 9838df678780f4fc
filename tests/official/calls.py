"""One call of an official client: how it ended, what it showed, and what it asked of the emulator."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.emulator.conftest import ContractClient

UPDATE = "FAASCTL_UPDATE_OFFICIAL_CALLS"
"""Set it to write the recorded calls instead of comparing; then read the difference, and generate the docs."""
RECORDED = Path(__file__).with_name("recorded")

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, kw_only=True)
class Call:
    """`shown` is the part of the output that tells the result; `requests` are without repetitions, sorted."""

    what: str
    call: str
    status: int
    shown: str
    requests: list[str]


class Requests:
    """What reaches the emulator, from call to call."""

    def __init__(self, client: ContractClient) -> None:
        self._client = client
        self._seen: set[str] = set()
        self.since()

    def since(self) -> list[str]:
        """Those that came since the last time."""
        new = [one for one in self._client.operator("GET", "/requests").json if one["requestId"] not in self._seen]
        self._seen |= {one["requestId"] for one in new}
        shown = {_request(one) for one in new if not one["path"].startswith("/emulator/")}
        return sorted(shown)


def _request(one: dict[str, Any]) -> str:
    path = re.sub(r"/account/[^/]+", "/account/{account}", one["path"]).removeprefix("/api/account/{account}")
    return f"{one['method']} {UUID.sub('{uuid}', path)} {one['status']}"


def compared(name: str, calls: Iterable[Call]) -> tuple[list[Any], list[Any]]:
    """The calls as they are now, and as they are recorded."""
    now = [asdict(call) for call in calls]
    file = RECORDED / f"{name}.json"
    if os.environ.get(UPDATE):
        RECORDED.mkdir(exist_ok=True)
        file.write_text(json.dumps(now, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return now, json.loads(file.read_text("utf-8"))


CLI_HEADS = ("What", "Command", "Exit status", "Asked of the emulator", "Shown")
CLIENT_HEADS = ("Account", "Method", "What", "Asked of the emulator", "Result")
"""Of the tables in the documentation; their rows leave out what every call asks first."""
_ASKED_FIRST = ("GET /service/baseURI.json 200", "POST /refresh 200")


def cli_rows() -> list[tuple[object, ...]]:
    return [
        (call.what, f"`{call.call}`", call.status, _asked(call), _in_code(call.shown)) for call in _recorded("cli")
    ]


def client_rows() -> list[tuple[object, ...]]:
    return [
        (generation.upper(), call.call, call.what, _asked(call), _in_code(call.shown))
        for generation in ("v1", "v2")
        for call in _recorded(f"client-{generation}")
    ]


def _recorded(name: str) -> list[Call]:
    return [Call(**call) for call in json.loads((RECORDED / f"{name}.json").read_text("utf-8"))]


def _asked(call: Call) -> str:
    return "; ".join(_in_code(request) for request in call.requests if request not in _ASKED_FIRST)


def _in_code(text: str) -> str:
    return f"`{text}`" if text else ""
