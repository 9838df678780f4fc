"""The state file: private, kept, and clear about what it cannot use."""

from __future__ import annotations

import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest

from faasctl.emulator.server import Emulator
from faasctl.emulator.store import Store
from faasctl.errors import PlatformError

if TYPE_CHECKING:
    from pathlib import Path


def test_the_state_is_private(folder: Path) -> None:
    Store(folder).close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "state.sqlite3").stat().st_mode) == 0o600


def test_a_store_keeps_its_identity(folder: Path) -> None:
    first = Store(folder)
    token = first.identity("operator_token")
    first.close()
    second = Store(folder)
    assert token
    assert second.identity("operator_token") == token
    second.close()


def test_a_block_that_raises_leaves_nothing(folder: Path) -> None:
    store = Store(folder)

    def remember_and_break() -> None:
        with store.writing():
            store.remember("a", "b")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        remember_and_break()
    assert store.identity("a") is None
    store.close()


@pytest.mark.parametrize("content", [b"this is no database" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_told_with_what_to_do(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "state.sqlite3").write_bytes(content)
    with pytest.raises(PlatformError) as refused:
        Emulator(folder).start()
    assert "state.sqlite3 cannot be used" in refused.value.message
    assert refused.value.hint is not None
    assert "faasctl emulator reset" in refused.value.hint


def test_nobody_is_told_to_throw_the_state_away_where_the_machine_cannot_open_it(folder: Path) -> None:
    Store(folder).close()
    (folder / "state.sqlite3-wal").mkdir()
    with pytest.raises(PlatformError, match="cannot be used") as refused:
        Store(folder)
    assert refused.value.hint is not None
    assert "space on the disk" in refused.value.hint
    assert "reset" not in refused.value.hint


def test_a_file_of_a_newer_faasctl_is_refused(folder: Path) -> None:
    Store(folder).close()
    connection = sqlite3.connect(folder / "state.sqlite3")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(PlatformError, match="newer faasctl"):
        Store(folder)


def test_a_folder_that_is_a_file_is_told(folder: Path) -> None:
    folder.write_text("a file")
    with pytest.raises(PlatformError, match="cannot keep its state") as refused:
        Store(folder)
    assert refused.value.hint is not None
