"""Numbers that the bot connector goes by (third-party-bots §1.6, §1.7)."""

from __future__ import annotations

OPEN_CONVERSATIONS = 999
"""Open conversations of a bot; a further one is escalated (D §1.7)."""

MESSAGES_AT_ONCE = 4
MESSAGES_AT_ONCE_SECONDS = 2.0
"""The spam guard: what a consumer sends besides within this time is swallowed (D §1.7)."""

RETRY_SECONDS = 60.0
"""How often a bot in Vendor Interruption probes its function (§13, 15, I)."""
