"""A server on a real socket that answers as it is told, faults included, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from faasctl.deadline import Deadline
from faasctl.liveperson.connect import connect
from faasctl.liveperson.credentials import SessionToken
from faasctl.liveperson.network import Network
from faasctl.redaction import redactor
from tests.liveperson.certificates import write_certificate

ACCOUNT = "12345678"
BEARER = "the-bearer-of-jane"
HOSTS = {
    "faasUI": "functions.example.net",
    "faasGW": "fninvocations.example.net",
    "agentVep": "va.agentvep.example.net",
    "sentinel": "va.sentinel.example.net",
}

Act = Callable[["_Handler"], None]


@dataclass(frozen=True, kw_only=True)
class Received:
    """A request as it arrived; header names are lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    port: int

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Script:
    """What happens to one method and path: each step once, the last one for ever.

    `dripped_out` tells that a dripping answer was sent to its end.
    """

    steps: list[Act] = field(default_factory=list)
    dripped_out: bool = False

    def answers(self, status: int, body: Any = None, headers: dict[str, str] | None = None) -> Script:
        """Answers; `body` is bytes as they are, or JSON."""
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()

        def act(handler: _Handler) -> None:
            handler.send_response(status)
            for name, value in (headers or {}).items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)

        return self.does(act)

    def resets(self) -> Script:
        """Takes the request, and answers with a TCP reset."""

        def act(handler: _Handler) -> None:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.close_connection = True

        return self.does(act)

    def drips(self, at_once: bytes, slowly: bytes, *, every: float) -> Script:
        """Sends raw bytes, status line and headers included; `slowly` one by one, `every` so many seconds."""

        def act(handler: _Handler) -> None:
            handler.close_connection = True
            with contextlib.suppress(OSError):
                handler.connection.sendall(at_once)
                for byte in slowly:
                    handler.connection.sendall(bytes([byte]))
                    time.sleep(every)
                self.dripped_out = True

        return self.does(act)

    def sends(self, raw: bytes) -> Script:
        """Sends `raw` (status line and headers included) and closes."""

        def act(handler: _Handler) -> None:
            handler.wfile.write(raw)
            handler.close_connection = True

        return self.does(act)

    def does(self, act: Act) -> Script:
        self.steps.append(act)
        return self


class Server:
    """`on(method, path)` tells what to answer; `received` is all that was asked."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self._scripts: dict[tuple[str, str], Script] = {}
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._http.daemon_threads = True
        self._http.server_on_duty = self  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def speak_tls(self, certificate: Path) -> None:
        """From now on over TLS, with the certificate and key in the file."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True, do_handshake_on_connect=False)
        self.url = self.url.replace("http:", "https:")

    def on(self, method: str, path: str) -> Script:
        return self._scripts.setdefault((method, path), Script())

    def count(self, method: str, path: str = "") -> int:
        """How often `method` was asked of paths that end in `path`."""
        return len(self.asked(method, path))

    def asked(self, method: str, path: str = "") -> list[Received]:
        return [entry for entry in self.received if entry.method == method and entry.path.endswith(path)]

    def next_act(self, received: Received) -> Act:
        self.received.append(received)
        script = self._scripts.get((received.method, received.path))
        if script is None or not script.steps:
            return Script().answers(418, {"code": "test.unexpected", "message": received.path}).steps[0]
        return script.steps.pop(0) if len(script.steps) > 1 else script.steps[0]

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def handle_one_request(self) -> None:
        with contextlib.suppress(OSError):
            super().handle_one_request()

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        parts = urlsplit(self.path)
        received = Received(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
            port=self.client_address[1],
        )
        self.server.server_on_duty.next_act(received)(self)  # type: ignore[attr-defined]
        with contextlib.suppress(OSError, ValueError):
            self.wfile.flush()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a certificate that vouches for itself, and its key."""
    return write_certificate(tmp_path_factory.mktemp("tls") / "server.pem")


@pytest.fixture(autouse=True)
def secrets_of_one_test() -> Iterator[None]:
    """Forgets afterwards what a test registered, so that no test masks another one's words."""
    known = set(redactor._secrets)
    yield
    redactor._secrets.clear()
    redactor._secrets.update(known)


@pytest.fixture
def server() -> Iterator[Server]:
    """Knows the account's domains already."""
    running = Server()
    running.on("GET", f"/api/account/{ACCOUNT}/service/baseURI.json").answers(
        200,
        {"baseURIs": [{"service": name, "account": ACCOUNT, "baseURI": host} for name, host in HOSTS.items()]},
    )
    yield running
    running.close()


@pytest.fixture
def deadline() -> Deadline:
    """Does not really sleep between repeats, but counts real time."""
    return Deadline(20, sleep=lambda _: None)


@pytest.fixture
def session() -> SessionToken:
    return SessionToken(bearer=BEARER, user_id="77")


@pytest.fixture
def platform(server: Server, session: SessionToken, deadline: Deadline) -> Iterator[Any]:
    """A Platform in the account that `server` plays."""
    made = connect(ACCOUNT, session, network=Network(reach_at=server.url), deadline=deadline)
    server.received.clear()
    yield made
    made.close()
