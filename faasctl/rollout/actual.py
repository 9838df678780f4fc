"""What the account holds now; reading it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from faasctl.definition.model import Definition, Role
    from faasctl.liveperson.model import BotConfiguration, RemoteFunction
    from faasctl.liveperson.platform import Platform
    from faasctl.rollout.bots import BotConfigurations


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """The functions that the definition names, as far as they exist, with their manifests; and the bot."""

    functions: Mapping[Role, RemoteFunction]
    bot: BotConfiguration | None

    def with_function(self, role: Role, function: RemoteFunction) -> Actual:
        return replace(self, functions={**self.functions, role: function})

    def with_bot(self, bot: BotConfiguration) -> Actual:
        return replace(self, bot=bot)


def read_actual(definition: Definition, platform: Platform, bots: BotConfigurations) -> Actual:
    """One read for the list, one for each function that exists, one for the bot."""
    uuids = {function.name: function.uuid for function in platform.functions()}
    return Actual(
        functions={
            spec.role: platform.function(uuids[spec.name]) for spec in definition.functions if spec.name in uuids
        },
        bot=bots.read(definition.bot.bot_id),
    )
