"""Definitions that are right, and files that are none at all."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faasctl.definition.load import load
from faasctl.definition.model import Disclaimer, EscalationMessages, SecretReference
from faasctl.errors import InvalidDefinition, PrerequisiteMissing, UsageError
from faasctl.javascript.inspector import Inspector

if TYPE_CHECKING:
    from tests.definition.conftest import Project

FULL = """\
version: 1
target: local                              # local | cloud; never guessed
account: ${LP_ACCOUNT_ID:-demo}

function:
  name: OrderBot
  description: Answers questions about orders
  code: functions/OrderBot/index.js
  environment:
    GREETING: Hello
    PORT: 0080
    ORDER_API_KEY: ${secret:order-api-key}
  size: M
  interface: v2

hooks:
  pre:   {name: OrderBotPre,   code: functions/OrderBotPre/index.js}
  post:  {name: OrderBotPost,  code: functions/OrderBotPost/index.js}
  error: {name: OrderBotError, code: functions/OrderBotError/index.js}

bot:
  name: Order bot
  agent: orderbot@example.com
  conversation: messaging
  welcome_message: true
  engagement_attributes: false
  escalation:
    skill: Human Agents
    message_to_customer: One moment, please.
  data_disclaimer: {accepted_by: jane@example.com, accepted_on: 2026-11-20}

test_connection: {timeout: 20s, budget: 800ms}
conversations: conversations/

emulator:
  skills: [Human Agents, Billing]
  agents: [orderbot@example.com]
  image_hosts: [cdn.example.com]
  deploy_delay: 3
protected: true
"""


def test_every_key_reaches_the_definition(project: Project) -> None:
    definition = project.load(FULL)
    assert (definition.version, definition.target, definition.account) == (1, "local", "demo")
    assert definition.path == project.path
    assert definition.folder == project.folder
    assert definition.conversations == project.folder / "conversations"
    assert definition.protected is True
    function = definition.function
    assert function.role == "function"
    assert function.event_id == "bot_connectors_custom_integration"
    assert function.description == "Answers questions about orders"
    assert function.code_path == project.folder / "functions/OrderBot/index.js"
    assert function.code == project.code
    assert (function.size, function.interface, function.skills) == ("M", "v2", ())
    bot = definition.bot
    assert (bot.name, bot.bot_id, bot.agent) == ("Order bot", "order-bot", "orderbot@example.com")
    assert (bot.conversation, bot.welcome_message, bot.engagement_attributes) == ("messaging", True, False)
    assert bot.escalation_skill == "Human Agents"
    assert bot.escalation_messages == EscalationMessages(to_customer="One moment, please.")
    assert bot.disclaimer == Disclaimer(accepted_by="jane@example.com", accepted_on=date(2026, 11, 20))
    assert (definition.test_connection.timeout, definition.test_connection.budget) == (20.0, 0.8)
    assert definition.emulator.skills == ("Human Agents", "Billing")
    assert definition.emulator.agents == ("orderbot@example.com",)
    assert definition.emulator.image_hosts == ("cdn.example.com",)
    assert definition.emulator.deploy_delay == 3.0


def test_environment_values_are_text_as_written_and_secrets_stay_references(project: Project) -> None:
    assert project.load(FULL).function.environment == {
        "GREETING": "Hello",
        "PORT": "0080",
        "ORDER_API_KEY": SecretReference(name="order-api-key"),
    }


def test_functions_come_in_the_order_in_which_they_are_needed(project: Project) -> None:
    definition = project.load(FULL)
    assert [spec.role for spec in definition.functions] == ["function", "pre", "post", "error"]
    assert [spec.event_id for spec in definition.functions[1:]] == [
        "bot_connectors_pre_hook",
        "bot_connectors_post_hook",
        "bot_connectors_error_hook",
    ]


def test_the_smallest_definition_gets_its_defaults(project: Project) -> None:
    definition = project.load(project.minimal)
    assert definition.hooks == {}
    assert definition.functions == (definition.function,)
    assert definition.function.environment == {}
    assert definition.function.description == "Order bot (faasctl)"
    assert definition.bot.conversation == "messaging"
    assert definition.bot.welcome_message is False
    assert definition.bot.disclaimer is None
    assert (definition.test_connection.timeout, definition.test_connection.budget) == (30.0, None)
    assert definition.conversations is None
    assert definition.emulator.skills == ("Human Agents",)
    assert definition.emulator.agents == ("orderbot@example.com",)
    assert definition.emulator.image_hosts is None
    assert definition.protected is False


def test_a_description_that_is_made_up_fits_the_limit_of_either_platform(project: Project) -> None:
    text = project.minimal.replace("name: Order bot", f"name: {'B' * 300}")
    assert len(project.load(text).function.description) == 100


@pytest.mark.parametrize(
    ("name", "bot_id"),
    [("Order bot", "order-bot"), ("  Büro-Bot #2 ", "buro-bot-2"), ("注文", "bot-57cf8d1f")],
)
def test_the_bot_id_is_made_of_its_name(project: Project, name: str, bot_id: str) -> None:
    assert project.load(project.minimal.replace("Order bot", f"'{name}'")).bot.bot_id == bot_id


def test_a_target_that_is_passed_stands_above_the_file(project: Project) -> None:
    assert project.load(project.minimal, target="cloud").target == "cloud"


def test_a_target_that_is_none_is_a_usage_error(project: Project) -> None:
    with pytest.raises(UsageError, match="'moon' is no target"):
        project.load(project.minimal, target="moon")


def test_a_site_id_of_digits_needs_no_quotes_and_keeps_its_zeros(project: Project) -> None:
    assert project.load(project.minimal.replace("demo", "0012345")).account == "0012345"


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(project: Project) -> None:
    text = b"\xef\xbb\xbf" + project.minimal.replace("\n", "\r\n").encode()
    assert project.load(text).account == "demo"


def test_a_relative_path_works_from_its_folder(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write(project.minimal)
    monkeypatch.chdir(project.folder)
    assert load(Path("bot.yaml"), environ={}).path == project.path


def test_findings_name_files_as_the_path_was_given(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write(project.minimal)
    project.write("  ", "functions/OrderBot/index.js")
    monkeypatch.chdir(project.folder.parent)
    with pytest.raises(InvalidDefinition) as caught:
        load(Path(project.folder.name) / "bot.yaml", environ={})
    assert [finding.file for finding in caught.value.findings] == [
        f"{project.folder.name}/functions/OrderBot/index.js"
    ]


def test_a_missing_definition_points_to_init(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no definition at") as caught:
        load(tmp_path / "bot.yaml")
    assert "faasctl init" in (caught.value.hint or "")


def test_a_missing_definition_points_to_one_of_nearly_its_name(tmp_path: Path) -> None:
    (tmp_path / "bot.yaml").touch()
    with pytest.raises(UsageError, match="there is no definition at") as caught:
        load(tmp_path / "bto.yml")
    assert caught.value.hint == f"Did you mean --file {tmp_path / 'bot.yaml'}?"


def test_a_folder_is_no_definition(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        load(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "bot.yaml")
    with pytest.raises(UsageError, match="is not a regular file"):
        load(tmp_path / "bot.yaml")


def test_a_path_that_cannot_be_is_a_usage_error(tmp_path: Path) -> None:
    for name in ("a\0b", "x" * 5000):
        with pytest.raises(UsageError):
            load(tmp_path / name)


def test_without_node_the_findings_come_first(project: Project) -> None:
    inspector = Inspector(environ={"FAASCTL_NODE": "/nowhere/node"})
    assert [f.rule for f in project.findings(project.minimal + "more: 1\n", inspector=inspector)] == [
        "unknown-key"
    ]
    with pytest.raises(PrerequisiteMissing):
        project.load(project.minimal, inspector=inspector)
