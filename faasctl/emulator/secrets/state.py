"""The secrets of all accounts, sealed in the state file; the platform's own come from account credentials."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from faasctl.emulator.accounts import developer_login
from faasctl.emulator.sealing import Unsealable
from faasctl.emulator.secrets import errors
from faasctl.facts import limits, secrets

if TYPE_CHECKING:
    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.sealing import Seal
    from faasctl.emulator.store import Store

_NAME = re.compile(secrets.NAME_PATTERN)


class Secrets:
    """A value is any JSON but null. Raised are Refusals of `errors`, and Unsealable where the key is another."""

    def __init__(
        self, store: Store, accounts: Accounts, seal: Seal, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._seal = seal
        self._clock = clock

    def digests(self, account: str) -> dict[str, str]:
        """The account's own secrets by name, each with what tells whether its value is a given one.

        A secret that cannot be opened has an empty digest, which equals no value's: saving it again mends it.
        """
        rows = self._store.rows("SELECT name, sealed FROM secrets WHERE account = ? ORDER BY name", account)
        return {row["name"]: self._digest(account, row["name"], row["sealed"]) for row in rows}

    def read(self, account: str, name: str) -> Any:
        row = self._store.row("SELECT sealed FROM secrets WHERE account = ? AND name = ?", account, name)
        if row is not None:
            return json.loads(self._seal.open(row["sealed"], of=_label(account, name)))
        value = self._provisioned(account, name)
        if value is None:
            raise errors.not_found(account, name)
        return value

    def save(self, account: str, name: str, value: Any) -> bool:
        """Creates or replaces a secret; whether it was created."""
        self._check(account, name, value)
        sealed = self._seal.seal(json.dumps(value), of=_label(account, name))
        with self._store.writing():
            known = self._has(account, name)
            self._store.execute(
                "INSERT INTO secrets VALUES (?, ?, ?, ?) ON CONFLICT (account, name)"
                " DO UPDATE SET sealed = excluded.sealed, updated_at = excluded.updated_at",
                *(account, name, sealed, self._clock()),
            )
        return not known

    def update(self, account: str, name: str, value: Any) -> None:
        """What a function may do: replace the value of a secret that is there (functions-api §9)."""
        there = self._has(account, name) or self._provisioned(account, name) is not None
        if not there and not secrets.is_system_secret(name):
            raise errors.not_found(account, name)
        self.save(account, name, value)

    def delete(self, account: str, name: str) -> None:
        if secrets.is_system_secret(name):
            raise errors.system_secret(name)
        gone = self._store.execute("DELETE FROM secrets WHERE account = ? AND name = ?", account, name)
        if gone.rowcount == 0:
            raise errors.not_found(account, name)

    def _has(self, account: str, name: str) -> bool:
        return self._store.row("SELECT 1 FROM secrets WHERE account = ? AND name = ?", account, name) is not None

    def _check(self, account: str, name: str, value: Any) -> None:
        if secrets.is_system_secret(name):
            raise errors.system_secret(name)
        if not _NAME.fullmatch(name) or len(name) > limits.SECRET_NAME_CHARACTERS.value:
            raise errors.wrong_name(name)
        if value is None:
            raise errors.no_value()
        platform = self._accounts.platform(account)
        length, most = secrets.length(value, platform), limits.SECRET_VALUE_CHARACTERS.of(platform)
        if length > most:
            raise errors.too_long(name, length, most)

    def _provisioned(self, account: str, name: str) -> dict[str, str] | None:
        """The secrets that every account has from the start (functions-api §9)."""
        if name in (secrets.DEFAULT_APP_KEY, secrets.V1_ORCHESTRATOR_APP_KEY):
            client = self._accounts.client(account)
            if client is not None:
                return {"client_id": client.client_id, "client_secret": client.client_secret}
        if name == secrets.V1_DEFAULT_APP_KEY:
            developer = self._accounts.user(account, developer_login(account))
            if developer is not None:
                return {
                    "consumerKey": developer.api_key["appKey"],
                    "consumerSecret": developer.api_key["secret"],
                    "token": developer.api_key["accessToken"],
                    "tokenSecret": developer.api_key["accessTokenSecret"],
                }
        return None

    def _digest(self, account: str, name: str, sealed: str) -> str:
        try:
            value = json.loads(self._seal.open(sealed, of=_label(account, name)))
        except Unsealable:
            return ""
        return secrets.digest(self._store.identity("operator_token") or "", account, name, value)


def _label(account: str, name: str) -> str:
    return f"secret {name} of account {account}"
