"""`faasctl validate` reads the code: mistakes fail it, and advice does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project


def test_advice_is_shown_and_leaves_the_status_as_it_is(project: Project) -> None:
    project.write("async function lambda(input) {\n  console.info(input);\n}\n")
    ended = project.run("validate")
    assert (ended.status, ended.stdout) == (0, "bot.yaml is valid, with 1 warning: OrderBot\n")
    assert "functions/OrderBot/index.js:1:16: warning: lambda returns nothing" in ended.stderr
    (warning,) = project.json("validate").json["result"]["warnings"]
    assert (warning["rule"], warning["severity"], warning["line"]) == ("no-answer", "warning", 1)


def test_v1_code_is_told_what_to_change_before_it_is_sent(project: Project) -> None:
    project.write("function lambda(input, callback) {\n  callback(null, { messages: ['a'] });\n}\n")
    (advice,) = project.json("validate").json["result"]["warnings"]
    assert advice["rule"] == "v1-style"
    project.define(emulator={"platform": "v2"})
    (finding,) = project.json("validate", status=3).json["error"]["findings"]
    assert (finding["rule"], finding["line"], finding["column"]) == ("v1-style", 1, 24)
    assert "async function lambda(input)" in finding["suggestion"]
    project.define(emulator={"platform": "v1"})
    assert project.run("validate").status == 0


def test_a_reply_that_the_connector_would_not_read_is_told_at_its_place(project: Project) -> None:
    code = "async function lambda(input) {\n  return { messages: ['a', { delay: '3' }], context: {} };\n}\n"
    project.write(code)
    findings = project.json("validate", status=3).json["error"]["findings"]
    assert {(finding["rule"], finding["line"], finding["column"]) for finding in findings} == {
        ("unreadable-reply", 2, 10)
    }
    assert "messages[1].delay" in findings[0]["message"]
    project.write(code.replace("'3'", "3"))
    assert project.run("validate").status == 0
    project.write("async function lambda() {\n  return { messages: 'a' };\n}\n")
    findings = project.json("validate", status=3).json["error"]["findings"]
    assert {finding["rule"] for finding in findings} == {"unreadable-reply"}


def test_a_part_of_a_reply_that_has_no_effect_is_a_warning_at_its_place(project: Project) -> None:
    project.write("async function lambda() {\n  return { messages: ['a'], action: 'CLOSE_CONVERSATION' };\n}\n")
    (warning,) = project.json("validate").json["result"]["warnings"]
    assert (warning["rule"], warning["line"], warning["column"]) == ("unreadable-reply", 2, 10)
    assert warning["message"].endswith("action: the connector looks for action in context, and not here")


def test_a_module_that_the_platform_lacks_and_eval_are_mistakes(project: Project) -> None:
    project.write("import axios from 'axios';\nasync function lambda() {\n  return eval('axios');\n}\n")
    findings = project.json("validate", status=3).json["error"]["findings"]
    assert [(finding["rule"], finding["line"]) for finding in findings] == [
        ("module-not-available", 1),
        ("forbidden-eval", 3),
    ]
