"""Where settings come from, where the program can run, and what this machine may lack."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import pytest

from faasctl.rollout.changes import STEPS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.conftest import Project


def test_the_cloud_without_credentials_ends_with_four_and_never_falls_back(project: Project) -> None:
    for verb in ("up", "status", "test-connection"):
        ended = project.json(verb, "--target", "cloud", status=4)
        assert ended.json["error"]["kind"] == "not-signed-in"
        assert "FAASCTL_TOKEN" in ended.json["error"]["hint"]
        assert ended.json["target"] == "cloud"
    assert not (project.folder / ".faasctl" / "emulator").exists()
    project.define(target="cloud", account="12345678")
    assert project.run("up").status == 4


def test_settings_come_from_the_environment_and_options_stand_above_them(project: Project, tmp_path: Path) -> None:
    environ = {"FAASCTL_FILE": str(project.folder / "bot.yaml"), "FAASCTL_OUTPUT": "json"}
    ended = project.run("up", environ=environ, cwd=tmp_path)
    assert (ended.status, ended.json["verb"]) == (0, "up")
    assert ended.json["definition"] == str(project.folder / "bot.yaml")
    ended = project.run("status", environ={**environ, "FAASCTL_TARGET": "cloud"}, cwd=tmp_path)
    assert (ended.status, ended.json["target"]) == (4, "cloud")
    ended = project.run("plan", "--target", "local", "-o", "text", environ={**environ, "FAASCTL_TARGET": "cloud"})
    assert (ended.status, ended.stdout) == (0, "nothing to change\n")
    project.define(emulator={"deploy_delay": "2s"}, function={"environment": {"GREETING": "x"}})
    assert project.run("deploy", environ={"FAASCTL_TIMEOUT": "bad"}).status == 2
    project.json("create")
    assert project.run("deploy", environ={"FAASCTL_TIMEOUT": "100ms"}).status == 7


def test_any_folder_and_any_path_will_do(tmp_path: Path, make_project: Callable[[Path], Project]) -> None:
    project = make_project(tmp_path / "my bots ünïcødé 🤖" / "order 'bot'")
    project.define(bot={"name": "Ördér bot 🤖"}, function={"description": "Antwortet auf „Fragen“"})
    definition = str(project.folder / "bot.yaml")
    assert project.json("up", "--file", definition, cwd=tmp_path).steps == dict.fromkeys(STEPS, "done")
    shown = project.run("status", "--file", definition, cwd=tmp_path)
    assert "Ördér bot 🤖" in shown.stdout
    nested = project.folder / "functions"
    assert project.json("up", "--file", "../bot.yaml", cwd=nested).steps == dict.fromkeys(STEPS, "skipped")
    assert not (nested / ".faasctl").exists()


def test_two_definitions_in_one_folder_live_side_by_side(project: Project) -> None:
    project.json("up")
    other = project.define(
        function={"name": "OtherBot"}, bot={"name": "Other bot", "agent": "other@example.com"}
    ).rename(project.folder / "other.yaml")
    project.define()
    assert project.json("up", "--file", other.name).steps == dict.fromkeys(STEPS, "done")
    assert project.json("up", "--file", other.name).steps == dict.fromkeys(STEPS, "skipped")
    assert project.json("up").steps == dict.fromkeys(STEPS, "skipped")


def _obey_permissions() -> None:
    """In the child: takes from root what lets it write where nobody may."""
    if os.geteuid() == 0 and sys.platform == "linux":
        libc = ctypes.CDLL(None)
        for capability in (1, 2, 3):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
            libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.fixture
def read_only(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """The project, in a folder where its programs may not write."""
    start = partial(subprocess.Popen, preexec_fn=_obey_permissions)
    monkeypatch.setattr(subprocess, "Popen", start)
    project.folder.chmod(0o555)
    yield project
    project.folder.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_a_clear_error(read_only: Project) -> None:
    for arguments in (["up"], ["status"], ["emulator", "start"], ["init", "NewBot", "--folder", "new"]):
        ended = read_only.run(*arguments, "--output", "json")
        assert ended.status in (2, 6)
        assert "ermission denied" in ended.json["error"]["message"], arguments


def test_a_file_where_the_state_folder_should_be_is_a_clear_error(project: Project) -> None:
    (project.folder / ".faasctl").write_text("")
    error = project.json("up", status=2).json["error"]
    assert ".faasctl" in error["message"]


@pytest.mark.parametrize("verb", ["validate", "up"])
def test_without_node_the_program_says_what_to_install(project: Project, verb: str) -> None:
    error = project.json(verb, status=2, environ={"FAASCTL_NODE": "/nonexistent/node"}).json["error"]
    assert error["kind"] == "prerequisite-missing"
    assert "/nonexistent/node" in error["message"]
    assert "Node 20" in error["hint"]


def test_verbs_that_need_no_node_work_without(project: Project) -> None:
    environ = {"FAASCTL_NODE": "/nonexistent/node"}
    for verb in ("status", "schema"):
        project.json(verb, environ=environ)
    project.json("emulator", "status", environ=environ)


def test_a_node_that_is_too_old_is_refused_with_its_version(project: Project) -> None:
    old = project.write("#!/bin/sh\necho v18.0.0\n", "old-node")
    old.chmod(0o755)
    error = project.json("up", status=2, environ={"FAASCTL_NODE": str(old)}).json["error"]
    assert error["kind"] == "prerequisite-missing"
    assert "v18.0.0" in error["message"]
    assert "faasctl[node]" in error["hint"]


def test_a_definition_that_is_not_there_is_told_with_what_to_do(project: Project) -> None:
    error = project.json("up", "--file", "nowhere.yaml", status=2).json["error"]
    assert "nowhere.yaml" in error["message"]
    assert "faasctl init" in error["hint"]
