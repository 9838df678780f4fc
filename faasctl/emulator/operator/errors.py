"""How the operator's service refuses; every code is ours."""

from __future__ import annotations

from faasctl.emulator.refusals import INVALID, Refusal

NO_ACCOUNT = "faasctl.emulator.no-such-account"
NO_BOT = "faasctl.emulator.no-such-bot"
UNKNOWN_AGENT = "faasctl.emulator.unknown-agent"
AGENT_IN_USE = "faasctl.emulator.agent-in-use"
UNKNOWN_SKILL = "faasctl.emulator.unknown-skill"
UNKNOWN_FUNCTION = "faasctl.emulator.unknown-function"
WRONG_EVENT = "faasctl.emulator.wrong-event"
BOT_ONLINE = "faasctl.emulator.bot-online"
DISCLAIMER = "faasctl.emulator.disclaimer-not-accepted"
NOT_DEPLOYED = "faasctl.emulator.function-not-deployed"


def invalid(message: str) -> Refusal:
    return Refusal(400, INVALID, message)


def no_account(account: str) -> Refusal:
    return Refusal(404, NO_ACCOUNT, f"the emulator has no account {account}")


def no_bot(account: str, bot_id: str) -> Refusal:
    return Refusal(404, NO_BOT, f"account {account} has no bot {bot_id}")


def unknown_agent(login: str) -> Refusal:
    return Refusal(400, UNKNOWN_AGENT, f"the account has no agent {login}")


def agent_in_use(login: str, bot_id: str) -> Refusal:
    """An agent has one session only, so it serves one bot (third-party-bots §1.1, §1.2)."""
    return Refusal(409, AGENT_IN_USE, f"the agent {login} belongs to bot {bot_id} already")


def unknown_skill(skill: str) -> Refusal:
    return Refusal(400, UNKNOWN_SKILL, f"the account has no skill {skill}")


def unknown_function(field: str, uuid: str) -> Refusal:
    return Refusal(400, UNKNOWN_FUNCTION, f"{field}: the account has no function {uuid}")


def wrong_event(field: str, name: str, event_id: str) -> Refusal:
    return Refusal(400, WRONG_EVENT, f"{field}: {name} does not listen to {event_id}")


def bot_online(bot_id: str) -> Refusal:
    """A bot can be edited only while it is offline (third-party-bots §1.6)."""
    return Refusal(409, BOT_ONLINE, f"bot {bot_id} is online; stop it before you change it")


def disclaimer_not_accepted(bot_id: str) -> Refusal:
    return Refusal(409, DISCLAIMER, f"the data disclaimer of bot {bot_id} is not accepted")


def not_deployed(field: str, uuid: str) -> Refusal:
    return Refusal(409, NOT_DEPLOYED, f"{field}: function {uuid} is not deployed")
