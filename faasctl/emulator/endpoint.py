"""Where a running emulator is reached, and the file that tells other processes.

The file stands in the emulator's private folder and is there only while one runs in the background or foreground;
an emulator inside a verb's own process writes none.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from faasctl.emulator.processes import process_lives
from faasctl.files import write_atomic
from faasctl.redaction import redactor

FILE_NAME = "endpoint.json"
CA_FILE = "ca.pem"
_ANSWER_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """`url` is the base of every service, such as `http://127.0.0.1:8080`; `pid` and `instance` name the process.

    `tls_url` is the same over HTTPS, and `ca` the file of the authority that vouches for it, where it is served.
    `operator_token` is a bearer for every account of the emulator, with the user id `operator_id`. It holds as
    long as the state folder does, so that several processes can use it side by side.
    """

    url: str
    pid: int
    instance: str
    operator_token: str = field(repr=False)
    operator_id: str
    tls_url: str | None = None
    ca: str | None = None


def write_endpoint(folder: Path, endpoint: Endpoint) -> None:
    write_atomic(folder / FILE_NAME, json.dumps(asdict(endpoint)))


def remove_endpoint(folder: Path, instance: str) -> None:
    """Removes the file if it is still this instance's."""
    known = _parse(folder)
    if known is not None and known.instance == instance:
        (folder / FILE_NAME).unlink(missing_ok=True)


def read_endpoint(folder: Path) -> Endpoint | None:
    """The emulator that runs on `folder`; None when none does. A file that a killed one left behind is removed."""
    if not (folder / FILE_NAME).exists():
        return None
    endpoint = _parse(folder)
    if endpoint is None or not answers(endpoint):
        with contextlib.suppress(OSError):
            (folder / FILE_NAME).unlink()
        return None
    redactor.register(endpoint.operator_token)
    return endpoint


def answers(endpoint: Endpoint) -> bool:
    """Whether this very instance is alive and answers at its address."""
    return process_lives(endpoint.pid) and _health(endpoint.url).get("instance") == endpoint.instance


def _health(url: str) -> dict[str, Any]:
    """What the health path says; empty when nothing of ours answers there."""
    import http.client

    address = url.removeprefix("http://")
    try:
        connection = http.client.HTTPConnection(address, timeout=_ANSWER_SECONDS)
        try:
            connection.request("GET", "/emulator/health")
            data = json.loads(connection.getresponse().read(65_536))
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _parse(folder: Path) -> Endpoint | None:
    try:
        data = json.loads((folder / FILE_NAME).read_bytes())
        endpoint = Endpoint(**data)
    except (OSError, ValueError, TypeError):
        return None
    texts = (endpoint.url, endpoint.instance, endpoint.operator_token, endpoint.operator_id)
    sound = all(isinstance(text, str) for text in texts) and type(endpoint.pid) is int and endpoint.pid > 0
    sound = sound and all(isinstance(text, (str, type(None))) for text in (endpoint.tls_url, endpoint.ca))
    return endpoint if sound and endpoint.url.startswith("http://127.0.0.1:") else None
