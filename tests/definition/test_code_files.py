"""Code files and lpf project folders."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from faasctl.javascript.inspector import Inspector
    from tests.definition.conftest import Project


def test_a_folder_stands_for_its_index_js(project: Project) -> None:
    definition = project.load(project.minimal.replace("/index.js", ""))
    assert definition.function.code_path == project.folder / "functions/OrderBot/index.js"


def test_code_may_lie_outside_of_the_folder(project: Project) -> None:
    outside = project.folder.parent / f"{project.folder.name}-outside.js"
    outside.write_text(project.code)
    text = project.minimal.replace("functions/OrderBot/index.js", f"../{outside.name}")
    assert project.load(text).function.code_path == outside


def test_code_is_kept_byte_for_byte_but_for_a_byte_order_mark(project: Project) -> None:
    project.write(b"\xef\xbb\xbf" + b"const a = '\xc3\xa9';\r\n", "functions/OrderBot/index.js")
    assert project.load(project.minimal).function.code == "const a = 'é';\r\n"


@pytest.mark.parametrize(
    ("named", "rule", "suggestion"),
    [
        ("functions/OrderBot/indexx.js", "missing-file", "did you mean index.js?"),
        ("functions/Orderbot/index.js", "missing-file", "did you mean OrderBot?"),
        ("conversations", "missing-file", "paths are relative to the definition's folder"),
        ("/dev/null", "missing-file", "name a JavaScript file"),
        ('"a\\0b"', "missing-file", None),
        ("x" * 300, "unreadable-file", None),
    ],
)
def test_a_code_file_that_is_not_there(project: Project, named: str, rule: str, suggestion: str | None) -> None:
    finding = project.the_finding(project.minimal.replace("functions/OrderBot/index.js", named))
    assert (finding.rule, finding.line, finding.column) == (rule, 4, 34)
    assert suggestion is None or finding.suggestion == suggestion


def test_a_pipe_is_no_code_file(project: Project) -> None:
    os.mkfifo(project.folder / "pipe.js")
    assert project.the_finding(project.minimal.replace("functions/OrderBot/index.js", "pipe.js")).rule == (
        "missing-file"
    )


@pytest.mark.parametrize(
    ("code", "rule", "line"),
    [
        (b"", "code-empty", 1),
        (b" \n\t", "code-empty", 1),
        (b"//\n//\xff", "not-utf-8", 2),
        (b"/" * 100_001, "code-too-long", 1),
        (b"/" * 500_000, "code-too-long", 1),
    ],
)
def test_code_that_cannot_be_sent_is_reported_in_its_own_file(
    project: Project, code: bytes, rule: str, line: int
) -> None:
    path = project.write(code, "functions/OrderBot/index.js")
    finding = project.the_finding(project.minimal)
    assert (finding.rule, finding.file, finding.line) == (rule, str(path), line)


def test_as_much_code_as_the_platform_takes_is_taken(project: Project) -> None:
    project.write("/" * 99_998 + "é\n", "functions/OrderBot/index.js")
    assert len(project.load(project.minimal).function.code) == 100_000


def test_the_account_that_runs_it_decides_what_is_allowed(project: Project, inspector: Inspector) -> None:
    code = "function lambda(input, callback) { console.log('x'); callback(null, {}); }"
    project.write(code, "functions/OrderBot/index.js")
    text = project.minimal.replace("index.js}", "index.js, interface: v1}")
    assert project.load(text, inspector=inspector).function.interface == "v1"
    text += "emulator: {platform: v1}\n"
    assert [f.rule for f in project.findings(text, inspector=inspector)] == ["forbidden-console-method"]


def test_code_that_is_right_has_no_findings(project: Project, inspector: Inspector) -> None:
    assert project.load(project.minimal, inspector=inspector).function.code == project.code


@pytest.mark.parametrize(
    ("variables", "environment"),
    [
        ({"GREETING": "Hello", "B": ""}, {"GREETING": "Hello", "B": ""}),
        ([{"key": "GREETING", "value": "Hello"}], {"GREETING": "Hello"}),
        ({"key": "value"}, {}),
        ([{"key": "", "value": ""}], {}),
        ({}, {}),
        ([], {}),
        (None, {}),
    ],
)
def test_an_lpf_project_folder_works_unchanged(
    project: Project, variables: object, environment: dict[str, str]
) -> None:
    config = {
        "name": "OrderBot",
        "event": "bot_connectors_custom_integration",
        "description": "From lpf",
        "input": {"headers": [], "payload": {}},
        "environmentVariables": variables,
    }
    project.write(json.dumps(config), "functions/OrderBot/config.json")
    function = project.load(project.minimal).function
    assert function.environment == environment
    assert function.description == "From lpf"


def test_a_config_of_lpf_keeps_to_v1_s_limits_where_the_account_is_v1(project: Project) -> None:
    config = {"description": "d" * 150, "environmentVariables": {"A": "x" * 201}}
    project.write(json.dumps(config), "functions/OrderBot/config.json")
    assert project.findings(project.minimal) == []
    on_v1 = f"{project.minimal}emulator: {{platform: v1}}\n"
    assert [finding.rule for finding in project.findings(on_v1)] == ["too-long", "too-long"]
    loosely = on_v1.replace("v1", "v1, loose_limits: true")
    assert [finding.message[:5] for finding in project.findings(loosely)] == ["A has"]


def test_the_definition_stands_above_the_config_of_lpf(project: Project) -> None:
    config = {"description": "From lpf", "environmentVariables": {"A": "lpf", "lower": "x"}}
    project.write(json.dumps(config), "functions/OrderBot/config.json")
    text = project.minimal.replace("index.js}", "index.js, description: Ours, environment: {A: ours}}")
    function = project.load(text).function
    assert function.environment == {"A": "ours"}
    assert function.description == "Ours"


@pytest.mark.parametrize(
    ("config", "rule", "line"),
    [
        ("{\n  nope", "bad-config", 2),
        ("[]", "bad-config", 1),
        ("[" * 100_000, "bad-config", 1),
        ('{"environmentVariables": 5}', "bad-config", 1),
        ('{"environmentVariables": {"A": 5}}', "bad-config", 1),
        ('{"environmentVariables": [{"name": "A"}]}', "bad-config", 1),
        (b"{\xff", "not-utf-8", 1),
        ('{"environmentVariables": {"lower": "x"}}', "bad-name", 1),
        ('{"environmentVariables": {"NODE_ENV": "x"}}', "reserved-name", 1),
        ('{"environmentVariables": {"A": "' + "x" * 1025 + '"}}', "too-long", 1),
        ('{"description": "' + "x" * 201 + '"}', "too-long", 1),
    ],
)
def test_a_config_of_lpf_that_is_wrong_is_reported_in_its_own_file(
    project: Project, config: str | bytes, rule: str, line: int
) -> None:
    path = project.write(config, "functions/OrderBot/config.json")
    finding = project.the_finding(project.minimal)
    assert (finding.rule, finding.file, finding.line) == (rule, str(path), line)
