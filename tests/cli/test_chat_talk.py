"""The conversation behind `faasctl chat`, where a call of the function does not come back."""

from __future__ import annotations

from typing import Any

import pytest

from faasctl.cli.chat.talk import Talk
from faasctl.conversation.clocks import ManualClock
from faasctl.conversation.connector_settings import ConnectorSettings
from faasctl.conversation.consumer import Said
from faasctl.conversation.invoker import InvocationResult
from faasctl.errors import Unreachable
from faasctl.report.chat_lines import ChatLines
from tests.conversation.numbered_ids import numbered_ids


class _Bot:
    """Implements Invoker; raises `failure` while there is one."""

    failure: BaseException | None = None

    def invoke(self, function: str, payload: Any) -> InvocationResult:
        if self.failure is not None:
            raise self.failure
        return InvocationResult(value={"messages": [f"{function} heard {payload['message']!r}"]})


@pytest.fixture
def bot() -> _Bot:
    return _Bot()


@pytest.fixture
def talk(bot: _Bot) -> Talk:
    view = ChatLines(logs=False, latency=False, tester=False)
    return Talk(ConnectorSettings(welcome_message=True), bot, view, clock=ManualClock(), ids=numbered_ids("talk"))


@pytest.mark.parametrize("failure", [Unreachable("no answer"), KeyboardInterrupt()])
def test_after_an_opening_that_failed_the_next_message_opens_another(
    bot: _Bot, talk: Talk, failure: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    talk.start()
    bot.failure = failure
    with pytest.raises(type(failure)):
        talk.start()
    bot.failure = None
    talk.hear(Said(text="hello"))
    assert "function heard 'hello'" in capsys.readouterr().out


@pytest.mark.parametrize("failure", [Unreachable("no answer"), KeyboardInterrupt()])
def test_a_turn_that_was_broken_off_is_no_part_of_what_is_saved(
    bot: _Bot, talk: Talk, failure: BaseException
) -> None:
    talk.start()
    bot.failure = failure
    with pytest.raises(type(failure)):
        talk.hear(Said(text="lost"))
    bot.failure = None
    talk.hear(Said(text="hello"))
    assert [turn.step for turn in talk.turns] == [{"welcome": True}, {"says": "hello"}]
