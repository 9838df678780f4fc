"""Broken answers on a real connection: half of one, a hang-up, a TCP reset."""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

TRANSPORT = "faasctl.transport"
"""The scope's key for the connection's asyncio transport."""
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_JSON = (b"content-type", b"application/json")
_ON_ITS_WAY_SECONDS = 0.01
"""A reset overtakes bytes that have not left yet."""


async def read_all(receive: Receive) -> None:
    """Takes the request's body, as a platform does before it answers."""
    while (message := await receive())["type"] == "http.request" and message.get("more_body"):
        pass


async def send_half(send: Send, body: bytes) -> None:
    """A success whose header announces all of `body`, and one half of it."""
    headers = [_JSON, (b"content-length", str(len(body) + 1).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body[: (len(body) + 1) // 2], "more_body": True})
    await asyncio.sleep(_ON_ITS_WAY_SECONDS)


async def send_page(send: Send, status: int, page: bytes) -> None:
    """A page for people, as a proxy answers."""
    headers = [(b"content-type", b"text/html"), (b"content-length", str(len(page)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page})


async def reset(scope: Scope, receive: Receive) -> None:
    """Ends the connection with a TCP reset."""
    connection = scope[TRANSPORT].get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    scope[TRANSPORT].abort()
    await _until_gone(receive)


async def hang_up(scope: Scope, receive: Receive) -> None:
    """Ends the connection in good order, though the answer is not complete."""
    scope[TRANSPORT].close()
    await _until_gone(receive)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
