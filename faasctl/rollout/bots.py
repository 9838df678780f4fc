"""Where a bot's configuration is kept; LivePerson publishes no API for it (third-party-bots §1.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from faasctl.liveperson.model import BotConfiguration


class BotConfigurations(Protocol):
    """The bot configurations of one account."""

    def read(self, bot_id: str) -> BotConfiguration | None: ...

    def save(self, bot: BotConfiguration) -> BotConfiguration:
        """Creates or changes the bot, which is offline; its consent stays."""
        ...

    def accept_disclaimer(self, bot_id: str, *, by: str, on: str) -> BotConfiguration: ...

    def start(self, bot_id: str) -> BotConfiguration: ...

    def stop(self, bot_id: str) -> BotConfiguration: ...
