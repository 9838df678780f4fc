"""The payloads that a test sends, where the platform does not publish its own (third-party-bots §2, §6)."""

from __future__ import annotations

from typing import Any

PROBE_CONVERSATION = "test-connection"

WELCOME_EVENT = "WELCOME"
"""The documents speak of the 'WELCOME' event; that `event.name` carries this word is assumed (§13, 3)."""


def neutral_probe() -> dict[str, Any]:
    """The payload of a connection test: nothing in it that a function may rely on (§6, I)."""
    return {"message": "", "convId": PROBE_CONVERSATION, "context": {"lpEvent": {}, "lpSdes": {}}}
