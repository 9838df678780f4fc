"""What the consumer and the agents got in a step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from faasctl.conversation.replies import PrivateText, QuickReplies, RichContent
from faasctl.conversation.scenarios.matching import Difference, quoted, shown, text_difference
from faasctl.conversation.scenarios.messages import (
    message_difference,
    quick_difference,
    rich_difference,
    show_message,
)

if TYPE_CHECKING:
    from faasctl.conversation.scenarios.turns import Turn
    from faasctl.conversation.scenarios.verdicts import Expected


def texts(expected: Expected, turn: Turn) -> list[Difference]:
    return expected.among(turn.texts, text_difference, quoted)


def text(expected: Expected, turn: Turn) -> list[Difference]:
    wanted, heard = expected.wanted, turn.heard
    if any(text_difference(wanted, each) is None for each in heard):
        return []
    if len(heard) == 1:
        return expected.not_so(text_difference(wanted, heard[0]), wanted=wanted, found=heard[0])
    all_heard = ", ".join(map(quoted, heard))
    return expected.not_so(f"{shown(wanted)} is in none of {all_heard}" if heard else "no text came")


def messages(expected: Expected, turn: Turn) -> list[Difference]:
    return expected.as_listed(
        expected.wanted, turn.messages, message_difference, show_message, others=expected.others
    )


def rich(expected: Expected, turn: Turn) -> list[Difference]:
    found = [item for item in turn.messages if isinstance(item, RichContent)]
    return expected.among(found, rich_difference, show_message)


def quick(expected: Expected, turn: Turn) -> list[Difference]:
    found = [item for item in turn.messages if isinstance(item, QuickReplies)]
    wanted = expected.wanted
    if expected.is_bool:
        return expected.among(found, quick_difference, show_message)
    if len(found) == 1:
        return expected.not_so(quick_difference(wanted, found[0]), wanted=wanted)
    if any(quick_difference(wanted, item) is None for item in found):
        return []
    return expected.not_so("none of the quick replies is so" if found else "no quick replies came", wanted=wanted)


def private(expected: Expected, turn: Turn) -> list[Difference]:
    found = [item.text for item in turn.messages if isinstance(item, PrivateText)]
    return expected.among(found, text_difference, quoted)


def metadata(expected: Expected, turn: Turn) -> list[Difference]:
    found = [list(getattr(item, "metadata", ())) for item in turn.messages]
    wanted = expected.wanted if isinstance(expected.wanted, list) else [expected.wanted]
    return replace(expected, wanted=wanted).part_of_any(found, "no message came")


def silence(expected: Expected, turn: Turn) -> list[Difference]:
    told = ", ".join(map(quoted, turn.heard)) or "messages"
    return expected.came(turn.is_silent, "silence", found=f"the consumer got {told}" if expected.wanted else "")
