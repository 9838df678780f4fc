"""A web service that tells what it was asked."""

from __future__ import annotations

import gzip
import json
import time
from http.server import BaseHTTPRequestHandler

_TOLD = ("authorization", "content-type", "x-own")
_OF_THE_FUNCTION = ("lp-url", "user-agent")


class Stub(BaseHTTPRequestHandler):
    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        path, _, query = self.path.partition("?")
        status, content, headers = 200, b"a text", {}
        if path == "/json":
            content = json.dumps({"ok": [1, "ü"]}).encode()
        elif path == "/zipped":
            content, headers = gzip.compress(b"a text"), {"content-encoding": "gzip"}
        elif path.startswith("/status/"):
            status, content = int(path.removeprefix("/status/")), json.dumps({"sorry": path}).encode()
        elif path.startswith("/redirect/"):
            status, headers = int(path.removeprefix("/redirect/")), {"location": query or "/echo"}
        elif path in ("/echo", "/function"):
            names = _TOLD if path == "/echo" else _OF_THE_FUNCTION
            told = {name: self.headers[name] for name in names if name in self.headers}
            content = json.dumps(
                {"method": self.command, "path": self.path, "headers": told, "body": body}
            ).encode()
        elif path == "/loop":
            status, headers = 302, {"location": "/loop"}
        elif path == "/slow":
            time.sleep(1)
        self.send_response(status)
        for name, value in {**headers, "content-length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_HEAD = _answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Says nothing."""
