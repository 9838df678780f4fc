"""Coverage of the definition's functions, collected while scenarios run side by side."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any

from faasctl.conversation.scenarios.coverage import CoverageBook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from faasctl.conversation.scenarios.coverage import FileCoverage
    from faasctl.definition.model import Definition


class Covering:
    """`uuids` are those of the definition's functions by role."""

    def __init__(self, definition: Definition, uuids: Mapping[str, str]) -> None:
        self._lock = threading.Lock()
        self._books = {
            uuids[spec.role]: CoverageBook(spec.name, _shown(spec.code_path), spec.code)
            for spec in definition.functions
            if spec.role in uuids
        }

    def add(self, scenario: str, counted: Mapping[str, Any]) -> None:
        """What one scenario reached, by the functions' UUIDs."""
        with self._lock:
            for uuid, functions in counted.items():
                if uuid in self._books:
                    self._books[uuid].add(scenario, functions)

    def files(self) -> list[FileCoverage]:
        return [book.result() for book in self._books.values()]


def _shown(path: Path) -> str:
    shown = os.path.relpath(path)
    return str(path) if shown.startswith("..") else shown
