"""Stored credentials in a file: for machines without a keyring. Only its owner may read it (mode 0600)."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faasctl.errors import CredentialsError
from faasctl.files import write_atomic
from faasctl.liveperson.stored import Stored, Unreadable, stored_as_json, stored_from_json

if TYPE_CHECKING:
    from collections.abc import Mapping

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class CredentialFile:
    """One JSON file for all accounts; CredentialsError where it is readable by others, or not such a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, account: str) -> Stored | None:
        entry = self._accounts().get(account)
        if entry is None:
            return None
        try:
            return stored_from_json(entry)
        except Unreadable as error:
            raise self._unusable(f"what it holds of account {account} cannot be read: {error}") from None

    def accounts(self) -> tuple[str, ...]:
        return tuple(sorted(self._accounts()))

    def write(self, account: str, stored: Stored) -> None:
        self._replace({**self._accounts(), account: stored_as_json(stored)})

    def delete(self, account: str) -> bool:
        """Whether there was something to delete."""
        accounts = self._accounts()
        if account not in accounts:
            return False
        self._replace({name: entry for name, entry in accounts.items() if name != account})
        return True

    def _replace(self, accounts: Mapping[str, Any]) -> None:
        try:
            write_atomic(self.path, json.dumps({"accounts": accounts}, indent=1) + "\n")
        except OSError as error:
            raise self._unusable(f"it cannot be written: {error.strerror}") from None

    def _accounts(self) -> dict[str, Any]:
        try:
            if os.name == "posix" and stat.S_IMODE(self.path.stat().st_mode) & _OTHERS:
                raise self._unusable("others than its owner can read it", hint=f"Run `chmod 600 {self.path}`.")
            accounts = json.loads(self.path.read_text("utf-8"))["accounts"]
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise self._unusable(f"it cannot be read: {error.strerror}") from None
        except (ValueError, KeyError, TypeError):
            raise self._unusable("it is not a file that `faasctl login` wrote") from None
        if not isinstance(accounts, dict):
            raise self._unusable("it is not a file that `faasctl login` wrote")
        return accounts

    def _unusable(
        self, why: str, *, hint: str = "Give another --credentials-file, and sign in again."
    ) -> CredentialsError:
        return CredentialsError(f"credentials file {self.path}: {why}", hint=hint)
