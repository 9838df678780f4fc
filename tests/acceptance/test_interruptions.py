"""Nothing is lost: kills, signals, and two runs at once."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from faasctl.rollout.changes import STEPS
from tests.waiting import until

if TYPE_CHECKING:
    from tests.acceptance.conftest import Ended, NodeWatch, Project

SLOW_DEPLOYMENT = {"deploy_delay": "300ms"}


def _wait_for(process: subprocess.Popen[str], words: str) -> None:
    """Reads stderr line by line until one holds `words`."""
    assert process.stderr is not None
    for line in process.stderr:
        if words in line:
            return
    raise AssertionError(f"it ended without saying {words!r}")


def _reaches_the_end(project: Project) -> Ended:
    """`up` ends with everything done, and with one function, whatever was there before."""
    ended = project.json("up")
    assert set(ended.steps.values()) <= {"done", "skipped"}
    result = project.json("status").json["result"]
    assert (result["functions"][0]["state"], result["bot"]["state"]) == ("Productive", "ONLINE")
    assert result["tested"] is True
    assert project.function_names() == ["OrderBot"]
    return ended


@pytest.mark.parametrize(
    "words",
    [
        "faasctl up",
        "create: OrderBot",
        "deploying",
        "deployed",
        "attach:",
        "accept-disclaimer:",
        "function exists",
    ],
)
def test_up_that_is_killed_after_a_line_is_taken_up_by_the_next(
    project: Project, node_watch: NodeWatch, words: str
) -> None:
    project.define(emulator=SLOW_DEPLOYMENT)
    process = project.start("up")
    _wait_for(process, words)
    process.kill()
    assert project.ended(process).status == -signal.SIGKILL
    node_watch.wait_until_gone()
    _reaches_the_end(project)


@pytest.mark.parametrize("seconds", [0.05, 0.15, 0.2, 0.25, 0.3])
def test_up_that_is_killed_at_any_moment_is_taken_up_by_the_next(project: Project, seconds: float) -> None:
    project.define(emulator=SLOW_DEPLOYMENT)
    for _ in range(2):
        process = project.start("up")
        time.sleep(seconds)
        process.kill()
        project.ended(process)
    _reaches_the_end(project)


def test_the_next_run_says_what_was_interrupted(project: Project) -> None:
    project.define(emulator={"deploy_delay": "800ms"})
    process = project.start("up")
    _wait_for(process, "deploying")
    process.kill()
    project.ended(process)
    project.define()
    ended = project.json("up")
    assert any("interrupted during: deploy OrderBot" in note for note in ended.json["notes"])
    assert project.json("up").json["notes"] == []


def test_two_runs_at_once_do_not_harm_each_other(project: Project) -> None:
    project.define(emulator=SLOW_DEPLOYMENT)
    both = [project.start("up", "--output", "json") for _ in range(2)]
    ended = [project.ended(process) for process in both]
    assert sorted(run.status for run in ended) in ([0, 0], [0, 8])
    done = [run.steps["create"] for run in ended if run.status == 0]
    assert done.count("done") == 1
    _reaches_the_end(project)


def test_a_run_that_waits_for_another_gives_up_at_its_own_deadline(project: Project) -> None:
    project.define(emulator={"deploy_delay": "3s"})
    first = project.start("up")
    _wait_for(first, "deploying")
    ended = project.json("up", "--timeout", "300ms", status=8)
    first.kill()
    project.ended(first)
    assert ended.json["error"]["kind"] == "locked"
    assert f"process {first.pid}" in ended.json["error"]["message"]
    assert ended.json["notes"]


@pytest.mark.parametrize(
    ("number", "status", "kind"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_a_signal_ends_the_run_with_its_status_and_no_process_stays(
    project: Project, node_watch: NodeWatch, number: signal.Signals, status: int, kind: str
) -> None:
    project.define(emulator={"deploy_delay": "2s"})
    for output in ("text", "json"):
        process = project.start("up", "--output", output)
        until(lambda: "deploy OrderBot" in _journal(project), "the deployment in the journal")
        time.sleep(0.1)
        process.send_signal(number)
        ended = project.ended(process)
        assert ended.status == status
        node_watch.wait_until_gone()
        (project.folder / ".faasctl/bot.yaml.local.demo.journal").unlink()
    assert (ended.json["exit_code"], ended.json["error"]["kind"]) == (status, kind)
    assert "run the same command again" in ended.json["error"]["hint"]
    project.define()
    _reaches_the_end(project)


def _journal(project: Project) -> str:
    path = project.folder / ".faasctl/bot.yaml.local.demo.journal"
    return path.read_text() if path.exists() else ""


def test_a_function_in_an_endless_loop_dies_with_the_run_that_is_killed(
    project: Project, node_watch: NodeWatch
) -> None:
    project.json("up")
    project.write("async function lambda() { while (true) {} }")
    process = project.start("up")
    _wait_for(process, "implemented")
    time.sleep(0.2)
    process.kill()
    project.ended(process)
    node_watch.wait_until_gone()


def test_a_journal_that_was_cut_in_the_middle_of_a_line_does_no_harm(project: Project) -> None:
    project.json("up")
    journal = project.folder / ".faasctl/bot.yaml.local.demo.journal"
    journal.write_text(journal.read_text() + '{"at": "2026-11-20", "ahe')
    assert project.json("up").steps == dict.fromkeys(STEPS, "skipped")
    journal.write_bytes(b"\xff\xfe not JSON at all \x00\n[]\n12\n")
    assert project.json("up").steps["test-connection"] == "done"
    assert json.loads(journal.read_text().splitlines()[-1])["passed"]


def test_code_that_was_edited_while_a_deployment_runs_waits_for_its_end(project: Project) -> None:
    project.define(emulator={"deploy_delay": "4s"})  # longer than the second run takes to begin
    process = project.start("up")
    _wait_for(process, "deploying")
    process.kill()
    assert project.ended(process).status == -signal.SIGKILL
    project.write('async function lambda() { return {messages: ["new"]}; }\n')
    again = project.run("up")
    assert again.status == 0
    assert "deploying already; waiting for its end" in again.stderr
    assert project.json("invoke", "--welcome").json["result"]["result"] == {"messages": ["new"]}
