from __future__ import annotations

import errno
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.redaction import redactor
from faasctl.rollout.changes import Change
from faasctl.rollout.journal import Journal

DEPLOY = Change(step="deploy", action="deploy", subject="Bot", reason="it is not deployed")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


def test_a_missing_journal_is_empty(path: Path) -> None:
    assert (Journal(path).interrupted, Journal(path).passed) == (None, None)
    assert not path.exists()


def test_a_run_that_was_killed_is_told_by_the_next(path: Path) -> None:
    Journal(path).ahead(DEPLOY)
    assert Journal(path).interrupted == "deploy Bot"


@pytest.mark.parametrize("end", ["made", "failed"])
def test_a_run_that_came_to_an_end_is_not_interrupted(path: Path, end: str) -> None:
    journal = Journal(path)
    journal.ahead(DEPLOY)
    if end == "made":
        journal.made(DEPLOY)
    else:
        journal.failed(DEPLOY, "deployment-failed")
    assert Journal(path).interrupted is None


def test_a_passed_test_is_remembered_until_one_fails(path: Path) -> None:
    journal = Journal(path)
    journal.ahead(DEPLOY)
    journal.record_passed("f1")
    journal.ahead(DEPLOY)
    assert Journal(path).passed == "f1"
    journal.record_not_passed()
    assert Journal(path).passed is None


@given(cut=st.integers(min_value=0, max_value=400), rubbish=st.binary(max_size=30))
def test_a_line_that_a_kill_cut_in_half_is_passed_over(
    tmp_path_factory: pytest.TempPathFactory, cut: int, rubbish: bytes
) -> None:
    path = tmp_path_factory.mktemp("journal") / "journal"
    journal = Journal(path)
    journal.record_passed("f1")
    first = path.stat().st_size
    journal.ahead(DEPLOY)
    journal.made(DEPLOY)
    path.write_bytes(path.read_bytes()[: max(first, cut)] + rubbish)
    again = Journal(path)
    assert again.passed == "f1"
    again.ahead(DEPLOY)
    assert Journal(path).interrupted == "deploy Bot"


def test_it_is_private_and_holds_no_secret(path: Path) -> None:
    secret = redactor.register("s3cr3t-in-a-name")
    Journal(path).ahead(Change(step="deploy", action="deploy", subject=secret, reason=""))
    assert path.stat().st_mode & 0o077 == 0
    assert secret not in path.read_text()


def test_a_full_disk_is_told_with_the_name_of_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    journal = Journal(path)
    path.parent.mkdir()
    with pytest.raises(OSError, match="No space") as refused:
        journal.ahead(DEPLOY)
    assert refused.value.filename == str(path)
