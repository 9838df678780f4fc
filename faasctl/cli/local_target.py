"""The target `local`: the emulator that runs already, or one inside this process, made as the definition asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.cli.own_emulator import cold_start_of, held_emulator, own_emulator
from faasctl.liveperson.connect import connect
from faasctl.liveperson.credentials import SessionToken
from faasctl.liveperson.emulated import EmulatedAccounts
from faasctl.liveperson.model import AccountSettings, BotConfiguration, EmulatedAccount
from faasctl.liveperson.network import Network

if TYPE_CHECKING:
    import contextlib
    from collections.abc import Mapping
    from pathlib import Path

    from faasctl.deadline import Deadline
    from faasctl.definition.model import Definition
    from faasctl.emulator.endpoint import Endpoint
    from faasctl.liveperson.platform import Platform

DEBUGGING_SECONDS = 86_400.0
"""What a call may take while its function stands under a debugger: as long as a person thinks."""
_HELD = (
    "platform",
    "skills",
    "agents",
    "image_hosts",
    "deploy_delay",
    "allowed_domains",
    "loose_limits",
    "execution_seconds",
)
"""The settings of the account that the definition decides."""


def open_local(
    definition: Definition,
    folder: Path,
    *,
    deadline: Deadline,
    environ: Mapping[str, str],
    stack: contextlib.ExitStack,
) -> tuple[Platform, EmulatedBots]:
    """The account on the emulator of `folder`, until `stack` ends; the account is made, or brought up to date."""
    endpoint = _emulator(definition, folder, environ, stack)
    accounts = EmulatedAccounts(endpoint.url, endpoint.operator_token, deadline=deadline)
    stack.callback(accounts.close)
    account = accounts.account(definition.account)
    settings = _settings(definition)
    if account is None or not all(getattr(account, part) == getattr(settings, part) for part in _HELD):
        account = accounts.provision(definition.account, settings)
    if definition.emulator.secrets:
        _store_secrets(accounts, account, definition, environ)
    held = held_emulator(folder)
    patience = DEBUGGING_SECONDS if held is not None and held.debugged else None
    platform = connect(
        definition.account,
        SessionToken(bearer=endpoint.operator_token, user_id=endpoint.operator_id),
        network=Network(domain_url=endpoint.url, reach_at=endpoint.url, call_seconds=patience),
        deadline=deadline,
    )
    stack.callback(platform.close)
    return platform, EmulatedBots(accounts, definition.account, account)


def _emulator(
    definition: Definition, folder: Path, environ: Mapping[str, str], stack: contextlib.ExitStack
) -> Endpoint:
    from faasctl.emulator.endpoint import read_endpoint

    held = held_emulator(folder)
    running = held.endpoint if held is not None else read_endpoint(folder)
    if running is not None:
        return running
    own = own_emulator(
        folder,
        cold_start_seconds=cold_start_of(definition, environ),
        offline=bool(definition.emulator.offline),
        environ=environ,
    )
    return stack.enter_context(own)


def _settings(definition: Definition) -> AccountSettings:
    held = definition.emulator
    return AccountSettings(
        platform=held.platform,
        skills=held.skills,
        agents=held.agents,
        image_hosts=held.image_hosts or (),
        deploy_delay=held.deploy_delay,
        allowed_domains=held.allowed_domains,
        loose_limits=held.loose_limits,
        execution_seconds=held.function_timeout,
    )


def _store_secrets(
    accounts: EmulatedAccounts, account: EmulatedAccount, definition: Definition, environ: Mapping[str, str]
) -> None:
    """Puts the definition's secrets where functions read them; one that is there with this value stays."""
    from faasctl.definition.secrets import resolve_environment
    from faasctl.facts.limits import SECRET_VALUE_CHARACTERS

    values = resolve_environment(definition.emulator.secrets, environ=environ, limit=SECRET_VALUE_CHARACTERS)
    for name, value in values.items():
        if not accounts.holds_secret(definition.account, account, name, value):
            accounts.put_secret(definition.account, name, value)


class EmulatedBots:
    """Bot configurations of the emulator; the first read takes what was read with the account."""

    def __init__(self, accounts: EmulatedAccounts, account: str, known: EmulatedAccount) -> None:
        self._accounts = accounts
        self._account = account
        self._known: EmulatedAccount | None = known

    def read(self, bot_id: str) -> BotConfiguration | None:
        held = self._known or self._accounts.account(self._account)
        self._known = None
        bots = held.bots if held is not None else ()
        return next((bot for bot in bots if bot.bot_id == bot_id), None)

    def save(self, bot: BotConfiguration) -> BotConfiguration:
        return self._accounts.save_bot(self._account, bot)

    def accept_disclaimer(self, bot_id: str, *, by: str, on: str) -> BotConfiguration:
        return self._accounts.accept_disclaimer(self._account, bot_id, by=by, on=on)

    def start(self, bot_id: str) -> BotConfiguration:
        return self._accounts.start_bot(self._account, bot_id)

    def stop(self, bot_id: str) -> BotConfiguration:
        return self._accounts.stop_bot(self._account, bot_id)
