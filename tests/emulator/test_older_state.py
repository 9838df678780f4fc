"""A state file of an older faasctl is brought up to date, and keeps what it held."""

from __future__ import annotations

import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest

from faasctl.emulator import schema
from faasctl.emulator.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def write_version(folder: Path, version: int) -> sqlite3.Connection:
    """A state file with the tables of that version."""
    folder.mkdir(mode=0o700)
    connection = sqlite3.connect(folder / "state.sqlite3", isolation_level=None)
    for change in schema.CHANGES[:version]:
        connection.executescript(change)
    connection.execute(f"PRAGMA user_version = {version}")
    return connection


def tables(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_an_older_file_gets_the_tables_of_a_new_one(tmp_path: Path, version: int) -> None:
    write_version(tmp_path / "old", version).close()
    found = []
    for name in ("old", "new"):
        Store(tmp_path / name).close()
        connection = sqlite3.connect(tmp_path / name / "state.sqlite3")
        found.append((tables(connection), connection.execute("PRAGMA user_version").fetchone()))
        connection.close()
    assert found[0] == found[1]


def test_what_the_first_version_counted_is_kept(folder: Path) -> None:
    old = write_version(folder, 1)
    old.execute("INSERT INTO identity VALUES ('operator_token', 'the token')")
    old.execute(
        "INSERT INTO functions VALUES ('u', 'demo', 'Echo', '', NULL, 'Draft', '[]', 'S', 'm', NULL, NULL, NULL,"
        " 0, 'x', 0, 'x')"
    )
    old.execute("INSERT INTO invocations VALUES ('u', 300, 5, 0), ('u', 600, 1, 2)")
    old.close()
    store = Store(folder)
    rows = store.rows("SELECT bucket, state, count FROM invocation_counts ORDER BY bucket, state")
    assert [tuple(row) for row in rows] == [
        (300, "SUCCEEDED", 5),
        (600, "SUCCEEDED", 1),
        (600, "UNKNOWN", 2),
    ]
    assert store.identity("operator_token") == "the token"
    store.close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_change_that_breaks_off_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_version(folder, 1).close()
    broken = (schema.CHANGES[0], "CREATE TABLE half (a TEXT);\nCREATE TABLE half (a TEXT);\n")
    monkeypatch.setattr(schema, "CHANGES", broken)
    monkeypatch.setattr(schema, "VERSION", 2)
    with pytest.raises(Exception, match="cannot be used"):
        Store(folder)
    connection = sqlite3.connect(folder / "state.sqlite3")
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert "half" not in {name for name, _ in tables(connection)}
    connection.close()
