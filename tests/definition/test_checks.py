"""What the platform asks for beyond structure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.definition.conftest import Project


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ("bot_connectors_pre_hook", "is the event Third-Party Bots Pre-Hook"),
        ("controllerbot_messaging_ttr", "is the event Messaging TTR"),
        ("custom", "there is no such event"),
    ],
)
def test_another_event_is_refused_with_the_reason(project: Project, event: str, message: str) -> None:
    finding = project.the_finding(project.minimal.replace("index.js}", f"index.js, event: {event}}}"))
    assert finding.rule == "wrong-event"
    assert message in finding.message
    assert "the connector looks for the bot's own function" in finding.message


def test_the_event_that_follows_from_the_place_may_be_written(project: Project) -> None:
    event = "bot_connectors_custom_integration"
    definition = project.load(project.minimal.replace("index.js}", f"index.js, event: {event}}}"))
    assert definition.function.event_id == event


def test_no_skills_is_the_only_list_of_skills_that_an_event_of_the_connector_takes(project: Project) -> None:
    assert project.load(project.minimal.replace("index.js}", "index.js, skills: []}")).function.skills == ()
    text = project.minimal.replace("index.js}", "index.js, skills: [Billing]}")
    assert project.the_finding(text).rule == "skills-not-supported"


def test_two_functions_with_one_name_are_refused(project: Project) -> None:
    finding = project.the_finding(
        project.minimal + "hooks: {error: {name: OrderBot, code: functions/OrderBotError}}\n"
    )
    assert (finding.rule, finding.line, finding.column) == ("duplicate-name", 9, 23)
    assert "line 4" in finding.message


@pytest.mark.parametrize("name", ["X_LIVEPERSON_BRAND_ID", "VAULT_TOKEN", "NODE_ENV"])
def test_a_reserved_environment_name_is_refused(project: Project, name: str) -> None:
    text = project.minimal.replace("index.js}", f"index.js, environment: {{{name}: x}}}}")
    assert project.the_finding(text).rule == "reserved-name"


def test_v1_has_stricter_limits(project: Project) -> None:
    rest = f"description: {'d' * 101}, environment: {{A: {'x' * 201}}}"
    text = project.minimal.replace("index.js}", f"index.js, {rest}, interface: v1}}")
    assert [f.rule for f in project.findings(text)] == ["too-long", "too-long"]
    assert project.findings(text.replace("v1", "v2")) == []


def test_v1_s_limits_hold_where_the_local_account_is_v1(project: Project) -> None:
    text = project.minimal.replace("index.js}", f"index.js, description: {'d' * 101}}}")
    on_v1 = f"{text}emulator: {{platform: v1}}\n"
    assert [finding.rule for finding in project.findings(on_v1)] == ["too-long"]
    assert project.findings(on_v1, target="cloud") == []
    assert project.findings(text) == []


@pytest.mark.parametrize("target", ["local", "cloud"])
def test_where_sources_disagree_the_looser_limit_can_be_chosen(project: Project, target: str) -> None:
    text = project.minimal.replace("index.js}", f"index.js, description: {'d' * 200}, interface: v1}}")
    text = text.replace("OrderBot,", "Order_Bot,")
    strict = text + "emulator: {platform: v1}\n"
    loose = text + "emulator: {platform: v1, loose_limits: true}\n"
    longer = loose.replace("description: d", "description: dd")
    rules = [[finding.rule for finding in project.findings(one, target=target)] for one in (strict, loose, longer)]
    assert rules == [["bad-name", "too-long"], [], ["too-long"]]


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "0000-01-01", "20261120", "2026-W01-1"])
def test_a_day_that_is_none_is_refused(project: Project, day: str) -> None:
    text = project.minimal + f"  data_disclaimer: {{accepted_by: jane, accepted_on: '{day}'}}\n"
    assert project.the_finding(text).rule == "bad-date"


def test_the_agent_and_the_skill_must_be_in_the_local_account(project: Project) -> None:
    text = project.minimal + "emulator: {agents: [orderbot@example.org], skills: []}\n"
    agent, skill = project.findings(text)
    assert (agent.rule, agent.line, agent.suggestion) == (
        "unknown-agent",
        7,
        "did you mean orderbot@example.org?",
    )
    assert (skill.rule, skill.line, skill.suggestion) == ("unknown-skill", 8, "add it to emulator.skills")


def test_the_local_account_does_not_matter_on_the_cloud(project: Project) -> None:
    text = project.minimal + "emulator: {agents: [], skills: []}\n"
    assert project.findings(text, target="cloud") == []
    assert project.findings(text.replace("local", "cloud"), target="local") != []


def test_a_chat_bot_has_no_welcome_message(project: Project) -> None:
    text = project.minimal + "  conversation: chat\n  welcome_message: true\n"
    finding = project.the_finding(text)
    assert (finding.rule, finding.line, finding.column) == ("not-for-chat", 10, 3)
    assert project.findings(text.replace("true", "false")) == []


@pytest.mark.parametrize(
    ("named", "problem"),
    [("nowhere", "does not exist"), ("bot.yaml", "is no folder"), ('"a\\0b"', "does not exist")],
)
def test_the_folder_of_conversations_must_be_there(project: Project, named: str, problem: str) -> None:
    finding = project.the_finding(f"{project.minimal}conversations: {named}\n")
    assert finding.rule == "missing-file"
    assert problem in finding.message


@pytest.mark.parametrize("span", ["0", "0s", "0ms"])
def test_a_test_connection_needs_some_time(project: Project, span: str) -> None:
    finding = project.the_finding(f"{project.minimal}test_connection: {{timeout: {span}}}\n")
    assert (finding.rule, finding.suggestion) == ("bad-duration", "write 30s")
