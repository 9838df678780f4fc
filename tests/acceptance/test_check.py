"""`faasctl check`: documents by themselves, without a bot."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.conversation.documents import KINDS

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project

CARD: dict[str, Any] = {
    "type": "vertical",
    "elements": [{"type": "image", "url": "https://cdn.example.com/a.png"}],
}
QUICK: dict[str, Any] = {
    "type": "quickReplies",
    "itemsPerRow": 4,
    "replies": [
        {"type": "button", "title": "x" * 21, "click": {"actions": [{"type": "publishText", "text": "x"}]}}
    ],
}
PREFIX = "com.liveperson.bot-connectors-worker.error."


def _file(project: Project, document: Any, name: str = "document.json") -> str:
    project.write(json.dumps(document), name)
    return name


def test_sound_documents_of_every_kind_need_no_definition(project: Project) -> None:
    documents = {
        "reply": {"messages": ["x"]},
        "rich-content": CARD,
        "quick-replies": QUICK,
        "metadata": [{"type": "ExternalId", "id": "x"}],
    }
    names = [_file(project, document, f"{kind}.json") for kind, document in documents.items()]
    ended = project.run("check", *names)
    assert (ended.status, ended.stdout, ended.stderr) == (
        0,
        "",
        f"4 documents checked (as {', '.join(KINDS)}): sound\n",
    )
    told = project.run("check", *names, "--output", "json").json["result"]["documents"]
    assert [item["kind"] for item in told] == list(KINDS)
    assert all(item["valid"] and item["problems"] == [] for item in told)


def test_every_problem_is_a_line_with_place_rule_codes_and_effect(project: Project) -> None:
    name = _file(project, {"messages": ["a", {"delay": 1.5}, {"structuredContent": {**CARD, "x": 1}}]})
    ended = project.run("check", name)
    delay = "wrong-type; liveperson-functions-invalid-body; message dropped"
    codes = f"{PREFIX}connector.messaging.send-message; common-invalid-structured-content-body"
    card = f"unknown-key; {codes}; escalation"
    assert ended.status == 3
    assert ended.stdout.splitlines() == [
        f"document.json: messages[1].delay: 1.5 is not a whole number ({delay})",
        f"document.json: messages[2].structuredContent: there may be no x here ({card})",
    ]
    assert ended.stderr == "error: 1 of 1 document has problems (as reply)\n"


def test_json_tells_the_same(project: Project) -> None:
    ended = project.run("check", _file(project, {}), "--output", "json")
    assert ended.status == ended.json["exit_code"] == 3
    assert ended.json["error"]["kind"] == "invalid-document"
    assert ended.json["result"]["documents"] == [
        {
            "file": "document.json",
            "line": None,
            "kind": "reply",
            "valid": False,
            "problems": [
                {
                    "path": "",
                    "rule": "nothing-to-say",
                    "message": "no messages, and no action",
                    "severity": "error",
                    "code": f"{PREFIX}pipes.verify-ai-response.missing-action-and-messages",
                    "tester_code": "common-invalid-parsed-response",
                    "effect": "escalation",
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    ("channel", "status"), [("web", 0), ("whatsapp", 3), ("appleBusinessChat", 3), ("LINE", 0)]
)
def test_a_channel_has_limits_of_its_own(project: Project, channel: str, status: int) -> None:
    assert project.run("check", _file(project, QUICK), "--channel", channel).status == status


def test_a_chat_takes_no_quick_replies(project: Project) -> None:
    ended = project.run("check", _file(project, QUICK), "--conversation", "chat")
    assert ended.status == 3
    assert "quick-replies-not-supported; common-no-quick-replies-support-chat; escalation)" in ended.stdout


def test_a_kind_that_is_given_is_not_guessed(project: Project) -> None:
    assert project.run("check", _file(project, CARD), "--kind", "reply").status == 3


def test_warnings_leave_the_exit_status_alone(project: Project) -> None:
    ended = project.run("check", _file(project, {**QUICK, "itemsPerRow": 9}))
    assert ended.status == 0
    assert ended.stdout == "document.json: itemsPerRow: warning: 9 is not between 1 and 8 (items-per-row)\n"
    assert ended.stderr == "1 document checked (as quick-replies): sound, with 1 warning\n"


def test_the_verdict_stands_below_the_warnings(project: Project) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "faasctl", "check", _file(project, {**QUICK, "itemsPerRow": 9})],
        cwd=project.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    assert [line.split(":")[0] for line in ended.stdout.splitlines()] == [
        "document.json",
        "1 document checked (as quick-replies)",
    ]


def test_a_definition_says_which_hosts_images_come_from_and_which_skills_there_are(project: Project) -> None:
    project.define(emulator={"image_hosts": ["images.example.com"]})
    transfer = {"context": {"action": "TRANSFER", "actionParameters": {"skill": "Nobody"}}}
    names = [_file(project, CARD, "card.json"), _file(project, transfer, "transfer.json")]
    assert project.run("check", *names).status == 0
    ended = project.run("check", *names, "--file", "bot.yaml")
    assert ended.status == 3
    card, skill = ended.stdout.splitlines()
    assert "elements[0].url: the account's list of image hosts does not hold cdn.example.com (image-host;" in card
    assert "context.actionParameters.skill: the account has no skill Nobody (unknown-skill;" in skill


def test_a_line_of_ndjson_is_a_document(project: Project) -> None:
    project.write('{"messages": ["x"]}\n{}\n', "replies.ndjson")
    ended = project.run("check", "replies.ndjson")
    assert ended.status == 3
    assert ended.stdout.startswith("replies.ndjson:2: no messages, and no action (")


def test_a_problem_of_every_line_is_told(project: Project) -> None:
    project.write('{"messages": ["x"]}\n{"messages": [}\n{"messages": [7]}\n', "replies.ndjson")
    ended = project.run("check", "replies.ndjson")
    assert ended.status == 3
    second, third = ended.stdout.splitlines()[:2]
    assert second == "replies.ndjson:2:15: it is not JSON: a value is missing here (json-syntax)"
    assert third.startswith("replies.ndjson:3: messages[0]: 7 is not text or an object (")
    assert ended.stderr == "error: 2 of 3 documents have problems (as reply)\n"


def test_standard_input_is_read() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "faasctl", "check", "-"],
        input=json.dumps({"messages": ["\ud83d\ude42"]}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "")


def test_bad_json_is_told_with_line_and_column_and_the_other_files_are_checked(project: Project) -> None:
    project.write('{"messages":\n  [x]}', "bad.json")
    ended = project.run("check", "bad.json", _file(project, {}))
    assert ended.status == 3
    first, second = ended.stdout.splitlines()
    assert first.startswith("bad.json:2:4: it is not JSON: ")
    assert first.endswith(" (json-syntax)")
    assert second.startswith("document.json: no messages")
    told = project.run("check", "bad.json", "--output", "json").json["result"]["documents"]
    assert told[0]["line"] == 2
    assert told[0]["problems"][0]["column"] == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("missing.json",), "cannot read missing.json"),
        (("",), "the name of a file is empty"),
        (("latin.json",), "it is not UTF-8 text"),
        (("document.json", "--channel", "fax"), "no channel 'fax'; there are web, facebook"),
        (("document.json", "--kind", "poem"), "poem"),
        ((), "FILE"),
    ],
)
def test_what_cannot_be_read_or_does_not_exist_is_a_usage_error(
    project: Project, arguments: tuple[str, ...], said: str
) -> None:
    _file(project, CARD)
    Path(project.folder, "latin.json").write_bytes(b'"\xe4"')
    ended = project.run("check", *arguments)
    assert ended.status == 2
    assert said in ended.stderr


def test_control_characters_do_not_reach_the_terminal(project: Project) -> None:
    ended = project.run("check", _file(project, {"messages": ["x"], "context": {"action": "\x1b[31m\n"}}))
    assert ended.status == 3
    assert "\x1b" not in ended.stdout
    assert len(ended.stdout.splitlines()) == 1
