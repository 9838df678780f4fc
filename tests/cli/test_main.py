"""What may happen before a verb is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.__main__ import main

if TYPE_CHECKING:
    import pytest


def test_an_interruption_while_modules_are_imported_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gc.set_threshold", lambda _: None)
    monkeypatch.setattr("atexit.register", lambda _: None)
    monkeypatch.setattr("faasctl.cli.early.start_node_for", interrupted)
    assert main() == 130
    assert capsys.readouterr().err == "\ninterrupted; run the same command again to go on\n"
