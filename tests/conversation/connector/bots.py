"""What the bots of these tests answer."""

from __future__ import annotations

from typing import Any

UUID = "11111111-2222-4333-8444-555555555555"
CARD = {"type": "vertical", "elements": [{"type": "text", "text": "a card"}]}
HI = {"messages": ["Hi"]}


def echo(payload: Any) -> Any:
    return {"messages": [f"You said: {payload.get('message')}"]}


def act(action: str, **parameters: Any) -> dict[str, Any]:
    return {"messages": ["well"], "context": {"action": action, "actionParameters": parameters}}
