"""stdout holds data alone, JSON on every failure, and a reader who leaves early does no harm."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.acceptance.conftest import Project

ENVELOPE = {
    *("verb", "ok", "exit_code", "target", "account", "definition"),
    *("duration_ms", "result", "notes", "next", "error"),
}


def _nothing(project: Project) -> None:
    pass


def _throwing(project: Project) -> None:
    project.write("async function lambda() { throw new Error('no'); }")


def _undeployable(project: Project) -> None:
    project.write("import gone from 'gone';\nasync function lambda() { return gone; }")


def _slow(project: Project) -> None:
    project.define(emulator={"deploy_delay": "5s"})


def _undecided(project: Project) -> None:
    project.define(bot={"data_disclaimer": None})


def _mistaken(project: Project) -> None:
    project.define(bot={"agnet": "x"})


FAILURES: list[tuple[Callable[[Project], None], list[str], int]] = [
    (_nothing, ["up", "--bogus"], ExitCode.USAGE),
    (_nothing, ["up", "--target", "moon"], ExitCode.USAGE),
    (_nothing, ["up", "--timeout", "soon"], ExitCode.USAGE),
    (_nothing, ["up", "surplus"], ExitCode.USAGE),
    (_nothing, ["upp"], ExitCode.USAGE),
    (_nothing, ["emulator", "fly"], ExitCode.USAGE),
    (_nothing, ["up", "--file", "none.yaml"], ExitCode.USAGE),
    (_mistaken, ["up"], ExitCode.INVALID),
    (_nothing, ["up", "--target", "cloud"], ExitCode.CREDENTIALS),
    (_throwing, ["up"], ExitCode.FAILED),
    (_undeployable, ["up"], ExitCode.PLATFORM),
    (_slow, ["up", "--timeout", "500ms"], ExitCode.DEADLINE),
    (_undecided, ["up"], ExitCode.CONSENT),
    (_nothing, ["invoke", "--welcome"], ExitCode.PLATFORM),
]


@pytest.mark.parametrize(
    ("prepare", "arguments", "status"),
    FAILURES,
    ids=[" ".join(failure[1]) + f" {failure[2]}" for failure in FAILURES],
)
def test_a_failure_is_one_json_value_on_stdout_or_lines_on_stderr_with_one_status(
    project: Project, prepare: Callable[[Project], None], arguments: list[str], status: int
) -> None:
    prepare(project)
    shown = project.run(*arguments)
    assert (shown.status, shown.stdout) == (status, "")
    assert "error: " in shown.stderr
    told = project.json(*arguments, status=status)
    assert told.stderr == ""
    assert set(told.json) == ENVELOPE
    assert (told.json["ok"], told.json["next"]) == (False, None)
    assert told.json["error"]["message"]
    assert told.json["error"]["hint"] or told.json["error"]["findings"]


def test_usage_errors_are_json_whichever_way_json_was_asked_for(project: Project) -> None:
    for arguments in (["--output=json"], ["-o", "json"], ["-ojson"]):
        ended = project.run("up", "--bogus", *arguments)
        assert (ended.status, ended.json["error"]["kind"]) == (2, "usage")
        assert "--bogus" in ended.json["error"]["message"]
    ended = project.run("up", "--bogus", environ={"FAASCTL_OUTPUT": "json"})
    assert ended.json["exit_code"] == 2


def test_a_misspelt_option_is_told_with_the_right_one(project: Project) -> None:
    ended = project.run("up", "--no-inputt")
    assert ended.status == 2
    assert "--no-input" in ended.stderr
    assert "faasctl up --help" in ended.stderr


def _cut(project: Project, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S602 - a pipe of the shell is what is tested
        f"set -o pipefail; {command}",
        shell=True,
        executable="/bin/bash",
        cwd=project.folder,
        env=project.environ,
        capture_output=True,
        text=True,
        timeout=30,
    )


@pytest.mark.parametrize("arguments", ["schema", "up --output json", "status", "invoke --message hi"])
def test_a_reader_who_leaves_early_sees_no_traceback(project: Project, arguments: str) -> None:
    import sys

    if arguments.startswith("invoke"):
        project.json("up")
    ended = _cut(project, f"{sys.executable} -m faasctl {arguments} | true")
    assert (ended.returncode, ended.stderr.count("Error")) == (0, 0), ended.stderr


def test_a_failure_keeps_its_status_when_nobody_reads_stdout(project: Project) -> None:
    import sys

    _throwing(project)
    assert _cut(project, f"{sys.executable} -m faasctl up --output json | true").returncode == 5


def test_a_run_goes_on_when_nobody_reads_stderr(project: Project) -> None:
    import sys

    assert _cut(project, f"{sys.executable} -m faasctl up 2>&1 >/dev/null | true").returncode == 0
    assert project.json("status").json["result"]["tested"] is True


def test_any_text_of_a_function_can_be_shown_in_any_encoding(project: Project) -> None:
    project.write("async function lambda() { return { messages: ['grüße 🤖 \\ud800'] }; }")
    for environ in ({"PYTHONIOENCODING": "utf-8"}, {"PYTHONIOENCODING": "ascii"}):
        assert project.run("up", environ=environ).status == 0
        ended = project.run("invoke", "--welcome", environ=environ)
        assert ended.status == 0
        assert "messages" in ended.stdout
        assert project.json("invoke", "--welcome", environ=environ).json["result"]["result"]


def test_text_without_a_terminal_holds_no_escape_codes(project: Project) -> None:
    runs = [
        project.run(*arguments, environ={"FORCE_COLOR": "1"}) for arguments in (["up"], ["status"], ["--help"])
    ]
    assert not any("\x1b" in run.stdout + run.stderr for run in runs)


def test_the_schema_is_json_schema_and_stands_in_the_envelope_too(project: Project) -> None:
    schema: Any = json.loads(project.run("schema").stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert project.json("schema").json["result"] == schema


def _in_a_shell(project: Project, arguments: str) -> subprocess.CompletedProcess[str]:
    import sys

    return _cut(project, f"{sys.executable} -m faasctl {arguments}")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("arguments", "status"),
    [("up", 0), ("status --output json", 0), ("--version", 0), ("up --help", 0), ("upp", 2)],
)
def test_streams_that_were_closed_beforehand_do_no_harm(
    project: Project, arguments: str, status: int, closed: str
) -> None:
    ended = _in_a_shell(project, f"{arguments} {closed}")
    assert (ended.returncode, ended.stderr.count("Traceback")) == (status, 0), ended.stderr


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is full")


@FULL
@pytest.mark.parametrize("arguments", ["status --output json", "schema", "--version", "up --help"])
def test_data_that_does_not_reach_stdout_is_a_failure_and_is_told(project: Project, arguments: str) -> None:
    ended = _in_a_shell(project, f"{arguments} >/dev/full")
    assert ended.returncode == ExitCode.USAGE
    assert "error: standard output cannot be written: No space left on device\n" in ended.stderr
    assert "Traceback" not in ended.stderr


@FULL
def test_a_run_goes_on_where_its_log_cannot_be_written(project: Project) -> None:
    assert _in_a_shell(project, "up 2>/dev/full").returncode == 0
    assert project.json("status").json["result"]["tested"] is True


def test_every_verb_takes_no_input(project: Project) -> None:
    from faasctl.cli.app import VERBS, load_verb

    for name in VERBS:
        command = load_verb(name)
        for each in getattr(command, "commands", {"": command}).values():
            assert "no_input" in [parameter.name for parameter in each.params], each.name
    assert project.run("plan", "--no-input").status == 0


def test_a_current_folder_that_is_gone_is_told(project: Project) -> None:
    import sys

    ended = _cut(project, f"mkdir gone; cd gone; rmdir ../gone; {sys.executable} -m faasctl emulator status")
    assert (ended.returncode, ended.stderr.splitlines()[-2:-1]) == (2, ["error: the current folder is gone"])
