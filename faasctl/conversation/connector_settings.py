"""How a bot's connector is set up: the bot's own settings, and what the account around it holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from faasctl.facts import channels

if TYPE_CHECKING:
    from faasctl.definition.model import Definition, HookRole
    from faasctl.facts.channels import Channel
    from faasctl.facts.payloads import ConversationType


@dataclass(frozen=True, slots=True, kw_only=True)
class Combining:
    """The switch Combine Messages (third-party-bots §1.3). Seconds.

    A text waits `window` for another one, from typing on `after_typing`; `most` texts make a message at once.
    """

    most: int = 2
    window: float = 2.0
    after_typing: float = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Where a conversation goes after an error, and what is said then (§1.4); texts may be empty."""

    skill: str = "Human Agents"
    to_customer: str = ""
    to_agent: str = ""
    on_failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorSettings:
    """One bot in its account.

    `hooks` are those that run. `skills`, `agents` (ids) and `image_hosts` are the account's; None where they are
    not known, and then any will do. `failing_skills` exist, yet a transfer to them fails (in a chat: no agent is
    free). `encoded_metadata` is the account's feature Common.EncodedMetadata, `transfer_to_agent` the bot's
    permission. `other_conversations` are open at the bot besides those that the connector knows.
    """

    conversation: ConversationType = "messaging"
    channel: Channel = channels.WEB
    welcome_message: bool = False
    engagement_attributes: bool = False
    combining: Combining | None = None
    escalation: Escalation = field(default_factory=Escalation)
    hooks: frozenset[HookRole] = frozenset()
    skills: Collection[str] | None = None
    agents: Collection[str] | None = None
    failing_skills: Collection[str] = ()
    image_hosts: Collection[str] | None = None
    encoded_metadata: bool = True
    transfer_to_agent: bool = True
    other_conversations: int = 0

    @property
    def is_chat(self) -> bool:
        return self.conversation == "chat"

    @property
    def combines(self) -> Combining | None:
        """How texts are combined here; a chat has no such switch (§1.3)."""
        return None if self.is_chat else self.combining

    def without_hooks(self) -> ConnectorSettings:
        """As the platform's Conversation Tester runs the bot (§1.8)."""
        return replace(self, hooks=frozenset())


def connector_settings(definition: Definition) -> ConnectorSettings:
    """The settings that a definition asks for, with what its `emulator` section says of the account."""
    bot, account = definition.bot, definition.emulator
    messages, combining = bot.escalation_messages, bot.combine_messages
    is_local = definition.target == "local"
    return ConnectorSettings(
        conversation=bot.conversation,
        welcome_message=bot.welcome_message,
        engagement_attributes=bot.engagement_attributes,
        combining=None
        if combining is None
        else Combining(most=combining.most, window=combining.window, after_typing=combining.after_typing),
        escalation=Escalation(
            skill=bot.escalation_skill,
            to_customer=messages.to_customer or "",
            to_agent=messages.to_agent or "",
            on_failure=messages.on_failure or "",
        ),
        hooks=frozenset(definition.hooks),
        skills=account.skills if is_local else None,
        image_hosts=account.image_hosts,
    )
