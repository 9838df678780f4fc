"""Verbs that find all done, or only read, with every fault: exit code, message; the next run passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.conftest import sign_in
from tests.faults.matrix import Case, cases, judge

if TYPE_CHECKING:
    from tests.faults.conftest import Bot, MakeBot


@pytest.fixture(scope="module")
def bots(make_bot: MakeBot) -> dict[str, Bot]:
    """A bot for each target, all of it there."""
    made = {"cloud": make_bot(), "local": make_bot()}
    for target, bot in made.items():
        sign_in(bot)
        ended = bot.run("up", target=target)
        assert ended.status == 0, ended.stderr
    return made


@pytest.mark.parametrize("case", cases(writing=False), ids=lambda case: case.name)
def test_a_read_that_meets_a_fault(case: Case, bots: dict[str, Bot]) -> None:
    bot = bots[case.target]
    sign_in(bot)
    if case.service == "domains":
        bot.forget_hosts()
    judge(case, bot)
    assert bot.deployments() == ["successful"]
