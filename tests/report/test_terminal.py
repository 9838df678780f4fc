"""What a person sees at a terminal: the same, drawn."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from faasctl.report import choice
from tests.terminal import at_a_terminal

if TYPE_CHECKING:
    from tests.report.conftest import Project

Snapshot = Callable[[str, str], None]
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def drawn(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """As on a terminal, but for colour and movement, which a captured stream does not get."""
    monkeypatch.setattr(choice, "is_drawn", lambda: True)
    monkeypatch.setenv("COLUMNS", "120")
    return project


def test_up_from_nothing_and_up_again(drawn: Project, snapshot: Snapshot) -> None:
    snapshot("terminal-up-from-nothing", drawn.run("up").stderr)
    snapshot("terminal-up-again", drawn.run("up").stderr)


def test_a_failed_test_connection(drawn: Project, snapshot: Snapshot) -> None:
    drawn.write(
        "async function lambda() {\n  console.warn('looking', { order: 7 });\n  throw new Error('none');\n}\n"
    )
    snapshot("terminal-test-connection-throws", drawn.run("up").stderr)


def test_a_failed_deployment(drawn: Project, snapshot: Snapshot) -> None:
    drawn.write("import orders from 'no-such-module';\nasync function lambda() { return orders; }\n")
    snapshot("terminal-deployment-failed", drawn.run("up").stderr)


def test_a_definition_with_mistakes(drawn: Project, snapshot: Snapshot) -> None:
    drawn.define(("skill: Human", "skil: Human"))
    snapshot("terminal-invalid-definition", drawn.run("up").stderr)


def test_status_and_plan_put_their_data_on_stdout(drawn: Project) -> None:
    for verb in ("status", "plan"):
        shown = drawn.run(verb)
        assert "OrderBot" in shown.stdout
        assert "OrderBot" not in shown.stderr


def test_brackets_of_a_function_are_not_taken_for_markup(drawn: Project) -> None:
    drawn.write("async function lambda() { throw new Error('[red]not markup[/red] [/] :smile:'); }")
    assert "[red]not markup[/red] [/] :smile:" in drawn.run("up").stderr


def _at_a_terminal(project: Project, *arguments: str, **environ: str) -> str:
    """Everything that reaches a real terminal on stderr."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    environ = {**inherited, "TERM": "xterm-256color", "LANG": "C.UTF-8", "COLUMNS": "120", **environ}
    with at_a_terminal(*arguments, cwd=project.folder, environ=environ, stdin=False, stdout=False) as terminal:
        assert terminal.end() == 0
        return terminal.raw.decode()


def test_a_terminal_gets_colour_and_movement_and_its_cursor_back(project: Project) -> None:
    project.write(f"{project.read('bot.yaml')}emulator: {{deploy_delay: 300ms}}\n", "bot.yaml")
    seen = _at_a_terminal(project, "up")
    assert _COLOURS.search(seen)
    assert "deploying" in seen  # the spinner's words
    assert seen.count("\x1b[?25l") == seen.count("\x1b[?25h") > 0
    lines = _ESCAPES.sub("", seen).replace("\r", "\n").splitlines()
    assert [line.split()[1] for line in lines if line.startswith("  ✓")] == [
        "create",
        "deploy",
        "attach",
        "accept-disclaimer",
        "test-connection",
    ]


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"CI": "true"}])
def test_no_color_and_ci_are_honoured(project: Project, environ: dict[str, str]) -> None:
    seen = _at_a_terminal(project, "up", **environ)
    assert not any(re.search(r"\b3[0-7]\b", code) for code in _COLOURS.findall(seen))
    if "CI" in environ:
        assert "\x1b" not in seen
        assert "create: OrderBot created" in seen
