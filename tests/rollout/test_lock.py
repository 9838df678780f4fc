from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from faasctl.deadline import Deadline
from faasctl.errors import Locked
from faasctl.rollout.lock import held

HOLD = """
import sys
from pathlib import Path
from faasctl.deadline import Deadline
from faasctl.rollout.lock import held
with held(Path(sys.argv[1]), verb="up", deadline=Deadline(5), on_wait=print):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "bot.yaml.lock"


def hold_elsewhere(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_waits_and_then_says_who_holds_it(path: Path) -> None:
    told: list[str] = []
    with hold_elsewhere(path) as other:
        with (
            pytest.raises(Locked, match=f"`faasctl up`, process {other.pid}"),
            held(path, verb="deploy", deadline=Deadline(0.3), on_wait=told.append),
        ):
            pass
        other.communicate()
    assert len(told) == 1


def test_it_is_free_once_its_holder_was_killed(path: Path) -> None:
    with hold_elsewhere(path) as other:
        other.kill()
        other.communicate()
    told: list[str] = []
    with held(path, verb="deploy", deadline=Deadline(5), on_wait=told.append):
        assert json.loads(path.with_suffix(".holder.json").read_text())["verb"] == "deploy"
    assert told == []


def test_it_is_free_after_an_error(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), held(path, verb="up", deadline=Deadline(1), on_wait=print):
        _ = 1 / 0
    with held(path, verb="up", deadline=Deadline(1), on_wait=print):
        assert path.exists()
