"""A few faults with the program as a process of its own, retries and their pauses included."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.faults.conftest import Bot, MakeBot


def _run(bot: Bot, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "faasctl", *arguments],
        cwd=bot.folder,
        env={**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        (
            {"kind": "reset", "carriedOut": True, "times": 1, "method": "POST", "service": "functions"},
            0,
            "created",
        ),
        ({"kind": "status", "status": 429, "retryAfter": 1, "times": 1, "method": "POST"}, 0, "created"),
        ({"kind": "status", "status": 401, "after": 3, "times": 1}, 4, "faasctl login"),
        ({"kind": "status", "status": 403, "method": "POST", "service": "functions"}, 4, "FaaS-Developer"),
        ({"kind": "not-json", "service": "functions"}, 6, "a proxy"),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else None,
)
def test_create_as_a_process(make_bot: MakeBot, fault: dict[str, Any], status: int, said: str) -> None:
    bot = make_bot()
    bot.breaks(fault)
    ended = _run(bot, "create")
    assert ended.returncode == status, (ended.stdout, ended.stderr)
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    bot.mends()
    assert _run(bot, "create").returncode == 0
    assert bot.function_names() == ["OrderBot"]


def test_a_deadline_that_passes_in_a_deployment_is_followed_up_by_the_next_run(make_bot: MakeBot) -> None:
    bot = make_bot()
    assert _run(bot, "create").returncode == 0
    bot.breaks({"kind": "deployment-hangs", "times": 1})
    ended = _run(bot, "deploy", "--timeout", "4s")
    assert ended.returncode == 7, ended.stderr
    assert "OrderBot is deploying" in ended.stderr
    bot.mends()
    assert _run(bot, "deploy").returncode == 0
    assert bot.deployments() == ["successful"]
