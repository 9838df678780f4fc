"""The 59 cases of third-party-bots §10: scenarios of tests/cases, or tests here that name their numbers."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.conversation.scenarios.load import load_scenarios, scenario_files
from faasctl.facts.connector_errors import TEST_CONNECTION

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project

CASES = Path(__file__).parents[1] / "cases"
NOT_SERVED = {
    57: "the vendor is Custom Endpoint, whose state this product does not ask for: it serves LivePerson Functions",
    58: "the vendor is Custom Endpoint, whose events this product does not send: it serves LivePerson Functions",
}


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """How each scenario ended, by its name; all are run once."""
    from tests.acceptance.conftest import _make_project

    project = _make_project(tmp_path_factory.mktemp("cases") / "bot")
    shutil.copytree(CASES, project.folder, dirs_exist_ok=True)
    told = project.json("test", "--seed", "1").json["result"]
    return {scenario["name"]: scenario for scenario in told["scenarios"]}


def _numbers(names: list[str]) -> set[int]:
    return {int(found[1]) for name in names if (found := re.match(r"(\d+): ", name))}


def test_every_case_is_a_scenario_a_test_here_or_not_served() -> None:
    names = [
        item.name for file in load_scenarios(scenario_files(CASES / "conversations")) for item in file.scenarios
    ]
    tests = {int(number) for name in globals() for number in re.findall(r"^test_case_(\d+)_", name)}
    assert _numbers(names) | tests | NOT_SERVED.keys() == set(range(1, 60))
    assert not _numbers(names) & NOT_SERVED.keys()


def test_all_scenarios_of_the_cases_pass(ended: dict[str, Any]) -> None:
    assert {name: scenario["status"] for name, scenario in ended.items()} == dict.fromkeys(ended, "passed")
    assert len(_numbers(list(ended))) == 53


def test_case_51_a_function_that_answers_passes_the_test_connection(project: Project) -> None:
    project.json("up")
    assert project.json("test-connection").json["result"]["test_connection"]["ok"] is True


@pytest.mark.parametrize(
    "break_it",
    [
        lambda project: None,
        lambda project: project.write("async function lambda() { throw new Error('no'); }"),
        lambda project: (
            project.define(emulator={"function_timeout": "1s"}),
            project.write("async function lambda() { await new Promise(() => setInterval(() => 0, 1000)); }"),
        ),
    ],
    ids=["not-deployed", "throws", "slow"],
)
def test_case_52_a_function_that_cannot_answer_fails_the_test_connection(
    project: Project, break_it: Callable[[Project], Any]
) -> None:
    deploys = break_it(project) is not None
    project.json("create")
    if deploys:
        project.json("deploy")
    failed = project.json("test-connection", status=5)
    assert failed.json["error"]["code"] == TEST_CONNECTION.code


def test_case_53_without_the_disclaimer_the_bot_does_not_start(project: Project) -> None:
    project.define(bot={"data_disclaimer": None})
    project.json("up", status=9)
    assert project.json("status").json["result"]["bot"]["state"] == "OFFLINE"


def test_case_54_a_bot_that_is_online_cannot_be_edited(emulator: Project) -> None:
    emulator.json("up")
    (bot,) = emulator.ask_emulator("GET", "/emulator/accounts/demo")["bots"]
    with pytest.raises(AssertionError, match="bot-online"):
        emulator.ask_emulator("PUT", f"/emulator/accounts/demo/bots/{bot['botId']}", {**bot, "name": "Other"})
