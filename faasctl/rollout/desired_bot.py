"""The bot configuration that a definition asks for, and how it differs from the one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.liveperson.model import BotConfiguration, RemoteFunction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from faasctl.definition.model import Definition, Role

ONLINE = "ONLINE"

COMPARED = {
    "name": "name",
    "agent": "agent",
    "function_uuid": "function",
    "escalation_skill": "escalation.skill",
    "message_to_customer": "escalation.to_customer",
    "message_to_agent": "escalation.to_agent",
    "failure_message": "escalation.on_failure",
    "conversation_type": "conversation",
    "welcome_message": "welcome_message",
    "engagement_attributes": "engagement_attributes",
    "combine": "combine_messages",
    "pre_hook": "hooks.pre",
    "post_hook": "hooks.post",
    "error_hook": "hooks.error",
}
"""What a definition decides of a bot configuration, with the definition's words for it."""


def desired_bot(definition: Definition, functions: Mapping[Role, RemoteFunction]) -> BotConfiguration:
    """`functions` must hold the bot's own function and every hook of the definition."""
    bot = definition.bot
    uuids: dict[Role, str] = {role: function.uuid for role, function in functions.items()}
    messages, combining = bot.escalation_messages, bot.combine_messages
    return BotConfiguration(
        bot_id=bot.bot_id,
        name=bot.name,
        agent=bot.agent,
        function_uuid=uuids["function"],
        escalation_skill=bot.escalation_skill,
        message_to_customer=messages.to_customer,
        message_to_agent=messages.to_agent,
        failure_message=messages.on_failure,
        conversation_type=bot.conversation.upper(),
        welcome_message=bot.welcome_message,
        engagement_attributes=bot.engagement_attributes,
        combine=None
        if combining is None
        else {"max": combining.most, "window": combining.window, "after_typing": combining.after_typing},
        pre_hook=uuids.get("pre"),
        post_hook=uuids.get("post"),
        error_hook=uuids.get("error"),
    )


def bot_differences(desired: BotConfiguration, there: BotConfiguration) -> tuple[str, ...]:
    """The parts that differ, in the definition's words."""
    return tuple(word for part, word in COMPARED.items() if getattr(desired, part) != getattr(there, part))
