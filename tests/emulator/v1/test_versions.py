"""V1 keeps more versions of a lambda than V2 does of a function (functions-api §4.5, §15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faasctl.emulator.functions.rules import ManifestChange, MetaChange
from faasctl.emulator.functions.state import CodeKind, Functions, NewFunction, Saving
from faasctl.emulator.sealing import KEY_FILE_VARIABLE, Seal
from faasctl.emulator.store import Store
from faasctl.facts.limits import VERSIONS_KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEW = NewFunction(name="Echo", description="", event_id=None, skills=(), size=None)


@pytest.fixture
def functions(tmp_path: Path) -> Iterator[Functions]:
    store = Store(tmp_path / "state")
    yield Functions(store, Seal({KEY_FILE_VARIABLE: str(tmp_path / "key")}))
    store.close()


def _save_whole(functions: Functions, uuid: str, code: str) -> None:
    functions.save_whole(
        "a",
        uuid,
        MetaChange(),
        ManifestChange(code=code),
        CodeKind(interface="v1", module="commonjs"),
        Saving(by="me", based_on=-1, refuse_stale=False, kept=VERSIONS_KEPT.of("v1")),
    )


def test_ten_versions_are_kept_and_not_the_eleventh(functions: Functions) -> None:
    function, _ = functions.create("a", NEW, None, CodeKind(), "me")  # it has version 0
    for number in range(1, 10):
        _save_whole(functions, function.uuid, f"code {number}")
    assert [version.version for version in functions.versions(function.uuid, 20)] == list(range(9, -1, -1))
    _save_whole(functions, function.uuid, "one more")
    assert [version.version for version in functions.versions(function.uuid, 20)] == list(range(10, 0, -1))
