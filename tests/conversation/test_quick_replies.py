"""Quick replies by themselves (third-party-bots §7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from faasctl.conversation.quick_replies import check_quick_replies
from faasctl.facts import channels
from faasctl.facts.connector_errors import MESSAGING_SEND_MESSAGE, QUICK_REPLIES_NOT_SUPPORTED

if TYPE_CHECKING:
    from faasctl.facts.channels import Channel

LIMITED = [channel for channel in channels.ALL if channel.replies]


def _quick(number: int = 1, *, title: str = "x", per_row: Any = 2) -> dict[str, Any]:
    reply = {"type": "button", "title": title, "click": {"actions": [{"type": "publishText", "text": "x"}]}}
    return {"type": "quickReplies", "itemsPerRow": per_row, "replies": [reply] * number}


@pytest.mark.parametrize("channel", LIMITED, ids=lambda channel: channel.name)
def test_a_channel_takes_so_many_replies_of_so_many_characters(channel: Channel) -> None:
    assert channel.replies is not None
    assert channel.reply_title is not None
    assert check_quick_replies(_quick(channel.replies), channel=channel) == []
    assert [item.rule for item in check_quick_replies(_quick(channel.replies + 1), channel=channel)] == [
        "too-many"
    ]
    assert check_quick_replies(_quick(title="x" * channel.reply_title), channel=channel) == []
    longer = check_quick_replies(_quick(title="x" * (channel.reply_title + 1)), channel=channel)
    assert [(item.place, item.rule) for item in longer] == [("replies[0].title", "too-long")]


@pytest.mark.parametrize("number", [0, 9, -1, 8.5])
def test_items_in_a_row_beyond_eight_are_a_warning(number: float) -> None:
    [problem] = check_quick_replies(_quick(per_row=number))
    assert (problem.place, problem.severity, problem.rule) == ("itemsPerRow", "warning", "items-per-row")


def test_a_chat_takes_none() -> None:
    [problem] = check_quick_replies(_quick(), conversation="chat")
    assert (problem.error, problem.effect) == (QUICK_REPLIES_NOT_SUPPORTED, "escalation")


def test_apple_takes_none() -> None:
    [problem] = check_quick_replies(_quick(), channel=channels.APPLE)
    assert problem.effect == "message dropped"


def test_what_breaks_the_grammar_is_refused_when_sent_and_what_a_channel_refuses_is_dropped() -> None:
    [problem] = check_quick_replies(_quick(25))
    assert (problem.error, problem.effect) == (MESSAGING_SEND_MESSAGE, "escalation")
    [problem] = check_quick_replies(_quick(14), channel=channels.LINE)
    assert (problem.error, problem.effect) == (None, "message dropped")


def test_what_the_channel_takes_and_the_platform_refuses_is_a_warning() -> None:
    quick = _quick()
    quick["replies"][0]["more"] = 1
    [problem] = check_quick_replies(quick, channel=channels.LINE)
    assert (problem.place, problem.severity, problem.rule) == ("replies[0]", "warning", "unknown-key")
    [problem] = check_quick_replies(quick)
    assert (problem.place, problem.severity) == ("replies[0]", "error")


def test_of_a_channel_that_nothing_is_known_of_all_is_a_warning() -> None:
    problems = check_quick_replies({"type": "quickReplies"}, channel=channels.TWITTER)
    assert [problem.severity for problem in problems] == ["warning", "warning"]
