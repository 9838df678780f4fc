"""Which credentials open an account: the file that is named, the environment, the keyring, in this order."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from faasctl import keyring_access
from faasctl.cli.connection import chosen
from faasctl.errors import CredentialsError, NotSignedIn
from faasctl.liveperson.credential_file import CredentialFile
from faasctl.liveperson.credentials import ApiKey, ClientCredentials, Credential, SessionToken, UserPassword
from faasctl.liveperson.stored import Stored, Unreadable, read_stored, write_stored
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from collections.abc import Mapping

_T = TypeVar("_T")
_INDEX = "accounts"
"""The keyring's entry that names the accounts it holds: keyrings do not list."""
_NO_KEYRING = (
    "On a machine without a keyring, give --credentials-file FILE (or FAASCTL_CREDENTIALS_FILE), or set the "
    "credentials in the environment."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`source` says where, for a person. `known` is a session of an earlier run; `keep` stores its successor."""

    credential: Credential
    source: str
    known: SessionToken | None = None
    keep: Callable[[SessionToken], None] = field(default=lambda _: None, repr=False)


class CredentialStore(Protocol):
    """Where `login` keeps what it got."""

    def read(self, account: str) -> Stored | None: ...

    def write(self, account: str, stored: Stored) -> None: ...

    def delete(self, account: str) -> bool: ...

    def accounts(self) -> tuple[str, ...]: ...


def store() -> tuple[CredentialStore, str]:
    """The store that is chosen, and its name for a person."""
    if chosen.credentials_file is not None:
        return CredentialFile(Path(chosen.credentials_file)), f"file {chosen.credentials_file}"
    return KeyringStore(), "keyring"


def find_credential(account: str, environ: Mapping[str, str] = os.environ) -> Found:
    """The credential for `account`; NotSignedIn with the line to type where there is none."""
    trouble = ""
    if chosen.credentials_file is not None:
        found = _stored(account, CredentialFile(Path(chosen.credentials_file)), f"file {chosen.credentials_file}")
        if found is not None:
            return found
    given = from_environment(environ)
    if given is not None:
        return given
    if chosen.credentials_file is None:
        try:
            found = _stored(account, KeyringStore(), "keyring")
        except CredentialsError as error:
            found, trouble = None, f"; {error.message}"
        if found is not None:
            return found
    raise NotSignedIn(
        f"no credentials for account {account}{trouble}",
        hint=f"Run `faasctl login --account {account}`. In a pipeline, set FAASCTL_USERNAME and FAASCTL_PASSWORD, "
        "a bot user's API key (FAASCTL_APP_KEY, FAASCTL_APP_SECRET, FAASCTL_ACCESS_TOKEN, "
        "FAASCTL_ACCESS_TOKEN_SECRET), or FAASCTL_TOKEN and FAASCTL_USER_ID. To work without an account: "
        "--target local.",
    )


def client_credentials(environ: Mapping[str, str] = os.environ) -> ClientCredentials | None:
    """The OAuth client for the gateway, from the environment alone."""
    client_id, secret = environ.get("FAASCTL_CLIENT_ID"), environ.get("FAASCTL_CLIENT_SECRET")
    if not (client_id and secret):
        return None
    return ClientCredentials(client_id=client_id, client_secret=redactor.register(secret))


class KeyringStore:
    """One secret for each account, in this user's keyring; CredentialsError where that is of no use."""

    def read(self, account: str) -> Stored | None:
        text = self._ask(lambda: keyring_access.read(f"account:{account}"))
        if text is None:
            return None
        try:
            return read_stored(text)
        except Unreadable as error:
            raise CredentialsError(
                f"what the keyring holds of account {account} cannot be read: {error}",
                hint=f"Run `faasctl logout --account {account}`, then `faasctl login --account {account}`.",
            ) from None

    def write(self, account: str, stored: Stored) -> None:
        self._ask(lambda: keyring_access.write(f"account:{account}", write_stored(stored)))
        self._list({*self.accounts(), account})

    def delete(self, account: str) -> bool:
        deleted = self._ask(lambda: keyring_access.delete(f"account:{account}"))
        self._list({*self.accounts()} - {account})
        return bool(deleted)

    def accounts(self) -> tuple[str, ...]:
        text = self._ask(lambda: keyring_access.read(_INDEX))
        return tuple(sorted(filter(None, (text or "").split("\n"))))

    def _list(self, accounts: set[str]) -> None:
        if accounts:
            self._ask(lambda: keyring_access.write(_INDEX, "\n".join(sorted(accounts))))
        else:
            self._ask(lambda: keyring_access.delete(_INDEX))

    def _ask(self, act: Callable[[], _T]) -> _T:
        try:
            return act()
        except keyring_access.KeyringTrouble as trouble:
            raise CredentialsError(str(trouble), hint=_NO_KEYRING) from None


def _stored(account: str, kept: CredentialStore, source: str) -> Found | None:
    stored = kept.read(account)
    if stored is None:
        return None
    if stored.api_key is None:
        return Found(credential=stored.session, source=source)

    def keep(session: SessionToken) -> None:
        try:
            kept.write(account, replace(stored, session=session))
        except CredentialsError:
            return  # it signs in anew the next time

    return Found(credential=stored.api_key, source=source, known=stored.session, keep=keep)


def from_environment(environ: Mapping[str, str]) -> Found | None:
    def given(*names: str) -> list[str] | None:
        values = [environ.get(name, "") for name in names]
        for value in values[1:]:
            redactor.register(value)
        return values if all(values) else None

    if token := given("FAASCTL_USER_ID", "FAASCTL_TOKEN"):
        return Found(
            credential=SessionToken(user_id=token[0], bearer=token[1]), source="environment (FAASCTL_TOKEN)"
        )
    if key := given(
        "FAASCTL_USERNAME",
        "FAASCTL_APP_KEY",
        "FAASCTL_APP_SECRET",
        "FAASCTL_ACCESS_TOKEN",
        "FAASCTL_ACCESS_TOKEN_SECRET",
    ):
        username, app_key, secret, access_token, access_token_secret = key
        api_key = ApiKey(
            username=username,
            app_key=app_key,
            secret=secret,
            access_token=access_token,
            access_token_secret=access_token_secret,
        )
        return Found(credential=api_key, source="environment (FAASCTL_APP_KEY)")
    if user := given("FAASCTL_USERNAME", "FAASCTL_PASSWORD"):
        return Found(
            credential=UserPassword(username=user[0], password=user[1]), source="environment (FAASCTL_PASSWORD)"
        )
    if environ.get("FAASCTL_TOKEN"):
        raise NotSignedIn(
            "FAASCTL_TOKEN is set and FAASCTL_USER_ID is not",
            hint="A bearer token needs its user's id beside it; both are in the browser's session storage.",
        )
    return None
