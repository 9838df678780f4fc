"""The example bot is one: its definition has no mistakes, and its function answers whatever it is sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from faasctl.conversation.reply_reading import reply_problems
from faasctl.definition.load import load
from faasctl.emulator.runtime.host import FunctionHost
from faasctl.emulator.runtime.outcome import DeployedFunction
from faasctl.facts.payloads import neutral_probe
from faasctl.javascript.inspector import Inspector

if TYPE_CHECKING:
    from faasctl.definition.model import Definition

ROOT = Path(__file__).parents[2]
FUNCTION = ROOT / "examples" / "functions" / "OrderBot"


@pytest.fixture(scope="module")
def definition() -> Iterator[Definition]:
    with Inspector() as inspector:
        yield load(ROOT / "bot.yaml.example", environ={}, inspector=inspector)


def _answers(definition: Definition, folder: Path, *payloads: Any) -> list[Any]:
    """What the function returns for each payload; it must not fail on any."""

    async def ask() -> list[Any]:
        function = DeployedFunction(
            account="demo",
            uuid="u",
            name=definition.function.name,
            deployment="1",
            code=definition.function.code,
            environment={name: str(value) for name, value in definition.function.environment.items()},
            interface="v2",
            module="esm",
        )
        host = FunctionHost(folder)
        try:
            outcomes = [
                await host.invoke(function, {"headers": [], "payload": payload}, test=False)
                for payload in payloads
            ]
        finally:
            await host.close()
        assert [(outcome.ok, outcome.message) for outcome in outcomes] == [(True, None)] * len(payloads)
        return [json.loads(outcome.result) for outcome in outcomes]

    return asyncio.run(ask())


def _says(message: str, **lp_event: Any) -> dict[str, Any]:
    return {"message": message, "convId": "c", "context": {"lpEvent": lp_event, "lpSdes": {}}}


def test_the_definition_runs_locally_for_the_account_demo_without_a_secret(definition: Definition) -> None:
    assert (definition.target, definition.account) == ("local", "demo")
    assert all(isinstance(value, str) for value in definition.function.environment.values())
    assert definition.bot.disclaimer is not None


def test_the_lpf_project_folder_says_the_same_as_the_definition(definition: Definition) -> None:
    config = json.loads((FUNCTION / "config.json").read_text("utf-8"))
    function = definition.function
    assert config["name"] == function.name
    assert config["event"] == function.event_id
    assert config["description"] == function.description
    assert config["environmentVariables"] == dict(function.environment)


def test_every_reply_has_a_shape_that_the_connector_reads(definition: Definition, tmp_path: Path) -> None:
    welcome = {"event": {"name": "WELCOME"}, "convId": "c", "context": {}}
    texts = ["", "order", "Where is my order 1001?", "9999", "shipping", "refund", "a person", "bye", "🙂"]
    payloads = [
        None,
        {},
        {"message": None},
        neutral_probe(),
        welcome,
        _says("", content="welcome", lastConsumerMessage="help"),
        _says("com.liveperson.bot-connectors.consumer.send-rich-content"),
        *map(_says, texts),
    ]
    replies = _answers(definition, tmp_path, *payloads)
    assert [reply_problems(reply) for reply in replies] == [()] * len(payloads)


def test_an_order_is_shown_as_text_and_as_a_card(definition: Definition, tmp_path: Path) -> None:
    [reply] = _answers(definition, tmp_path, _says("Where is my order 1001?"))
    text, card = reply["messages"]
    assert text == "Order 1001 is on its way."
    assert card["structuredContent"]["type"] == "vertical"


def test_quick_replies_are_offered_in_messaging_and_never_in_chat(definition: Definition, tmp_path: Path) -> None:
    in_messaging, in_chat = _answers(
        definition,
        tmp_path,
        _says("", content="welcome"),
        _says("", isWelcomeEvent=True, conversationContext={"type": "CHAT"}),
    )
    assert "quickReplies" in json.dumps(in_messaging)
    assert all(isinstance(message, str) for message in in_chat["messages"])


def test_whoever_asks_for_a_person_goes_to_the_escalation_skill(definition: Definition, tmp_path: Path) -> None:
    [reply] = _answers(definition, tmp_path, _says("Can I talk to a person?"))
    assert reply["context"] == {
        "action": "TRANSFER",
        "actionParameters": {"skill": definition.bot.escalation_skill},
    }


def test_the_scenarios_are_lists_of_named_steps_with_expectations() -> None:
    for path in sorted((ROOT / "examples" / "conversations").glob("*.yaml")):
        for scenario in yaml.safe_load(path.read_text("utf-8"))["scenarios"]:
            assert set(scenario) == {"name", "steps"}
            for step in scenario["steps"]:
                assert set(step) in ({"says", "expect"}, {"welcome", "expect"})
