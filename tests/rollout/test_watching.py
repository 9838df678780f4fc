"""Whether files change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faasctl.rollout.watching import marks_of, wait_for_change

if TYPE_CHECKING:
    from collections.abc import Callable


def scripted(*deeds: Callable[[], object]) -> Callable[[float], None]:
    """A sleep that does one deed each time, and fails when there are no more: nothing waits on a clock."""
    left = list(deeds)

    def sleep(_: float) -> None:
        if not left:
            raise TimeoutError("it waits on")
        left.pop(0)()

    return sleep


def nothing() -> None:
    return None


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "index.js"
    path.write_text("one", "utf-8")
    return path


def replaced(file: Path) -> None:
    """As editors save: another file is moved into its place."""
    other = file.with_name("other")
    other.write_text("two", "utf-8")
    other.replace(file)


@pytest.mark.parametrize("deed", [lambda file: file.write_text("longer", "utf-8"), Path.unlink, replaced])
def test_a_file_that_is_written_removed_or_replaced_has_changed(
    file: Path, deed: Callable[[Path], object]
) -> None:
    marks = marks_of([file])
    assert wait_for_change(marks, sleep=scripted(nothing, lambda: deed(file), nothing)) == [file]


def test_a_file_that_comes_to_be_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    marks = marks_of([path])
    assert wait_for_change(marks, sleep=scripted(lambda: path.write_text("{}", "utf-8"), nothing)) == [path]


def test_it_waits_until_all_files_have_come_to_rest(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "bot.yaml"
    marks = marks_of([file, other])
    sleep = scripted(
        lambda: file.write_text("longer", "utf-8"),
        lambda: other.write_text("version: 1", "utf-8"),
        lambda: other.write_text("version: 1\n", "utf-8"),
        nothing,
    )
    assert wait_for_change(marks, sleep=sleep) == [file, other]


def test_files_that_stay_are_waited_for(file: Path) -> None:
    with pytest.raises(TimeoutError):
        wait_for_change(marks_of([file]), sleep=scripted(nothing, nothing))
