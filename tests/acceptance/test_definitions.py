"""Mistakes in the definition and the code: exit 3, each with file, line and column; and nothing is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project

MISTAKEN = """\
version: 1
target: local
account: demo
functions: {}
function:
  name: Order-Bot
  code: functions/Missing/index.js
  environment:
    greeting: Hello
    OTHER: ${NOT_SET}
bot:
  name: Order bot
  agent: orderbot@example.com
  conversation: mesaging
  escalation: {skil: Human Agents}
  welcome_message: yes
test_connection: {timeout: soon}
"""
PLACES = {(4, 1), (6, 9), (7, 9), (9, 5), (10, 12), (14, 17), (15, 16), (16, 20), (17, 28)}


@pytest.mark.parametrize("verb", ["validate", "up"])
def test_every_mistake_is_found_in_one_pass_with_its_place(project: Project, verb: str) -> None:
    project.write(MISTAKEN, "bot.yaml")
    ended = project.json(verb, status=3)
    error = ended.json["error"]
    assert error["kind"] == "invalid-definition"
    assert {(finding["line"], finding["column"]) for finding in error["findings"]} >= PLACES
    assert {finding["file"] for finding in error["findings"]} == {"bot.yaml"}
    assert all(finding["rule"] and finding["message"] for finding in error["findings"])
    assert not (project.folder / ".faasctl").exists()


def test_mistakes_are_shown_as_file_line_and_column_with_suggestions(project: Project) -> None:
    project.write(MISTAKEN, "bot.yaml")
    ended = project.run("validate")
    assert (ended.status, ended.stdout) == (3, "")
    for line, column in PLACES:
        assert f"bot.yaml:{line}:{column}: " in ended.stderr
    assert "function" in ended.stderr
    assert "messaging" in ended.stderr


def test_a_syntax_error_in_the_code_is_told_with_its_place_in_the_code(project: Project) -> None:
    project.write("async function lambda(input) {\n  return { messages: ['a' };\n}\n")
    (finding,) = project.json("up", status=3).json["error"]["findings"]
    assert finding["file"].endswith("functions/OrderBot/index.js")
    assert (finding["line"], finding["rule"]) == (2, "syntax-error")


def test_code_without_lambda_and_a_crashing_console_method_are_told(project: Project) -> None:
    project.write("async function handler() {}\n")
    (finding,) = project.json("validate", status=3).json["error"]["findings"]
    assert "lambda" in finding["message"]
    project.write("async function lambda() {\n  console.table([1]);\n}\n")
    (finding,) = project.json("validate", status=3).json["error"]["findings"]
    assert (finding["line"], finding["column"]) == (2, 11)
    assert "console.table" in finding["message"]


def test_yaml_that_is_none_is_told_with_its_line(project: Project) -> None:
    project.write("version: 1\nbot: [unclosed\n", "bot.yaml")
    findings = project.json("validate", status=3).json["error"]["findings"]
    assert findings[0]["line"] >= 2


def test_a_valid_definition_is_said_to_be_one(project: Project) -> None:
    assert project.json("validate").json["result"] == {
        "valid": True,
        "functions": ["OrderBot"],
        "scenarios": 0,
    }
    ended = project.run("validate")
    assert ended.stdout == "bot.yaml is valid: OrderBot\n"


def test_an_unset_variable_stops_and_a_set_one_is_taken(project: Project) -> None:
    project.define(account="${LP_ACCOUNT_ID}")
    error = project.json("plan", status=3).json["error"]
    assert "LP_ACCOUNT_ID" in error["findings"][0]["message"]
    assert project.json("plan", environ={"LP_ACCOUNT_ID": "12345"}).json["account"] == "12345"
