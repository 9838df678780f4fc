"""`faasctl chat` on a terminal: what a person types, clicks and sees."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faasctl.exit_codes import ExitCode
from tests.acceptance.conftest import FAASCTL

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project

CODE = """\
const card = { type: 'vertical', elements: [{ type: 'button', title: 'Buy', click: {
  actions: [{ type: 'publishText', text: 'buy it' }], metadata: [{ type: 'ExternalId', id: 'buy-1' }] } }] };
async function lambda(input) {
  const { message = '', event = {}, context = {} } = input.payload;
  if (event.name === 'WELCOME') return { messages: ['Welcome!'] };
  if (message === 'card') return { messages: [{ structuredContent: card }] };
  if (message === 'slow') return { messages: ['Wait', { delay: 1 }, 'Done'] };
  return { messages: [`You said: ${message}${context.lpEvent.metadata?.[0]?.id ?? ''}`] };
}
"""
_SECONDS = 60


@pytest.fixture
def bot(project: Project) -> Project:
    project.write(CODE)
    return project


_ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[()][A-Z0-9]|[=>])")


@dataclass
class Terminal:
    process: subprocess.Popen[bytes]
    leader: int
    shown: str = ""

    def type(self, keys: str) -> None:
        os.write(self.leader, keys.encode())

    def wait_for(self, text: str) -> None:
        """Until the terminal has shown it since the last wait."""
        end = time.monotonic() + _SECONDS
        while text not in self.shown:
            assert time.monotonic() < end, self.shown
            assert self._read(), self.shown
        self.shown = self.shown.partition(text)[2]

    def status(self) -> int:
        """The exit status, once the program has ended."""
        end = time.monotonic() + _SECONDS
        while self._read() and time.monotonic() < end:
            pass
        return self.process.wait(_SECONDS)

    def _read(self) -> bool:
        """Takes in what is there; False at the end."""
        if not select.select([self.leader], [], [], 1)[0]:
            return True
        try:
            data = os.read(self.leader, 65536)
        except OSError:
            return False
        if b"\x1b[6n" in data:  # where is the cursor?
            os.write(self.leader, b"\x1b[1;1R")
        self.shown += _ESCAPES.sub("", data.decode("utf-8", "replace"))
        return bool(data)


@contextlib.contextmanager
def terminal(bot: Project, *arguments: str) -> Iterator[Terminal]:
    leader, follower = pty.openpty()
    environ = {**bot.environ, "TERM": "xterm", "LINES": "40", "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        [*FAASCTL, "chat", *arguments],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environ,
        cwd=bot.folder,
        start_new_session=True,
    )
    os.close(follower)
    try:
        yield Terminal(process, leader)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(leader)


def test_a_person_talks_clicks_and_leaves(bot: Project) -> None:
    bot.define(bot={"welcome_message": True})
    with terminal(bot, "--latency") as shown:
        shown.wait_for("Welcome!")
        shown.wait_for("you >")
        shown.type("card\r")
        shown.wait_for("[1] Buy")
        shown.wait_for("you >")
        shown.type("1\r")
        shown.wait_for("the function took")
        shown.wait_for("You said: buy itbuy-1")
        shown.wait_for("you >")
        shown.type("slow\r")
        shown.wait_for("Wait")
        shown.wait_for("typing")
        shown.wait_for("Done")
        shown.wait_for("you >")
        shown.type("\x04")
        assert shown.status() == 0


def test_fast_does_not_wait(bot: Project) -> None:
    bot.write(CODE.replace("delay: 1 ", "delay: 3000 "))
    with terminal(bot, "--fast") as shown:
        shown.wait_for("you >")
        shown.type("slow\r")
        shown.wait_for("types for 3000 s")
        shown.wait_for("Done")
        shown.wait_for("you >")
        shown.type("/quit\r")
        assert shown.status() == 0


def test_changed_code_is_deployed_while_a_person_thinks(bot: Project) -> None:
    with terminal(bot) as shown:
        shown.wait_for("you >")
        shown.type("half a sen")
        shown.wait_for("half a sen")
        bot.write(CODE.replace("You said", "You wrote"))
        shown.wait_for("deployed (version 2)")
        shown.wait_for("half a sen")
        shown.type("tence\r")
        shown.wait_for("You wrote: half a sentence")
        shown.wait_for("you >")
        shown.type("\x04")
        assert shown.status() == 0


def test_texts_that_come_quickly_are_combined_while_a_person_types(bot: Project) -> None:
    bot.define(bot={"combine_messages": {"max": 3, "window": "2s"}})
    with terminal(bot) as shown:
        shown.wait_for("you >")
        shown.type("my order\r")
        shown.wait_for("waits for more texts")
        shown.wait_for("you >")
        shown.type("is late\r")
        shown.wait_for("You said: my order is late")
        shown.wait_for("you >")
        shown.type("\x04")
        assert shown.status() == 0


def test_ctrl_c_empties_the_line_and_then_ends_with_130(bot: Project) -> None:
    with terminal(bot) as shown:
        shown.wait_for("you >")
        shown.type("never")
        shown.wait_for("never")
        shown.type("\x03")
        shown.wait_for("you >")
        shown.type("\x03")
        assert shown.status() == ExitCode.INTERRUPTED


def test_what_was_typed_is_there_again_the_next_time(bot: Project) -> None:
    for keys in ("remember me\r", "\x1b[A\r"):
        with terminal(bot) as shown:
            shown.wait_for("you >")
            shown.type(keys)
            shown.wait_for("You said: remember me")
            shown.wait_for("you >")
            shown.type("\x04")
            assert shown.status() == 0
    assert _mode(bot.folder / ".faasctl/chat_history") == 0o600


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777
