"""Where functions run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from faasctl.emulator.workplace import Workplace

OTHER = """
from faasctl.emulator.workplace import Workplace
workplace = Workplace()
print(workplace.path, flush=True)
input()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def other(temporary: Path) -> Iterator[subprocess.Popen[str]]:
    """A process with a workplace of its own, below `temporary`."""
    assert temporary.is_dir()
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _line(process: subprocess.Popen[str]) -> Path:
    assert process.stdout is not None
    return Path(process.stdout.readline().strip())


def test_a_workplace_is_private_and_goes_with_its_owner(temporary: Path) -> None:
    workplace = Workplace()
    assert workplace.path.is_relative_to(temporary)
    assert (workplace.path.stat().st_mode & 0o777, workplace.path.parent.stat().st_mode & 0o777) == (0o700, 0o700)
    workplace.remove()
    assert not workplace.path.exists()


def test_what_a_killed_process_left_is_removed_and_what_lives_stays(other: subprocess.Popen[str]) -> None:
    path = _line(other)
    Workplace().remove()
    assert path.is_dir()
    other.kill()
    other.wait()
    assert path.is_dir()
    Workplace().remove()
    assert not path.exists()


def test_a_folder_that_others_can_reach_is_not_used(temporary: Path) -> None:
    first = Workplace()
    first.remove()
    first.path.parent.chmod(0o777)
    second = Workplace()
    assert second.path.parent != first.path.parent
    second.remove()
    assert temporary.is_dir()
