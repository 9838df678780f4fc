"""What the connector writes into payloads, and the payloads that a test sends (third-party-bots §2, §6)."""

from __future__ import annotations

from typing import Any, Literal

ConversationType = Literal["messaging", "chat"]

PROBE_CONVERSATION = "test-connection"

WELCOME_EVENT = "WELCOME"
"""The documents speak of the 'WELCOME' event; that `event.name` carries this word is assumed (§13, 3)."""

RICH_CONTENT_MESSAGE = "com.liveperson.bot-connectors.consumer.send-rich-content"
"""`message` when the consumer sent rich content (D §2.3)."""

FILE_MESSAGE = "com.liveperson.bot-connectors.consumer.send-file"
"""`message` when the consumer sent a file (D §2.3)."""

COMBINING_SEPARATOR = " "
"""What stands between combined messages is not published (§2.7, §13, 6)."""


def neutral_probe() -> dict[str, Any]:
    """The payload of a connection test: nothing in it that a function may rely on (§6, I)."""
    return {"message": "", "convId": PROBE_CONVERSATION, "context": {"lpEvent": {}, "lpSdes": {}}}
