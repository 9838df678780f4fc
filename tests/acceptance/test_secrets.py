"""A secret reaches the function, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project

SECRET = 'hunter2-"quoted"-ünd-more'
ENVIRON = {"FAASCTL_SECRET_ORDER_API_KEY": SECRET}


@pytest.fixture
def secretive(project: Project) -> Project:
    project.define(function={"environment": {"ORDER_API_KEY": "${secret:order-api-key}"}})
    project.write(
        "async function lambda() {\n"
        "  console.info('the key is', process.env.ORDER_API_KEY);\n"
        "  return { messages: [process.env.ORDER_API_KEY, String(process.env.ORDER_API_KEY.length)] };\n"
        "}\n"
    )
    return project


def test_a_secret_reaches_the_function_and_no_output(secretive: Project) -> None:
    runs = [
        secretive.run(*command.split(), environ=ENVIRON)
        for command in (
            "plan -o json",
            "up",
            "status",
            "invoke --welcome",
            "invoke --welcome -o json",
            "up -o json",
        )
    ]
    assert {run.status for run in runs} == {0}
    for run in runs:
        for form in (SECRET, "hunter2", SECRET.encode("unicode_escape").decode()):
            assert form not in run.stdout + run.stderr, run.arguments
    answer = runs[4].json["result"]
    assert answer["result"] == {"messages": ["***", str(len(SECRET))]}
    assert answer["logs"]


def test_a_secret_is_not_in_the_journal_and_the_files_beside_it(secretive: Project) -> None:
    assert secretive.run("up", environ=ENVIRON).status == 0
    beside = [path for path in (secretive.folder / ".faasctl").iterdir() if path.is_file()]
    assert any(path.suffix == ".journal" for path in beside)
    for path in beside:
        assert b"hunter2" not in path.read_bytes()
    assert (secretive.folder / ".faasctl").stat().st_mode & 0o077 == 0


def test_a_changed_secret_is_a_change_of_its_variable_by_name_alone(secretive: Project) -> None:
    assert secretive.run("up", environ=ENVIRON).status == 0
    ended = secretive.json("plan", environ={"FAASCTL_SECRET_ORDER_API_KEY": "another-secret"})
    assert ended.json["result"]["changes"][0]["parts"] == ["environment.ORDER_API_KEY"]
    assert "another-secret" not in ended.stdout
    assert "hunter2" not in ended.stdout


def test_a_missing_secret_ends_with_four_and_names_its_variable(secretive: Project) -> None:
    for verb in ("up", "plan"):
        error = secretive.json(verb, status=4).json["error"]
        assert "order-api-key" in error["message"]
        assert "FAASCTL_SECRET_ORDER_API_KEY" in error["hint"]
    assert secretive.json("validate").json["ok"] is True


def test_a_secret_in_what_a_function_throws_is_masked(secretive: Project) -> None:
    secretive.write("async function lambda() { throw new Error('key ' + process.env.ORDER_API_KEY); }")
    for output in ([], ["--output", "json"]):
        ended = secretive.run("up", *output, environ=ENVIRON)
        assert ended.status == 5
        assert "key ***" in ended.stdout + ended.stderr
        assert "hunter2" not in ended.stdout + ended.stderr
