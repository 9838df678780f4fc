"""Keys and types, and what is suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.definition.conftest import Project


@pytest.mark.parametrize(
    ("key", "line", "suggestion"),
    [
        ("version", 1, "add for example version: 1"),
        ("target", 1, "add for example target: local"),
        ("account", 1, "add for example account: 12345678"),
    ],
)
def test_a_missing_key_at_the_top_is_named_with_an_example(
    project: Project, key: str, line: int, suggestion: str
) -> None:
    text = "\n".join(row for row in project.minimal.splitlines() if not row.startswith(key))
    finding = project.the_finding(text)
    assert (finding.rule, finding.line, finding.column) == ("missing-key", line, 1)
    assert finding.suggestion == suggestion


def test_a_missing_key_further_down_is_shown_at_the_key_above_it(project: Project) -> None:
    finding = project.the_finding(project.minimal.replace("  agent: orderbot@example.com\n", ""))
    assert (finding.rule, finding.line, finding.column) == ("missing-key", 5, 1)
    assert finding.message == "bot needs the key agent"


def test_a_mistyped_key_is_not_reported_as_missing_too(project: Project) -> None:
    finding = project.the_finding(project.minimal.replace("agent:", "agnet:"))
    assert (finding.rule, finding.suggestion) == ("unknown-key", "did you mean agent?")


def test_an_unknown_key_like_no_other_lists_what_is_known(project: Project) -> None:
    text = project.minimal + "test_connection: {zzz: 1}\n"
    assert project.the_finding(text).suggestion == "known here: budget, timeout"


def test_a_key_that_is_given_already_is_not_suggested(project: Project) -> None:
    finding = project.the_finding(project.minimal.replace("  agent:", "  agents: x\n  agent:"))
    assert (finding.rule, finding.line) == ("unknown-key", 7)
    assert finding.suggestion != "did you mean agent?"


@pytest.mark.parametrize(
    ("line", "rule", "suggestion"),
    [
        ("protected: 1", "wrong-type", None),
        ('protected: "False"', "wrong-type", "remove the quotes"),
        ("hooks: []", "wrong-type", None),
        ("hooks:", "wrong-type", "give it a value, or remove the key"),
        ("conversations: 5", "wrong-type", 'write "5" with quotes'),
        ("emulator: {skills: Human Agents}", "wrong-type", "write [Human Agents]"),
        ("emulator: {skills: [Human Agents, 5]}", "wrong-type", 'write "5" with quotes'),
        ("emulator: {deploy_delay: -1}", "bad-duration", None),
        ("emulator: {deploy_delay: 100000}", "bad-duration", None),
        ("emulator: {deploy_delay: 25h}", "bad-duration", None),
        ("emulator: {deploy_delay: 1 week}", "bad-duration", None),
        ("emulator: {deploy_delay: .inf}", "bad-duration", None),
        ("emulator: {image_hosts: [cdn.example.com:443]}", "bad-format", "write cdn.example.com"),
        ("emulator: {image_hosts: ['*']}", "bad-format", None),
    ],
)
def test_a_value_that_does_not_fit_is_reported_once(
    project: Project, line: str, rule: str, suggestion: str | None
) -> None:
    finding = project.the_finding(f"{project.minimal}{line}\n")
    assert (finding.rule, finding.line) == (rule, 9)
    assert (finding.suggestion or "").startswith(suggestion or "")


def test_a_number_in_quotes_loses_them(project: Project) -> None:
    finding = project.the_finding(project.minimal.replace("version: 1", 'version: "1"'))
    assert (finding.rule, finding.suggestion) == ("wrong-type", "remove the quotes")


@pytest.mark.parametrize(
    ("variables", "rule"),
    [
        ("{" + ", ".join(f"V{n}: x" for n in range(513)) + "}", "too-many"),
        ("{" + "A" * 201 + ": x}", "too-long"),
        ("{A: " + "x" * 1025 + "}", "too-long"),
        ('{A: "x\\0y"}', "bad-format"),
        ("{1A: x}", "bad-name"),
        ("{ä: x}", "bad-name"),
        ("{A: [x]}", "wrong-type"),
        ("{A: }", "wrong-type"),
    ],
)
def test_an_environment_keeps_to_the_limits_of_the_platform(project: Project, variables: str, rule: str) -> None:
    text = project.minimal.replace("index.js}", f"index.js, environment: {variables}}}")
    finding = project.the_finding(text)
    assert (finding.rule, finding.line) == (rule, 4)


@pytest.mark.parametrize(
    ("name", "rule"), [("Order-Bot", "bad-name"), ("O" * 51, "too-long"), ("Bestellübot", "bad-name")]
)
def test_a_function_name_keeps_to_the_rules_of_the_platform(project: Project, name: str, rule: str) -> None:
    assert project.the_finding(project.minimal.replace("OrderBot,", f"{name},")).rule == rule


def test_a_blank_description_is_refused(project: Project) -> None:
    text = project.minimal.replace("index.js}", "index.js, description: ' '}")
    assert project.the_finding(text).rule == "bad-format"


def test_a_message_stays_short_and_on_one_line(project: Project) -> None:
    text = project.minimal.replace("target: local", 'target: "' + "a\\n" * 500 + '"')
    finding = project.the_finding(text)
    assert len(finding.message) < 120
    assert "\n" not in finding.message


@pytest.mark.parametrize("name", ["0", "01", "", "-1", "a/b", "a~1b"])
def test_a_key_that_looks_like_a_place_in_a_list_is_a_key(project: Project, name: str) -> None:
    text = project.minimal.replace("index.js}", f'index.js, environment: {{"{name}": [no, text]}}}}')
    finding = project.the_finding(text)
    assert (finding.rule, finding.line) == ("wrong-type", 4)
    assert finding.column == text.splitlines()[3].index("[no") + 1
