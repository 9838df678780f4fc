"""A debugger, as far as the tests need one: Node's inspector protocol over a WebSocket (RFC 6455)."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import socket
import struct
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

_SECONDS = 60


class DebuggerClient:
    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._socket = socket.create_connection((parts.hostname, parts.port), timeout=_SECONDS)
        self._stream = self._socket.makefile("rb")
        self._numbers = 0
        self._events: list[dict[str, Any]] = []
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall(
            f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        assert b" 101 " in self._stream.readline()
        while self._stream.readline().strip():
            pass

    def __enter__(self) -> DebuggerClient:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._stream.close()
        self._socket.close()

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The result of a command; events that come meanwhile are kept for `wait`."""
        self._numbers += 1
        self._send(json.dumps({"id": self._numbers, "method": method, "params": parameters}).encode())
        while True:
            message = self._receive()
            if message.get("id") == self._numbers:
                assert "error" not in message, message
                result: dict[str, Any] = message["result"]
                return result
            self._events.append(message)

    def resume_to_the_end(self) -> None:
        """Lets it go on for the last time: the process may have ended before it answers."""
        with contextlib.suppress(ConnectionError):
            self.call("Debugger.resume")

    def wait(self, event: str) -> dict[str, Any]:
        """The parameters of the next event of this name."""
        while True:
            for index, message in enumerate(self._events):
                if message["method"] == event:
                    parameters: dict[str, Any] = self._events.pop(index)["params"]
                    return parameters
            self._events.append(self._receive())

    def script(self, identity: str) -> dict[str, Any]:
        """What was told of a script when it was parsed."""
        told = (message["params"] for message in self._events if message["method"] == "Debugger.scriptParsed")
        return next(script for script in told if script["scriptId"] == identity)

    def value_of(self, expression: str, frame: str) -> Any:
        answer = self.call(
            "Debugger.evaluateOnCallFrame", callFrameId=frame, expression=expression, returnByValue=True
        )
        return answer["result"].get("value")

    def _send(self, content: bytes) -> None:
        mask = os.urandom(4)
        length = len(content)
        head = struct.pack("!BB", 0x81, 0x80 | length) if length < 126 else struct.pack("!BBH", 0x81, 0xFE, length)
        masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(content))
        self._socket.sendall(head + mask + masked)

    def _receive(self) -> dict[str, Any]:
        text = b""
        while True:
            head = self._stream.read(2)
            if len(head) < 2:
                raise ConnectionError("the process has ended")
            first, second = head
            length = second & 0x7F
            if length == 126:
                length = struct.unpack("!H", self._stream.read(2))[0]
            elif length == 127:
                length = struct.unpack("!Q", self._stream.read(8))[0]
            text += self._stream.read(length)
            if first & 0x80:
                message: dict[str, Any] = json.loads(text)
                return message
