"""LivePerson's own validators, in one Node process that answers for the whole session."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from faasctl.emulator.runtime.npm import npm_command
from faasctl.javascript.node import find_node

if TYPE_CHECKING:
    from faasctl.facts.channels import Channel

HERE = Path(__file__).parent / "judges"
CACHE = Path(__file__).parents[2] / ".cache" / "judges"
_INSTALL_SECONDS = 300


class Judge:
    """Asks for one verdict after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._asks, self._answers = process.stdin, process.stdout

    def accepts(self, kind: str, channel: Channel, document: Any) -> bool:
        self._asks.write(json.dumps({"judge": kind, "channel": channel.official, "document": document}) + "\n")
        self._asks.flush()
        valid = json.loads(self._answers.readline())["valid"]
        assert isinstance(valid, bool)
        return valid


@pytest.fixture(scope="session")
def judge() -> Iterator[Judge]:
    """The validators from npm, which are installed into .cache when they are not there."""
    node = find_node()
    folder = _installed(node)
    with subprocess.Popen(
        [node, str(HERE / "judge.cjs"), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        yield Judge(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(30) == 0


def _installed(node: str) -> Path:
    wanted = (HERE / "package.json").read_text("utf-8")
    CACHE.mkdir(parents=True, exist_ok=True)
    done = CACHE / "installed.json"
    with FileLock(CACHE / "lock", timeout=_INSTALL_SECONDS):
        if not done.is_file() or done.read_text("utf-8") != wanted:
            shutil.copy(HERE / "package.json", CACHE)
            npm = npm_command(node, os.environ)
            assert npm is not None, "these tests need npm, which comes with Node; or leave them out: -m 'not npm'"
            options = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")
            subprocess.run(
                [*npm, "install", *options], cwd=CACHE, check=True, timeout=_INSTALL_SECONDS, capture_output=True
            )
            done.write_text(wanted, "utf-8")
    return CACHE
