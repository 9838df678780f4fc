"""The consent to the data disclaimer is a person's decision: given, asked for, or missing."""

from __future__ import annotations

import json
import signal
from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project

NO_CONSENT = {"data_disclaimer": None}


@pytest.fixture
def undecided(project: Project) -> Project:
    project.define(bot=NO_CONSENT)
    return project


def test_without_consent_up_stops_with_the_bot_saved_as_a_draft(undecided: Project) -> None:
    ended = undecided.json("up", status=9)
    assert ended.json["error"]["kind"] == "consent-needed"
    assert "--accept-data-disclaimer" in ended.json["error"]["hint"]
    assert ended.steps == {"create": "done", "deploy": "done", "attach": "done", "accept-disclaimer": "failed"}
    bot = undecided.json("status").json["result"]["bot"]
    assert (bot["state"], bot["draft"], bot["disclaimer"]) == ("OFFLINE", True, None)
    text = undecided.run("status").stdout
    assert "draft" in text
    assert "not accepted" in text


def test_without_consent_accept_disclaimer_itself_exits_with_nine(undecided: Project) -> None:
    undecided.json("create")
    undecided.json("attach")
    assert undecided.json("accept-disclaimer", "--no-input", status=9).json["error"]["kind"] == "consent-needed"


def test_consent_from_the_command_line_is_stored_with_name_and_day(undecided: Project) -> None:
    first = date.today()  # noqa: DTZ011 - the day of the person's own calendar
    undecided.json("up", "--accept-data-disclaimer", "--accepted-by", "Jane Doe")
    given = undecided.json("status").json["result"]["bot"]["disclaimer"]
    assert given["accepted_by"] == "Jane Doe"
    assert first.isoformat() <= given["accepted_on"] <= date.today().isoformat()  # noqa: DTZ011
    assert given["recorded_at"].startswith("20")
    assert "accepted by Jane Doe on " in undecided.run("status").stdout
    assert undecided.json("up").steps["accept-disclaimer"] == "skipped"


def test_consent_in_the_definition_is_stored_as_it_stands(project: Project) -> None:
    project.json("up")
    given = project.json("status").json["result"]["bot"]["disclaimer"]
    assert (given["accepted_by"], given["accepted_on"]) == ("jane@example.com", "2026-11-20")


def test_consent_before_the_deployment_leaves_the_bot_offline_until_up_ends_it(project: Project) -> None:
    project.json("create")
    project.json("attach")
    step = project.json("accept-disclaimer").json["result"]["steps"][0]
    assert "stays offline until `faasctl deploy`" in step["text"]
    bot = project.json("status").json["result"]["bot"]
    assert (bot["state"], bot["draft"]) == ("OFFLINE", False)
    project.json("up")
    assert project.json("status").json["result"]["bot"]["state"] == "ONLINE"


def test_a_person_at_a_terminal_is_asked_and_agrees(undecided: Project) -> None:
    with undecided.at_a_terminal("up", stdout=False) as terminal:
        terminal.wait_for("Do you agree to the Data Disclaimer?")
        terminal.type("y\n")
        terminal.wait_for("Your name or e-mail")
        terminal.type("jane at the terminal\n")
        assert (terminal.end(), terminal.stdout) == (0, "")
    given = undecided.json("status").json["result"]["bot"]["disclaimer"]
    assert given["accepted_by"] == "jane at the terminal"


def test_a_person_who_is_asked_and_declines_leaves_a_draft(undecided: Project) -> None:
    with undecided.at_a_terminal("up", "--output", "json", stdout=False) as terminal:
        terminal.wait_for("Do you agree to the Data Disclaimer?")
        terminal.type("n\n")
        assert terminal.end() == 9
        assert json.loads(terminal.stdout)["error"]["kind"] == "consent-needed"
    assert undecided.json("status").json["result"]["bot"]["draft"] is True


def test_a_person_at_a_terminal_is_not_asked_where_no_input_says_so(undecided: Project) -> None:
    with undecided.at_a_terminal("up", "--no-input") as terminal:
        assert terminal.end() == 9
        assert "Do you agree" not in terminal.shown


def test_ctrl_c_at_the_question_ends_with_130(undecided: Project) -> None:
    with undecided.at_a_terminal("up") as terminal:
        terminal.wait_for("Do you agree to the Data Disclaimer?")
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.end() == 130
    assert undecided.json("status").json["result"]["bot"]["disclaimer"] is None
