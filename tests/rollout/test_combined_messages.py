"""The switch Combine Messages in a bot's configuration: set by hand on a real account, by us on the local one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from faasctl.definition.model import CombineMessages
from faasctl.rollout.confirmations import Confirmations
from faasctl.rollout.desired_bot import bot_differences, desired_bot
from faasctl.rollout.guided_bots import GuidedBots
from tests.rollout.test_planning import definition, remote

if TYPE_CHECKING:
    from faasctl.definition.model import Definition, Role
    from faasctl.liveperson.model import RemoteFunction
    from faasctl.rollout.guided_bots import Guidance


def combining() -> Definition:
    chosen = definition()
    combine = CombineMessages(most=3, window=2.0, after_typing=4.5)
    return replace(chosen, bot=replace(chosen.bot, combine_messages=combine))


def test_a_person_is_told_the_numbers_and_what_they_confirmed_is_read_back(tmp_path: Path) -> None:
    chosen = combining()
    shown: list[Guidance] = []

    def confirm(guidance: Guidance) -> str:
        shown.append(guidance)
        return "jane"

    bots = GuidedBots(chosen, Confirmations(tmp_path / "bot.lock.yaml"), confirm=confirm, names=lambda uuid: uuid)
    wanted = desired_bot(chosen, {"function": remote(chosen.function)})
    assert bot_differences(wanted, bots.save(wanted)) == ()
    assert "Combine Messages: on; 3 messages, 2 s, 4.5 s after typing." in " ".join(shown[0].steps)


def test_switching_it_off_is_a_difference() -> None:
    chosen = combining()
    functions: dict[Role, RemoteFunction] = {"function": remote(chosen.function)}
    assert bot_differences(desired_bot(definition(), functions), desired_bot(chosen, functions)) == (
        "combine_messages",
    )
