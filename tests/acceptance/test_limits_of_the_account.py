"""What a definition says of the local account's limits holds for the functions that run there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faasctl.exit_codes import ExitCode
from faasctl.facts.function_errors import EXECUTION_EXCEEDED

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project

V1 = """\
function lambda(input, callback) {
  console.info('x'.repeat(5500));
  callback(null, { messages: ['hi'] });
}
"""


SLOW = "async function lambda() { await new Promise((next) => setTimeout(next, 3000)); return 'late'; }"


def _check_the_time(project: Project) -> None:
    project.write(SLOW)
    project.define()
    for verb in ("create", "deploy"):
        assert project.run(verb).status == 0
    assert project.json("invoke", "--message", "hi").json["result"]["result"] == "late"
    project.define(emulator={"function_timeout": "1s"})
    error = project.json("invoke", "--message", "hi", status=ExitCode.FAILED).json["error"]
    assert EXECUTION_EXCEEDED.code in error["message"]
    assert "within 1 s" in error["message"]


def test_a_function_is_ended_after_the_time_that_the_definition_gives(project: Project) -> None:
    _check_the_time(project)


def test_a_running_emulator_takes_the_time_over_too(emulator: Project) -> None:
    _check_the_time(emulator)


@pytest.mark.parametrize(("loose", "status"), [(False, ExitCode.INVALID), (True, ExitCode.OK)])
def test_the_looser_limits_hold_in_the_definition_and_in_the_account(
    project: Project, loose: bool, status: ExitCode
) -> None:
    project.write(V1)
    project.define(function={"description": "d" * 200}, emulator={"platform": "v1", "loose_limits": loose})
    assert project.run("validate").status == status
    assert project.run("up").status == status
    if loose:
        logs = project.json("invoke", "--message", "hi").json["result"]["logs"]
        assert [(entry["level"], len(entry["message"])) for entry in logs] == [("Info", 5500)]
