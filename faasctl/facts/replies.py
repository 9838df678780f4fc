"""What a reply may hold, and how much of it (third-party-bots §3, §13)."""

from __future__ import annotations

ACTIONS = ("TRANSFER", "CLOSE_CONVERSATION", "CHANGE_TTR", "INVOCATION")
"""D §3.6."""

TTR_TYPES = ("URGENT", "NORMAL", "PRIORITIZED")
"""D §3.6; CUSTOM was dropped."""

PRIVATE_AUDIENCE = "AGENTS_AND_MANAGERS"
"""D §3.2; upper and lower case differ."""

INTENT_CHARACTERS = 256
"""Of an intent's id, and of its name (D §3.4)."""

ENCODED_METADATA_CHARACTERS = 5_000
"""D §3.5: at most 5k."""

TEXT_CHARACTERS = 5_000
"""Not published for functions; what messaging takes in practice (§13, 13). A warning."""

DELAY_SECONDS = 60
"""Not published; past a minute consumers are gone (§13, 13). A warning."""

LONGEST_DELAY_SECONDS = 86_400
"""Ours: a longer delay waits as long, since JSON has numbers that no clock holds."""

MESSAGES = 10
"""Not published (§13, 13). A warning."""
