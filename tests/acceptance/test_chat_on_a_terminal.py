"""`faasctl chat` on a terminal: what a person types, clicks and sees."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faasctl.exit_codes import ExitCode

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


@pytest.fixture
def bot(project: Project) -> Project:
    project.write(CODE)
    return project


def test_a_person_talks_clicks_and_leaves(bot: Project) -> None:
    bot.define(bot={"welcome_message": True})
    with bot.at_a_terminal("chat", "--latency") as shown:
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
        assert shown.end() == 0


def test_fast_does_not_wait(bot: Project) -> None:
    bot.write(CODE.replace("delay: 1 ", "delay: 3000 "))
    with bot.at_a_terminal("chat", "--fast") as shown:
        shown.wait_for("you >")
        shown.type("slow\r")
        shown.wait_for("types for 3000 s")
        shown.wait_for("Done")
        shown.wait_for("you >")
        shown.type("/quit\r")
        assert shown.end() == 0


def test_changed_code_is_deployed_while_a_person_thinks(bot: Project) -> None:
    with bot.at_a_terminal("chat") as shown:
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
        assert shown.end() == 0


def test_texts_that_come_quickly_are_combined_while_a_person_types(bot: Project) -> None:
    bot.define(bot={"combine_messages": {"max": 3, "window": "2s"}})
    with bot.at_a_terminal("chat") as shown:
        shown.wait_for("you >")
        shown.type("my order\r")
        shown.wait_for("waits for more texts")
        shown.wait_for("you >")
        shown.type("is late\r")
        shown.wait_for("You said: my order is late")
        shown.wait_for("you >")
        shown.type("\x04")
        assert shown.end() == 0


def test_ctrl_c_empties_the_line_and_then_ends_with_130(bot: Project) -> None:
    with bot.at_a_terminal("chat") as shown:
        shown.wait_for("you >")
        shown.type("never")
        shown.wait_for("never")
        shown.type("\x03")
        shown.wait_for("you >")
        shown.type("\x03")
        assert shown.end() == ExitCode.INTERRUPTED


def test_ctrl_c_breaks_off_what_takes_too_long_and_the_talk_goes_on(bot: Project) -> None:
    code = CODE.replace("delay: 1 ", "delay: 3000 ")
    bot.write(
        code.replace(
            "if (message === 'slow')",
            "if (message === 'hang') await new Promise(() => {});\n  if (message === 'slow')",
        )
    )
    with bot.at_a_terminal("chat") as shown:
        shown.wait_for("you >")
        shown.type("slow\r")
        shown.wait_for("typing")
        shown.process.send_signal(signal.SIGINT)  # what the terminal makes of Ctrl-C, outside of the prompt
        shown.wait_for("Done")
        shown.wait_for("you >")
        shown.type("hang\r")
        shown.wait_for("hang │")
        shown.process.send_signal(signal.SIGINT)
        shown.wait_for("broken off")
        shown.wait_for("you >")
        shown.type("/new\r")
        shown.wait_for("you >")
        shown.type("hello\r")
        shown.wait_for("You said: hello")
        shown.wait_for("you >")
        shown.type("/save goes on\r")
        shown.wait_for("saved as")
        shown.wait_for("you >")
        shown.type("\x03")
        assert shown.end() == ExitCode.INTERRUPTED
    assert "Nothing is lost" not in shown.shown


def test_what_is_typed_while_the_bot_answers_stands_in_the_next_prompt(bot: Project) -> None:
    with bot.at_a_terminal("chat") as shown:
        shown.wait_for("you >")
        shown.type("slow\r")
        shown.wait_for("typing")
        shown.type("ahead")
        shown.wait_for("Done")
        before_the_prompt, _, _ = shown.shown.partition("Done")
        assert "ahead" not in before_the_prompt
        shown.wait_for("you >")
        shown.type(" of time\r")
        shown.wait_for("You said: ahead of time")
        shown.wait_for("you >")
        shown.type("\x04")
        assert shown.end() == 0


def test_json_may_be_pasted_in_several_lines(bot: Project) -> None:
    with bot.at_a_terminal("chat") as shown:
        shown.wait_for("you >")
        shown.type('\x1b[200~/json\n{"message": "pasted",\n "context": {"lpEvent": {}}}\x1b[201~\r')
        shown.wait_for("You said: pasted")
        shown.wait_for("you >")
        shown.type("\x04")
        assert shown.end() == 0


def test_what_was_typed_is_there_again_the_next_time(bot: Project) -> None:
    for keys in ("remember me\r", "\x1b[A\r"):
        with bot.at_a_terminal("chat") as shown:
            shown.wait_for("you >")
            shown.type(keys)
            shown.wait_for("You said: remember me")
            shown.wait_for("you >")
            shown.type("\x04")
            assert shown.end() == 0
    assert _mode(bot.folder / ".faasctl/chat_history") == 0o600


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777
