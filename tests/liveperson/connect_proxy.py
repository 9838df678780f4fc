"""A proxy on a real socket: tunnels, asks for a password, refuses, and remembers whom it was asked for."""

from __future__ import annotations

import base64
import contextlib
import socket
import threading
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any


class ConnectProxy:
    """Tunnels every CONNECT to `to` (host and port), whatever was asked for: a test has one server for all hosts.

    `login` (`user:password`) is asked for where it is given; `refuses` is a status line to answer with instead.
    """

    def __init__(self, to: tuple[str, int], *, login: str | None = None, refuses: str | None = None) -> None:
        self.asked: list[str] = []
        self.to = to
        self.login = login
        self.refuses = refuses
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy = self
        self.address = f"127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    def answer_to(self, headers: dict[str, str]) -> str:
        if self.login is not None:
            expected = f"Basic {base64.b64encode(self.login.encode()).decode()}"
            if headers.get("proxy-authorization") != expected:
                return "407 Proxy Authentication Required"
        return self.refuses or "200 Connection established"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    proxy: ConnectProxy


class _Handler(StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        method, target, *_ = self.rfile.readline().decode().split()
        headers: dict[str, str] = {}
        while (line := self.rfile.readline().decode().strip()) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        proxy = self.server.proxy
        proxy.asked.append(f"{method} {target}")
        answer = proxy.answer_to(headers)
        self.wfile.write(f"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n".encode())
        if answer.startswith("200"):
            with socket.create_connection(proxy.to, timeout=30) as there:
                back = threading.Thread(target=_pump, args=(there, self.connection), daemon=True)
                back.start()
                _pump(self.connection, there)
                back.join(30)

    def finish(self) -> None:
        with contextlib.suppress(OSError):
            super().finish()


def _pump(source: Any, sink: Any) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            sink.sendall(data)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
