"""`bot.combine_messages`, from the file to the connector."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faasctl.conversation.connector_settings import Combining, ConnectorSettings, connector_settings
from faasctl.definition.model import CombineMessages
from faasctl.errors import InvalidDefinition

if TYPE_CHECKING:
    from tests.definition.conftest import Project


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{max: 3, window: 2s}", (3, 2.0, 2.0)),
        ("{max: 2, window: 500ms, after_typing: 4}", (2, 0.5, 4.0)),
    ],
)
def test_it_reaches_the_connector(project: Project, written: str, meant: tuple[int, float, float]) -> None:
    definition = project.load(f"{project.minimal}  combine_messages: {written}\n")
    most, window, after_typing = meant
    assert definition.bot.combine_messages == CombineMessages(most=most, window=window, after_typing=after_typing)
    assert connector_settings(definition).combining == Combining(
        most=most, window=window, after_typing=after_typing
    )


@pytest.mark.parametrize("written", ["{max: 1, window: 2s}", "{window: 2s}", "{max: 2}", "{max: 2, window: soon}"])
def test_what_makes_no_sense_is_refused(project: Project, written: str) -> None:
    with pytest.raises(InvalidDefinition):
        project.load(f"{project.minimal}  combine_messages: {written}\n")


def test_a_chat_combines_nothing(project: Project) -> None:
    with pytest.raises(InvalidDefinition) as raised:
        project.load(f"{project.minimal}  conversation: chat\n  combine_messages: {{max: 2, window: 2s}}\n")
    assert [finding.rule for finding in raised.value.findings] == ["not-for-chat"]


def test_the_other_settings_come_from_the_definition_and_what_it_says_of_the_account(project: Project) -> None:
    text = project.minimal.replace("{skill: Human Agents}", "{skill: Night, message_to_customer: Wait}")
    definition = project.load(
        f"{text}  welcome_message: true\n"
        "hooks:\n  pre: {name: Pre, code: functions/OrderBot/index.js}\n"
        "emulator: {skills: [Night, Billing], image_hosts: [cdn.example.com]}\n"
    )
    settings = connector_settings(definition)
    assert settings.welcome_message
    assert settings.escalation.skill == "Night"
    assert (settings.escalation.to_customer, settings.escalation.on_failure) == ("Wait", "")
    assert settings.hooks == {"pre"}
    assert settings.skills == ("Night", "Billing")
    assert settings.image_hosts == ("cdn.example.com",)


def test_nobody_tells_which_skills_a_real_account_has(project: Project) -> None:
    definition = project.load(project.minimal, target="cloud")
    assert connector_settings(definition).skills is None
    assert connector_settings(definition).combining is ConnectorSettings().combining
