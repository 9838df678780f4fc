"""From what happens in a verb to its exit status and its outcome."""

from __future__ import annotations

import errno
import json
import time
from typing import Any

import pytest
import typer

from faasctl.cli.entry import Terminated, enter
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb
from faasctl.errors import ConsentNeeded, FaasctlError, Locked, PermissionMissing, Unreachable


def _outcome(
    error: BaseException | None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Any:
    def body(run: Run) -> None:
        run.outcome.result["begun"] = True
        if error is not None:
            raise error

    monkeypatch.delenv("FAASCTL_DEBUG", raising=False)
    with pytest.raises(typer.Exit) as ended:
        run_verb(Run("up", output=OutputForm.json), body)
    told = json.loads(capsys.readouterr().out)
    assert told["exit_code"] == ended.value.exit_code
    assert told["result"] == {"begun": True}
    return told


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (ConsentNeeded("who?"), 9, "consent-needed"),
        (Locked("busy"), 8, "locked"),
        (PermissionMissing("no"), 4, "permission-missing"),
        (Unreachable("far"), 6, "unreachable"),
        (FaasctlError("odd"), 1, "internal-error"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (typer.Abort(), 130, "interrupted"),
        (Terminated(), 143, "terminated"),
        (ZeroDivisionError("division"), 1, "internal-error"),
        (RecursionError("too deep"), 1, "internal-error"),
        (PermissionError(errno.EACCES, "Permission denied", "/x/.faasctl"), 2, "prerequisite-missing"),
        (OSError(errno.ENOSPC, "No space left on device", "/x/journal"), 2, "prerequisite-missing"),
        (OSError("without a file"), 1, "internal-error"),
    ],
)
def test_whatever_goes_wrong_has_its_status_and_kind(
    error: BaseException,
    status: int,
    kind: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = _outcome(error, capsys, monkeypatch)
    assert (told["ok"], told["exit_code"], told["error"]["kind"]) == (False, status, kind)
    if isinstance(error, OSError) and error.filename:
        assert error.filename in told["error"]["message"]


def test_a_mistake_of_our_own_asks_for_a_report_and_shows_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _outcome(KeyError("lost"), capsys, monkeypatch)
    assert "faasctl itself went wrong: KeyError" in told["error"]["message"]
    assert "FAASCTL_DEBUG=1" in told["error"]["hint"]


def test_success_has_no_error_and_its_duration(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start = time.monotonic()
    told = _outcome(None, capsys, monkeypatch)
    assert (told["ok"], told["exit_code"], told["error"]) == (True, 0, None)
    assert 0 <= told["duration_ms"] <= (time.monotonic() - start) * 1000 + 1


def test_the_debug_variable_brings_the_traceback_to_stderr(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAASCTL_DEBUG", "1")

    def body(run: Run) -> None:
        raise KeyError("lost")

    with pytest.raises(typer.Exit):
        run_verb(Run("up", output=OutputForm.json), body)
    captured = capsys.readouterr()
    assert "Traceback" in captured.err
    assert json.loads(captured.out)["exit_code"] == 1


def test_a_wrong_use_that_belongs_to_no_option_is_told_in_our_own_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signal.signal", lambda *_: None)
    assert enter(["invoke", "--output", "json"]) == 2
    message = json.loads(capsys.readouterr().out)["error"]["message"]
    assert message == "give one of a payload file, --message TEXT and --welcome"


def test_an_option_before_the_verb_is_told_where_it_belongs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signal.signal", lambda *_: None)
    assert enter(["--file", "bot.yaml", "up", "-o", "json"]) == 2
    hint = json.loads(capsys.readouterr().out)["error"]["hint"]
    assert hint == "Options stand behind the verb: faasctl up --help tells which."
