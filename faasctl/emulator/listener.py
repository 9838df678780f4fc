"""uvicorn's HTTP server, ended at once and able to send the status of a failed function."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from uvicorn.config import Config
from uvicorn.protocols.http import h11_impl
from uvicorn.server import Server

from faasctl.emulator.faults.wire import TRANSPORT
from faasctl.facts.function_errors import FUNCTION_FAILED_STATUS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

# uvicorn knows the registered statuses only; this one is LivePerson's own.
h11_impl.STATUS_PHRASES.setdefault(FUNCTION_FAILED_STATUS, b"Function Failed")
# Without a handler, Python would print warnings to the terminal of whoever serves himself an emulator.
_log = logging.getLogger("faasctl.emulator")
_log.addHandler(logging.NullHandler())
logging.getLogger("uvicorn").addHandler(logging.NullHandler())


def log_unhandled(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Logs what no task of the event loop took care of."""
    _log.error("%s", context.get("message"), exc_info=context.get("exception"))


_IDLE_SECONDS = 600
"""A connection may rest between two calls: a person types, a pipeline waits."""


class _Protocol(h11_impl.H11Protocol):
    """Tells the application of the connection itself, which faults on purpose have to break."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        application = self.app

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            scope[TRANSPORT] = self.transport
            await application(scope, receive, send)

        self.app = with_transport


class Listener(Server):
    """Serves until `end` is called on its event loop; `on_ready` is called once it accepts connections.

    `secure` is a second socket, on which TLS is spoken, and how.

    uvicorn looks every 0.1 s whether it has to end and then waits 0.1 s more; a verb that serves itself an
    emulator would pay that at every run, so both are replaced here.
    """

    def __init__(
        self,
        application: ASGIApp,
        on_ready: Callable[[], None],
        *,
        secure: tuple[socket.socket, ssl.SSLContext] | None = None,
    ) -> None:
        super().__init__(
            Config(
                application,
                loop="asyncio",
                http=_Protocol,
                ws="none",
                lifespan="off",
                interface="asgi3",
                access_log=False,
                log_config=None,
                server_header=False,
                date_header=False,
                proxy_headers=False,
                timeout_keep_alive=_IDLE_SECONDS,
            )
        )
        self._on_ready = on_ready
        self._secure = secure
        self._ended = asyncio.Event()

    def end(self) -> None:
        self._ended.set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._secure is None:
            return
        listening, context = self._secure
        server = await asyncio.get_running_loop().create_server(
            lambda: _Protocol(config=self.config, server_state=self.server_state, app_state=self.lifespan.state),
            sock=listening,
            ssl=context,
            backlog=self.config.backlog,
        )
        self.servers.append(server)

    async def main_loop(self) -> None:
        self._on_ready()
        await self._ended.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        running = list(self.server_state.tasks)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for connection in list(self.server_state.connections):
            connection.shutdown()
            # A transport that speaks TLS has told the client so, and would now wait for its answer.
            transport = connection.transport
            if transport.get_extra_info("ssl_object") is not None:
                transport.abort()
