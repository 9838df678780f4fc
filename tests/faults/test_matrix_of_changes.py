"""Verbs that change the account, with every fault: exit code, message, nothing twice; the next run converges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.matrix import Case, cases, judge

if TYPE_CHECKING:
    from tests.faults.conftest import MakeBot


@pytest.mark.parametrize("case", cases(writing=True), ids=lambda case: case.name)
def test_a_change_that_meets_a_fault(case: Case, make_bot: MakeBot) -> None:
    bot = make_bot(platform=case.platform)
    if case.start == "created":
        assert bot.run("create", target=case.target).status == 0
    judge(case, bot)
    failed = 1 if case.fault == "deployment fails" else 0
    if case.verb in ("up", "deploy") and case.platform == "v2":
        assert len(bot.deployments()) == 1 + failed
