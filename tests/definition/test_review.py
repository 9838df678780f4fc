"""A review of the code: what of it fails a definition, what is advice, and what the definition tells Node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faasctl.definition.load import load
from faasctl.errors import InvalidDefinition

if TYPE_CHECKING:
    from faasctl.definition.model import Definition
    from faasctl.javascript.inspector import Inspector
    from tests.definition.conftest import Project

V1_CODE = "function lambda(input, callback) {\n  callback(null, { messages: ['hello'] });\n}\n"
CALLING = "const https = require('https');\n" + V1_CODE.replace(
    "{\n", "{\n  https.get('https://a.example.com');\n", 1
)
INDEX = "functions/OrderBot/index.js"
V1 = "emulator: {platform: v1}\n"


def review(project: Project, inspector: Inspector, text: str, *, target: str | None = None) -> Definition:
    return load(project.write(text), environ={}, inspector=inspector, target=target, review=True)


def told(project: Project, inspector: Inspector, text: str, *, target: str | None = None) -> list[str]:
    """`severity rule` of everything that is found."""
    try:
        found = review(project, inspector, text, target=target).advice
    except InvalidDefinition as error:
        found = error.findings
    return [f"{finding.severity} {finding.rule}" for finding in found]


def test_advice_does_not_fail_a_definition_and_is_kept(project: Project, inspector: Inspector) -> None:
    path = project.write(
        "async function lambda(input) {\n  console.info(input);\n}\n", "functions/OrderBot/index.js"
    )
    (found,) = review(project, inspector, project.minimal).advice
    assert (found.file, found.line, found.column, found.rule) == (str(path), 1, 16, "no-answer")
    assert str(found).startswith(f"{path}:1:16: warning: ")


def test_advice_is_told_once_nothing_is_wrong(project: Project, inspector: Inspector) -> None:
    project.write("async function lambda() { console.table(1); }", INDEX)
    assert told(project, inspector, project.minimal) == ["error forbidden-console-method"]


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("console.table(1)", ["forbidden-console-method"]),
        ("eval('1')", ["forbidden-eval"]),
        ("await import('axios')", []),
        ("new Function('return 1')", []),
    ],
)
def test_without_a_review_what_is_refused_or_crashes_is_told_alone(
    project: Project, inspector: Inspector, body: str, rules: list[str]
) -> None:
    project.write(f"async function lambda() {{ {body} }}", INDEX)
    assert [found.rule for found in project.findings(project.minimal, inspector=inspector)] == rules


@pytest.mark.parametrize(
    ("target", "interface", "emulator", "expected"),
    [
        ("local", "", "", ["warning v1-style"]),
        ("local", "", V1, []),
        ("local", "", V1.replace("v1", "v2"), ["error v1-style"]),
        ("local", "v1", V1, []),
        ("local", "v1", "", ["warning interface-mismatch"]),
        ("cloud", "", "", ["warning v1-style"]),
        ("cloud", "", V1, ["warning v1-style"]),
        ("cloud", "v1", "", []),
        ("cloud", "v2", "", ["error v1-style"]),
    ],
)
def test_v1_code_is_held_against_the_account_that_it_is_for(
    project: Project, inspector: Inspector, target: str, interface: str, emulator: str, expected: list[str]
) -> None:
    project.write(V1_CODE, INDEX)
    text = project.minimal.replace(
        "index.js}", f"index.js, interface: {interface}}}" if interface else "index.js}"
    )
    assert told(project, inspector, text + emulator, target=target) == expected


@pytest.mark.parametrize(
    ("target", "domains", "expected"),
    [
        ("local", "", ["error host-not-allowed"]),
        ("local", ', allowed_domains: ["*.example.com"]', []),
        ("cloud", "", ["warning host-not-allowed"]),
        ("cloud", ", allowed_domains: [a.example.com]", []),
    ],
)
def test_hosts_are_held_against_the_definitions_list(
    project: Project, inspector: Inspector, target: str, domains: str, expected: list[str]
) -> None:
    project.write(CALLING, INDEX)
    text = project.minimal.replace("index.js}", "index.js, interface: v1}")
    text += f"emulator: {{platform: v1{domains}}}\n"
    assert told(project, inspector, text, target=target) == expected


def test_a_list_of_domains_is_of_no_use_in_v2(project: Project, inspector: Inspector) -> None:
    text = project.minimal + "emulator: {platform: v2, allowed_domains: [a.example.com]}\n"
    assert told(project, inspector, text) == ["warning not-for-v2"]


def test_an_error_hook_need_not_answer_and_a_pre_hook_gives_no_reply(
    project: Project, inspector: Inspector
) -> None:
    for role in ("Pre", "Post", "Error"):
        project.write("async function lambda() { console.info(1) }", f"functions/OrderBot{role}/index.js")
    hooks = ", ".join(
        f"{role.lower()}: {{name: OrderBot{role}, code: functions/OrderBot{role}/index.js}}"
        for role in ("Pre", "Post", "Error")
    )
    text = f"{project.minimal}hooks: {{{hooks}}}\n"
    assert told(project, inspector, text) == ["warning no-answer"] * 2
    for role in ("Pre", "Post", "Error"):
        project.write(
            f"async function lambda() {{ return {{ messages: ['{role}'] }} }}",
            f"functions/OrderBot{role}/index.js",
        )
    replies = review(project, inspector, text).replies
    assert [reply.value for reply in replies] == [{"messages": ["hello"]}, {"messages": ["Post"]}]


def test_a_broken_definition_is_reviewed_as_far_as_it_goes(project: Project, inspector: Inspector) -> None:
    project.write("async function lambda() { console.table(1); return 1 }", INDEX)
    text = (
        project.minimal.replace("target: local", "target: [x]") + "emulator: {allowed_domains: 7, platform: []}\n"
    )
    assert "error forbidden-console-method" in told(project, inspector, text)
