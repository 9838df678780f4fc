"""The state file: one SQLite database in a private folder, shared by every emulator that runs on the folder."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from faasctl.emulator import schema
from faasctl.errors import PlatformError
from faasctl.files import private_folder

FILE_NAME = "state.sqlite3"
_BUSY_SECONDS = 10.0
_LOOK_SECONDS = 0.005
_RESET = "Run `faasctl emulator reset` to start with an empty platform."
_MEND = "Check the space on the disk and the permissions there, then run again; what was kept is not lost."
_OF_THE_MACHINE = ("disk I/O error", "is full", "unable to open", "readonly database", "database is locked")
"""What SQLite says where nothing is wrong with the file itself."""


class Store:
    """One connection, used by one thread at a time.

    Readers never wait for writers (WAL). Writes are short transactions that take the write lock at once, so two
    processes queue instead of failing half-way. After a kill the file holds what was committed.
    """

    def __init__(self, folder: Path) -> None:
        """Opens, or creates, the state in `folder`; PlatformError when the file cannot be used."""
        try:
            self.path = private_folder(folder) / FILE_NAME
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
        except OSError as error:
            raise PlatformError(
                f"the emulator cannot keep its state in {folder}: {error.strerror}", hint=_MEND
            ) from None
        self._connection = sqlite3.connect(
            self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        self._connection.row_factory = sqlite3.Row
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            self.close()
            hint = _MEND if any(words in str(error) for words in _OF_THE_MACHINE) else _RESET
            raise PlatformError(
                f"the emulator's state file {self.path} cannot be used: {error}", hint=hint
            ) from None
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._use_write_ahead_log()
        if self._schema_version() == schema.VERSION:
            return
        with self.writing():
            version = self._schema_version()
            if version > schema.VERSION:
                raise PlatformError(
                    f"the emulator's state file {self.path} comes from a newer faasctl", hint=_RESET
                )
            self._bring_up_to_date(version)

    def _use_write_ahead_log(self) -> None:
        """SQLite does not wait for other processes while it switches to WAL, so we do."""
        end = time.monotonic() + _BUSY_SECONDS
        while not self._switched_to_wal() and time.monotonic() < end:
            time.sleep(_LOOK_SECONDS)

    def _switched_to_wal(self) -> bool:
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            return False
        return True

    def _schema_version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _bring_up_to_date(self, version: int) -> None:
        """From `version` (0: an empty file) to the tables of now. Call it inside a writing transaction."""
        for change in schema.CHANGES[version:]:
            for statement in change.split(";\n"):
                if statement.strip():
                    self._connection.execute(statement)
        self._connection.execute(f"PRAGMA user_version = {schema.VERSION}")
        self.remember("operator_token", secrets.token_hex(32))
        self.remember("operator_id", uuid.uuid4().hex)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction with the write lock; rolled back when the block raises. Transactions do not nest."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """A transaction whose reads all see one moment."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def row(self, statement: str, *values: Any) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._connection.execute(statement, values).fetchone()
        return row

    def rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        return self._connection.execute(statement, values).fetchall()

    def number(self, statement: str, *values: Any) -> int:
        return int(self._connection.execute(statement, values).fetchone()[0])

    def remember(self, name: str, value: str) -> str:
        """Keeps `value` as this platform's `name` unless it has one; returns the one that holds."""
        self.execute("INSERT OR IGNORE INTO identity VALUES (?, ?)", name, value)
        return self.identity(name) or value

    def identity(self, name: str) -> str | None:
        row = self.row("SELECT value FROM identity WHERE name = ?", name)
        return None if row is None else str(row["value"])

    def close(self) -> None:
        self._connection.close()
