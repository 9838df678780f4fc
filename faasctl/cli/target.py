"""Puts a target together: starts or finds the emulator, or signs in to the account. The only place that does."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faasctl.cli.early import inspector
from faasctl.errors import ConsentNeeded, NotSignedIn
from faasctl.liveperson.connect import connect
from faasctl.liveperson.credentials import ApiKey, ClientCredentials, Credential, SessionToken, UserPassword
from faasctl.liveperson.emulated import EmulatedAccounts
from faasctl.liveperson.model import AccountSettings, BotConfiguration, EmulatedAccount
from faasctl.liveperson.network import Network
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from faasctl.deadline import Deadline
    from faasctl.definition.model import Definition
    from faasctl.liveperson.platform import Platform
    from faasctl.rollout.bots import BotConfigurations


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A signed-in account, and where its bot configurations are kept."""

    platform: Platform
    bots: BotConfigurations


def state_folder(definition_path: Path) -> Path:
    """Where everything of ours about the definitions of a folder lies: journals, locks, the emulator's state."""
    return definition_path.absolute().parent / ".faasctl"


def emulator_folder(definition_path: Path) -> Path:
    return state_folder(definition_path) / "emulator"


@contextlib.contextmanager
def open_account(
    definition: Definition, *, deadline: Deadline, environ: Mapping[str, str] = os.environ
) -> Iterator[Account]:
    """The account that the definition's target means, until the block ends."""
    with contextlib.ExitStack() as stack:
        yield (_local if definition.target == "local" else _cloud)(definition, deadline, environ, stack)


def _local(
    definition: Definition, deadline: Deadline, environ: Mapping[str, str], stack: contextlib.ExitStack
) -> Account:
    from faasctl.emulator.endpoint import read_endpoint
    from faasctl.emulator.server import Emulator

    folder = emulator_folder(definition.path)
    endpoint = read_endpoint(folder)
    if endpoint is None:
        endpoint = stack.enter_context(Emulator(folder, inspector=inspector(), environ=environ)).start()
    accounts = EmulatedAccounts(endpoint.url, endpoint.operator_token, deadline=deadline)
    stack.callback(accounts.close)
    account = accounts.account(definition.account)
    settings = _settings(definition)
    if account is None or not _holds(account, settings):
        account = accounts.provision(definition.account, settings)
    platform = connect(
        definition.account,
        SessionToken(bearer=endpoint.operator_token, user_id=endpoint.operator_id),
        network=Network(domain_url=endpoint.url, reach_at=endpoint.url),
        deadline=deadline,
    )
    stack.callback(platform.close)
    return Account(platform=platform, bots=_EmulatedBots(accounts, definition.account, account))


def _settings(definition: Definition) -> AccountSettings:
    held = definition.emulator
    return AccountSettings(
        skills=held.skills,
        agents=held.agents,
        image_hosts=held.image_hosts or (),
        deploy_delay=held.deploy_delay,
    )


def _holds(account: EmulatedAccount, settings: AccountSettings) -> bool:
    return all(
        getattr(account, part) == getattr(settings, part)
        for part in ("skills", "agents", "image_hosts", "deploy_delay")
    )


class _EmulatedBots:
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


def _cloud(
    definition: Definition, deadline: Deadline, environ: Mapping[str, str], stack: contextlib.ExitStack
) -> Account:
    platform = connect(
        definition.account,
        _credential(definition.account, environ),
        client_credentials=_client_credentials(environ),
        deadline=deadline,
    )
    stack.callback(platform.close)
    return Account(platform=platform, bots=_ManualBots())


def _credential(account: str, environ: Mapping[str, str]) -> Credential:
    def given(*names: str) -> list[str] | None:
        values = [environ.get(name, "") for name in names]
        for value in values[1:]:
            redactor.register(value)
        return values if all(values) else None

    if token := given("FAASCTL_USER_ID", "FAASCTL_TOKEN"):
        return SessionToken(user_id=token[0], bearer=token[1])
    if key := given(
        "FAASCTL_USERNAME",
        "FAASCTL_APP_KEY",
        "FAASCTL_APP_SECRET",
        "FAASCTL_ACCESS_TOKEN",
        "FAASCTL_ACCESS_TOKEN_SECRET",
    ):
        username, app_key, secret, access_token, access_token_secret = key
        return ApiKey(
            username=username,
            app_key=app_key,
            secret=secret,
            access_token=access_token,
            access_token_secret=access_token_secret,
        )
    if user := given("FAASCTL_USERNAME", "FAASCTL_PASSWORD"):
        return UserPassword(username=user[0], password=user[1])
    raise NotSignedIn(
        f"no credentials for account {account}",
        hint="Set FAASCTL_USERNAME and FAASCTL_PASSWORD, a bot user's API key (FAASCTL_APP_KEY, "
        "FAASCTL_APP_SECRET, FAASCTL_ACCESS_TOKEN, FAASCTL_ACCESS_TOKEN_SECRET), or FAASCTL_TOKEN and "
        "FAASCTL_USER_ID; or work without an account: --target local.",
    )


def _client_credentials(environ: Mapping[str, str]) -> ClientCredentials | None:
    client_id, secret = environ.get("FAASCTL_CLIENT_ID"), environ.get("FAASCTL_CLIENT_SECRET")
    return ClientCredentials(client_id=client_id, client_secret=secret) if client_id and secret else None


class _ManualBots:
    """A real account: LivePerson publishes no API for bot configurations (third-party-bots §1.9)."""

    def read(self, bot_id: str) -> BotConfiguration | None:
        return None

    def save(self, bot: BotConfiguration) -> BotConfiguration:
        raise ConsentNeeded(
            f"bot {bot.name} must be set up by hand: LivePerson publishes no API for bot configurations",
            hint="In Conversational AI > Third-Party Bots, add or open the bot (agent "
            f"{bot.agent}, {bot.conversation_type.lower()}, escalation to skill {bot.escalation_skill}), choose "
            f"LivePerson Functions, refresh, select function {bot.function_uuid}, agree to the data disclaimer, "
            "press Test Connection, then Done.",
        )

    def accept_disclaimer(self, bot_id: str, *, by: str, on: str) -> BotConfiguration:
        raise self._by_hand(bot_id)

    def start(self, bot_id: str) -> BotConfiguration:
        raise self._by_hand(bot_id)

    def stop(self, bot_id: str) -> BotConfiguration:
        raise self._by_hand(bot_id)

    def _by_hand(self, bot_id: str) -> ConsentNeeded:
        return ConsentNeeded(
            f"bot {bot_id} can only be changed in the browser", hint="Open it in Third-Party Bots."
        )
