"""Serving the platform until a signal comes, known to other processes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from faasctl.emulator.endpoint import remove_endpoint, write_endpoint
from faasctl.emulator.server import Emulator
from faasctl.errors import Locked

if TYPE_CHECKING:
    from pathlib import Path

    from faasctl.emulator.server_options import ServerOptions


def serve(folder: Path, options: ServerOptions) -> None:
    """Serves until SIGTERM or SIGINT, and tells other processes through the endpoint file.

    Call it from the main thread. Locked when an emulator serves the folder this way already.
    """
    from filelock import FileLock, Timeout

    from faasctl.files import private_folder

    lock = FileLock(private_folder(folder) / "serve.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Locked(
            f"an emulator runs on {folder} already", hint="Run `faasctl emulator stop` to end it."
        ) from None
    try:
        with _signals() as wait_for_signal, Emulator(folder, options) as emulator:
            if options.tls:
                from faasctl.emulator.tls.preload import write_preload

                write_preload(folder)
            write_endpoint(folder, emulator.endpoint)
            try:
                wait_for_signal()
            finally:
                remove_endpoint(folder, emulator.endpoint.instance)
    finally:
        lock.release()


@contextlib.contextmanager
def _signals() -> Iterator[Callable[[], object]]:
    """Gives a function that returns once SIGTERM or SIGINT has come.

    A signal may come at any moment, also while the main thread holds a lock: writing to a pipe needs none.
    """
    import signal

    wake, signalled = os.pipe()
    before = {
        number: signal.signal(number, lambda *_: os.write(signalled, b"."))
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield lambda: os.read(wake, 1)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(wake)
        os.close(signalled)
