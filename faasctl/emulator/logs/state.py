"""The log entries that are kept, and their export."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from faasctl.emulator.logs import errors
from faasctl.facts import limits
from faasctl.facts.log_export import COLUMNS, LEVELS, SEPARATOR

if TYPE_CHECKING:
    from faasctl.emulator.functions.state import Functions
    from faasctl.emulator.invocation.recording import Recorder
    from faasctl.emulator.store import Store
    from faasctl.emulator.time_span import Span

_DAY_SECONDS = 86_400
_QUOTED = re.compile(rf'[{SEPARATOR}"\r\n]')


class Logs:
    def __init__(
        self,
        store: Store,
        functions: Functions,
        recorder: Recorder,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._functions = functions
        self._recorder = recorder
        self._clock = clock

    def export(self, account: str, uuid: str, span: Span, levels: Collection[str]) -> str:
        """The CSV text: a header, and the oldest entries of the span, 500 at most; no levels means all."""
        self._functions.get(account, uuid)
        if span.seconds > limits.LOG_WINDOW_DAYS.value * _DAY_SECONDS:
            raise errors.window_too_long()
        self._recorder.flush()
        oldest = int((self._clock() - limits.LOG_DAYS.value * _DAY_SECONDS) * 1000)
        rows = self._store.rows(
            "SELECT function_uuid, request_id, written_ms, level, message, extras FROM logs"
            " WHERE function_uuid = ? AND written_ms BETWEEN ? AND ?"
            " AND level IN (SELECT value FROM json_each(?)) ORDER BY written_ms, id LIMIT ?",
            *(uuid, max(span.start, oldest), span.end, json.dumps(list(levels or LEVELS))),
            limits.LOG_EXPORT_ENTRIES.value,
        )
        return "".join(map(csv_line, [COLUMNS, *rows]))


def csv_line(values: Iterable[object]) -> str:
    """One line of the export: what holds a separator, a quote or a line break is quoted, quotes are doubled.

    The standard library's writer would leave a carriage return as it is.
    """
    return f"{SEPARATOR.join(map(_cell, values))}\n"


def _cell(value: object) -> str:
    text = str(value)
    if _QUOTED.search(text) is None:
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
