"""A conversation that was held becomes a scenario that holds it again, with the same end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from faasctl.conversation.connector_settings import ConnectorSettings
from faasctl.conversation.consumer import Said, SentFile, SentPayload, SentRichContent
from faasctl.conversation.invoker import Failure
from faasctl.conversation.saved_talk import HeldTurn, scenario_of, step_of
from faasctl.conversation.scenarios.load import load_scenarios
from faasctl.conversation.scenarios.running import run_scenario

if TYPE_CHECKING:
    from faasctl.conversation.consumer import ConsumerEvent
    from tests.conversation.connector.conftest import Start

UUID = "11111111-2222-4333-8444-555555555555"
CARD = {
    "type": "vertical",
    "elements": [
        {"type": "text", "text": "Shoe"},
        {"type": "button", "title": "Buy", "click": {"actions": [{"type": "publishText", "text": "buy"}]}},
    ],
}
REPLIES = {"type": "quickReplies", "itemsPerRow": 8, "replies": [CARD["elements"][1]]}
ANSWERS: dict[str, Any] = {
    "texts": {"messages": ["one", "a {{name}} \\ 'quoted'\nline", "yes", "1"]},
    "card": {"messages": ["look", {"structuredContent": CARD}, {"structuredContent": CARD}]},
    "quick": {"messages": [{"structuredContent": {"message": "Pick", "quickReplies": REPLIES}}]},
    "private": {"messages": ["a", {"text": "note", "messageAudience": "AGENTS_AND_MANAGERS"}]},
    "intent": {"messages": ["a"], "context": {"intentId": "i", "confidenceScore": 0.5}},
    "nothing": {"messages": [{"delay": 1}]},
    "dance": {"messages": ["x"], "context": {"action": "DANCE"}},
    "ttr": {"context": {"action": "CHANGE_TTR", "actionParameters": {"ttrType": "URGENT"}}},
    "second": {
        "messages": ["a"],
        "context": {"action": "INVOCATION", "actionParameters": {"lambdaUuid": UUID, "payload": {"a": 1}}},
    },
    "agent": {"context": {"action": "TRANSFER", "actionParameters": {"skill": "Billing", "agentId": "7"}}},
    "bye": {"messages": ["bye"], "context": {"action": "CLOSE_CONVERSATION"}},
    "boom": Failure(kind="function", message="boom"),
    "null": None,
}


def _answer(payload: Any) -> Any:
    return ANSWERS.get(payload.get("message"), {"messages": [f"You said: {payload.get('message')}"]})


@pytest.mark.parametrize(
    "what",
    [
        *(Said(text=text) for text in ANSWERS),
        Said(text="{{order}}", metadata=({"type": "ExternalId", "id": "1"},)),
        SentFile(path="a.png", caption="mine"),
        SentRichContent(content=CARD),
        SentPayload(payload={"message": "by hand"}),
    ],
    ids=repr,
)
def test_it_passes_when_it_is_run_again(what: ConsumerEvent, talk: Start, tmp_path: Path) -> None:
    settings = ConnectorSettings(skills=("Billing", "Human Agents"))
    held = talk(_answer, settings, others={UUID: lambda _: {}})
    turn = HeldTurn(step=step_of(what), events=held.hear(what))
    path = tmp_path / "saved.yaml"
    path.write_text(yaml.safe_dump({"scenarios": [scenario_of("saved", [turn], setup={})]}, allow_unicode=True))
    ((scenario,),) = [file.scenarios for file in load_scenarios([path])]
    result = run_scenario(scenario, settings, held.bot)
    assert result.status == "passed", [step.differences for step in result.steps]
