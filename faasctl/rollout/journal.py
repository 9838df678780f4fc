"""A journal of a definition's runs on one account, written ahead of each change.

What is there is always read from the account itself, so the journal is never needed to go on; it tells a person
where a killed run stood, and it remembers what the last passed test connection tested. One JSON object a line; a
line that a kill cut in half is passed over.
"""

from __future__ import annotations

import json
import os
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from faasctl.files import private_folder, write_atomic
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from faasctl.rollout.changes import Change


class Journal:
    """The journal at `path`; a missing one is empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries = list(_read(path))

    @property
    def passed(self) -> str | None:
        """The fingerprint that the last passed test connection had."""
        return next((entry["passed"] for entry in reversed(self._entries) if "passed" in entry), None)

    @property
    def interrupted(self) -> str | None:
        """The change that a killed run had begun, as `deploy OrderBot`; None when the last run came to an end."""
        if not self._entries or "ahead" not in self._entries[-1]:
            return None
        return str(self._entries[-1]["ahead"])

    def ahead(self, change: Change) -> None:
        """Writes down, durably, that `change` is about to be made."""
        self._append({"ahead": f"{change.action} {change.subject}"})

    def made(self, change: Change) -> None:
        self._append({"made": f"{change.action} {change.subject}"})

    def failed(self, change: Change, kind: str) -> None:
        self._append({"failed": f"{change.action} {change.subject}", "error": kind})

    def record_passed(self, fingerprint: str) -> None:
        """Remembers a passed test, and drops what is older."""
        self._entries = [_entry({"passed": fingerprint})]
        write_atomic(self._file(), _line(self._entries[0]))

    def record_not_passed(self) -> None:
        """Forgets the last passed test: one has failed since."""
        if self.passed is not None:
            self._entries = [entry for entry in self._entries if "passed" not in entry]
            write_atomic(self._file(), "".join(map(_line, self._entries)))

    def _append(self, content: dict[str, Any]) -> None:
        entry = _entry(content)
        self._entries.append(entry)
        handle = os.open(self._file(), os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        try:
            with os.fdopen(handle, "ab") as file:
                # A line of its own, even behind one that a kill cut in half.
                file.write(b"\n" if _is_cut(self._path) else b"")
                file.write(_line(entry).encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            error.filename = os.fspath(self._path)  # a full disk names no file
            raise

    def _file(self) -> Path:
        private_folder(self._path.parent)
        return self._path


def _entry(content: dict[str, Any]) -> dict[str, Any]:
    return {"at": datetime.now(timezone.utc).isoformat(timespec="milliseconds"), **redactor.data(content)}


def _line(entry: dict[str, Any]) -> str:
    return json.dumps(entry) + "\n"


def _read(path: Path) -> Iterator[dict[str, Any]]:
    try:
        text = path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict):
            yield entry


def _is_cut(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if size == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
