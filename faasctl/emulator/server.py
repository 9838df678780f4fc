"""Serving the platform on 127.0.0.1 inside a program."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from faasctl.emulator.endpoint import CA_FILE, Endpoint
from faasctl.emulator.server_options import AS_USUAL, ServerOptions
from faasctl.errors import UsageError
from faasctl.redaction import redactor

if TYPE_CHECKING:
    import asyncio
    import ssl

    from faasctl.emulator.listener import Listener
    from faasctl.emulator.runtime.debugging import Debugging
    from faasctl.emulator.store import Store
    from faasctl.javascript.inspector import Inspector

HOST = "127.0.0.1"
_STOP_SECONDS = 15.0
_INSPECTOR_IDLE_SECONDS = 2.0


class Emulator:
    """A platform served by a thread of this process. Several may run on one folder at once, in any processes.

    `execution_seconds` is the run time that an invocation may have, `debugging` the function host's
    (runtime/host.py). An `inspector` that is passed in stays the caller's to close.
    """

    def __init__(
        self,
        folder: Path,
        options: ServerOptions = AS_USUAL,
        *,
        inspector: Inspector | None = None,
        environ: Mapping[str, str] = os.environ,
        execution_seconds: float = 30.0,
        debugging: Debugging | None = None,
    ) -> None:
        self._folder = folder
        self._options = options
        self._inspector = inspector
        self._environ = environ
        self._execution_seconds = execution_seconds
        self._debugging = debugging
        self._endpoint: Endpoint | None = None
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listener: Listener | None = None
        self._failure: BaseException | None = None

    def __enter__(self) -> Emulator:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def endpoint(self) -> Endpoint:
        """Where a started emulator is reached."""
        if self._endpoint is None:
            raise RuntimeError("the emulator is not started")
        return self._endpoint

    def start(self) -> Endpoint:
        """Returns once it listens; UsageError when the port is taken, PlatformError when the state is unusable."""
        if self._thread is not None:
            return self.endpoint
        from faasctl.emulator.store import Store

        options = self._options
        with contextlib.ExitStack() as undoing:
            store = Store(self._folder)
            undoing.callback(store.close)
            listening = undoing.enter_context(_bind(options.port, "--port"))
            secure = undoing.enter_context(_bind(options.tls_port, "--tls-port")) if options.tls else None
            context = self._tls_context() if options.tls else None
            held = undoing.pop_all()  # the thread closes them
        token, operator = store.identity("operator_token"), store.identity("operator_id")
        self._endpoint = Endpoint(
            url=f"http://{HOST}:{listening.getsockname()[1]}",
            pid=os.getpid(),
            instance=uuid.uuid4().hex,
            operator_token=redactor.register(token or ""),
            operator_id=operator or "",
            tls_url=f"https://{HOST}:{secure.getsockname()[1]}" if secure else None,
            ca=str(self._folder.absolute() / CA_FILE) if secure else None,
        )
        self._failure = None
        self._ready.clear()
        self._thread = threading.Thread(
            target=self._serve,
            args=(held, store, listening, (secure, context) if secure and context else None),
            name="faasctl-emulator",
            daemon=True,
        )
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            failure = self._failure
            self.stop()
            raise failure
        return self._endpoint

    def stop(self) -> None:
        """Ends the server and all functions; the folder's next emulator goes on with what was deploying."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        loop, listener = self._loop, self._listener
        if loop is not None and listener is not None and thread.is_alive():
            with contextlib.suppress(RuntimeError):  # the loop closed in between
                loop.call_soon_threadsafe(listener.end)
        thread.join(_STOP_SECONDS)
        self._loop = self._listener = self._endpoint = None

    def _tls_context(self) -> ssl.SSLContext:
        from faasctl.emulator.tls.authority import server_context

        return server_context(self._folder)

    def _serve(
        self,
        held: contextlib.ExitStack,
        store: Store,
        listening: socket.socket,
        secure: tuple[socket.socket, ssl.SSLContext] | None,
    ) -> None:
        import asyncio

        try:
            asyncio.run(self._serve_until_ended(store, listening, secure))
        except BaseException as error:  # noqa: BLE001 - the thread that started this one raises it
            self._failure = error
        finally:
            held.close()
            self._ready.set()

    async def _serve_until_ended(
        self,
        store: Store,
        listening: socket.socket,
        secure: tuple[socket.socket, ssl.SSLContext] | None,
    ) -> None:
        import asyncio

        from faasctl.emulator.listener import Listener, log_unhandled
        from faasctl.emulator.platform import Platform
        from faasctl.emulator.runtime.host import INSTANCES, FunctionHost
        from faasctl.emulator.sealing import Seal
        from faasctl.emulator.secrets.grants import toolbelt_access
        from faasctl.emulator.workplace import Workplace
        from faasctl.javascript.inspector import Inspector

        workplace = Workplace()
        async with contextlib.AsyncExitStack() as ending:  # what was pushed last ends first
            ending.callback(workplace.remove)
            inspector = self._inspector
            if inspector is None:
                inspector = Inspector(environ=self._environ, idle_seconds=_INSPECTOR_IDLE_SECONDS)
                ending.callback(inspector.close)
            host = FunctionHost(
                workplace.path,
                environ=self._environ,
                execution_seconds=self._execution_seconds,
                # Functions find the services through this name (functions-api §10): here, never LivePerson's own.
                extra_environment={"X_LIVEPERSON_CSDS_DOMAIN": self.endpoint.url.removeprefix("http://")},
                toolbelt=toolbelt_access(self.endpoint),
                offline=self._options.offline,
                allowed_hosts=self._options.allowed_hosts,
                cold_start_seconds=self._options.cold_start_seconds,
                instances=self._options.instances or INSTANCES,
                debugging=self._debugging,
            )
            ending.push_async_callback(host.close)
            platform = Platform(
                store,
                host,
                inspector,
                Seal(self._environ),
                process=os.getpid(),
                instance=self.endpoint.instance,
            )
            ending.push_async_callback(platform.close)
            platform.start()
            self._loop = asyncio.get_running_loop()
            self._loop.set_exception_handler(log_unhandled)
            self._listener = Listener(platform.application, self._ready.set, secure=secure)
            await self._listener.serve(sockets=[listening])


def _bind(port: int, option: str) -> socket.socket:
    # asyncio turns off the delay of small packets only where the protocol is named: 40 ms an answer.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listening.close()
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(
            f"the emulator cannot listen on port {port}: {reason}", hint=f"Choose another {option}."
        ) from None
    return listening
