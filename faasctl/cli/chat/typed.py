"""What a person types on a terminal, with history and editing; the prompt can be woken."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import termios
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.history import FileHistory

from faasctl.cli.chat.commands import COMMANDS
from faasctl.files import private_folder

if TYPE_CHECKING:
    from prompt_toolkit.document import Document

_LOOK_SECONDS = 0.25
_WOKEN = "\x00"
"""No key gives this character."""


class Typed:
    """`wake` is asked several times a second; what was begun stays in the line."""

    def __init__(self, history: Path, *, prompt: str, below: str, wake: Callable[[], bool]) -> None:
        private_folder(history.parent)
        history.touch(mode=0o600)
        self._wake = wake
        self._prompt = prompt
        self._begun = ""
        self._session: PromptSession[str] = PromptSession(
            history=FileHistory(str(history)),
            completer=_Commands(),
            complete_while_typing=True,
            erase_when_done=True,
            bottom_toolbar=below,
        )

    def next(self) -> str | None:
        """A line, stripped; None when `wake` was true. EOFError at Ctrl-D, KeyboardInterrupt at Ctrl-C."""
        begun, self._begun = self._begun, ""
        try:
            line = self._session.prompt(self._prompt, default=begun, pre_run=self._look)
        except KeyboardInterrupt:
            if self._session.default_buffer.text:
                return ""
            raise
        if line == _WOKEN:
            self._begun = self._session.default_buffer.text
            return None
        return line.strip()

    def _look(self) -> None:
        loop, app = asyncio.get_running_loop(), get_app()

        def look() -> None:
            if app.is_done or not app.is_running:
                return
            if self._wake():
                app.exit(result=_WOKEN)
            else:
                loop.call_later(_LOOK_SECONDS, look)

        loop.call_later(_LOOK_SECONDS, look)


@contextlib.contextmanager
def unechoed() -> Iterator[None]:
    """What is typed while the bot answers is not shown in the midst of that; it stands in the next prompt."""
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    quiet = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    termios.tcsetattr(terminal, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


class _Commands(Completer):
    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        text = document.text_before_cursor
        if not text.startswith("/") or " " in text:
            return
        for name, (arguments, meaning) in COMMANDS.items():
            if name.startswith(text[1:]):
                yield Completion(f"/{name}", start_position=-len(text), display_meta=f"{arguments} {meaning}")
