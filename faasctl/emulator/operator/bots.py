"""The bots of all accounts: saved while offline, started once consent is there and all functions are deployed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from faasctl.emulator.operator import errors
from faasctl.emulator.operator.manifest import NO_CONSENT, OFFLINE, ONLINE, functions_of
from faasctl.emulator.times import iso
from faasctl.facts.states import DEPLOYED_STATES

if TYPE_CHECKING:
    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.functions.state import Functions
    from faasctl.emulator.store import Store


class Bots:
    """Bots are manifests as third-party-bots §12 has them, with `draft` besides: true until consent is given."""

    def __init__(
        self, store: Store, accounts: Accounts, functions: Functions, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._functions = functions
        self._clock = clock

    def all(self, account: str) -> list[dict[str, Any]]:
        rows = self._store.rows("SELECT manifest FROM bots WHERE account = ? ORDER BY bot_id", account)
        return [json.loads(row["manifest"]) for row in rows]

    def get(self, account: str, bot_id: str) -> dict[str, Any]:
        bot = self._find(account, bot_id)
        if bot is None:
            raise errors.no_bot(account, bot_id)
        return bot

    def save(self, account: str, bot_id: str, manifest: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
        """Creates or replaces a bot, consent kept; returns it and whether it is new."""
        with self._store.writing():
            before = self._find(account, bot_id)
            if before is not None and before["state"] != OFFLINE:
                raise errors.bot_online(bot_id)
            self._check(account, bot_id, manifest)
            consent = NO_CONSENT if before is None else before["vendor"]["disclaimer"]
            bot = {
                **manifest,
                "vendor": {**manifest["vendor"], "disclaimer": consent},
                "state": OFFLINE,
                "draft": not consent["accepted"],
            }
            return self._write(account, bot_id, bot), before is None

    def _check(self, account: str, bot_id: str, manifest: Mapping[str, Any]) -> None:
        settings = self._accounts.settings(account)
        if settings is None:
            raise errors.no_account(account)
        agent, skill = manifest["agent"]["loginName"], manifest["errorHandling"]["skill"]
        if agent not in settings.agents:
            raise errors.unknown_agent(agent)
        if skill and skill not in settings.skills:
            raise errors.unknown_skill(skill)
        for other in self.all(account):
            if other["botId"] != bot_id and other["agent"]["loginName"] == agent:
                raise errors.agent_in_use(agent, other["botId"])
        known = {function.uuid: function for function in self._functions.find(account)}
        for field, uuid, event_id in functions_of(manifest):
            if uuid not in known:
                raise errors.unknown_function(field, uuid)
            if known[uuid].event_id != event_id:
                raise errors.wrong_event(field, known[uuid].name, event_id)

    def accept_disclaimer(self, account: str, bot_id: str, *, by: str, on: str) -> dict[str, Any]:
        """Stores the consent: who gave it, on which day, and when it came here."""
        with self._store.writing():
            bot = self.get(account, bot_id)
            bot["vendor"]["disclaimer"] = {"accepted": True, "by": by, "on": on, "at": iso(self._clock())}
            bot["draft"] = False
            return self._write(account, bot_id, bot)

    def start(self, account: str, bot_id: str) -> dict[str, Any]:
        with self._store.writing():
            bot = self.get(account, bot_id)
            if not bot["vendor"]["disclaimer"]["accepted"]:
                raise errors.disclaimer_not_accepted(bot_id)
            deployed = {
                function.uuid for function in self._functions.find(account, in_states=sorted(DEPLOYED_STATES))
            }
            for field, uuid, _ in functions_of(bot):
                if uuid not in deployed:
                    raise errors.not_deployed(field, uuid)
            bot["state"] = ONLINE
            return self._write(account, bot_id, bot)

    def stop(self, account: str, bot_id: str) -> dict[str, Any]:
        with self._store.writing():
            bot = self.get(account, bot_id)
            bot["state"] = OFFLINE
            return self._write(account, bot_id, bot)

    def delete(self, account: str, bot_id: str) -> None:
        with self._store.writing():
            if self.get(account, bot_id)["state"] != OFFLINE:
                raise errors.bot_online(bot_id)
            self._store.execute("DELETE FROM bots WHERE account = ? AND bot_id = ?", account, bot_id)

    def _find(self, account: str, bot_id: str) -> dict[str, Any] | None:
        row = self._store.row("SELECT manifest FROM bots WHERE account = ? AND bot_id = ?", account, bot_id)
        return None if row is None else dict(json.loads(row["manifest"]))

    def _write(self, account: str, bot_id: str, bot: dict[str, Any]) -> dict[str, Any]:
        self._store.execute(
            "INSERT INTO bots VALUES (?, ?, ?)"
            " ON CONFLICT (account, bot_id) DO UPDATE SET manifest = excluded.manifest",
            *(account, bot_id, json.dumps(bot)),
        )
        return bot
