"""Reading code at the moment it is saved, as the platform does (functions-api §10, checks at save time)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from faasctl.emulator.functions.errors import invalid
from faasctl.emulator.functions.state import CodeKind

if TYPE_CHECKING:
    from faasctl.javascript.inspector import Inspector
    from faasctl.javascript.report import Interface


class CodeReader:
    def __init__(self, inspector: Inspector) -> None:
        self._inspector = inspector

    async def read(self, code: str, interface: Interface | None = None) -> CodeKind:
        """What kind of code it is; refused with the first problem, which is named with its line and column.

        With `interface` it must be of that kind.
        """
        report = await asyncio.to_thread(self._inspector.inspect, code, interface=interface)
        for problem in report.problems:
            suggestion = f" ({problem.suggestion})" if problem.suggestion else ""
            raise invalid(f"index.js:{problem.line}:{problem.column}: {problem.message}{suggestion}")
        return CodeKind(interface=report.interface, module=report.module)
