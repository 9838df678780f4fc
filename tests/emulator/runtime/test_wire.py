"""The pipes to a process, where it does not get so far."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from faasctl.emulator.runtime.wire import Wire


def test_a_start_that_is_cut_off_waits_until_the_process_is_gone(tmp_path: Path) -> None:
    """Else the loop closes before it hears of the end, and asyncio says so to whoever sits at the terminal."""

    async def main() -> int | None:
        loop = asyncio.get_running_loop()
        started: list[asyncio.SubprocessTransport] = []
        start = loop.subprocess_exec

        async def noted(*arguments: Any, **more: Any) -> Any:
            transport, protocol = await start(*arguments, **more)
            started.append(transport)
            return transport, protocol

        async def cut_off(_: Any, pipe: Any) -> Any:
            pipe.close()  # as asyncio does then
            raise asyncio.CancelledError

        loop.subprocess_exec = noted  # type: ignore[method-assign]
        loop.connect_write_pipe = cut_off  # type: ignore[method-assign, assignment]
        with pytest.raises(asyncio.CancelledError):
            await Wire.spawn(["/bin/sh", "-c", "sleep 60"], environment={}, folder=tmp_path, inherited=())
        return started[0].get_returncode()

    assert asyncio.run(main()) == -9
