"""Sessions: one live login per user, eight hours each (functions-api §2.1)."""

from __future__ import annotations

import hmac
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faasctl.emulator.refusals import not_allowed, not_signed_in
from faasctl.emulator.sign_in.errors import session_over, wrong_credentials
from faasctl.facts.permissions import ROLES
from faasctl.facts.services import SESSION_SECONDS

if TYPE_CHECKING:
    from faasctl.emulator.accounts import Accounts, User
    from faasctl.emulator.store import Store

_REMEMBERED_SECONDS = 7 * 86_400
"""How long an ended session is still told apart from a token that never was."""
OPERATOR_LOGIN = "operator@emulator.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    bearer: str
    session_id: str
    csrf: str
    user: User


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls, and with which roles (facts.permissions)."""

    login: str
    roles: frozenset[str]


class Sessions:
    def __init__(self, store: Store, accounts: Accounts, *, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._accounts = accounts
        self._clock = clock
        self._operator = Caller(login=OPERATOR_LOGIN, roles=ROLES)
        self._operator_token = store.identity("operator_token") or ""

    def sign_in(self, account: str, username: str, secrets_given: Mapping[str, str]) -> Session:
        """A new session, which ends the user's earlier ones. What is given is a password or an API key's parts."""
        user = self._accounts.user(account, username)
        expected = {} if user is None else {"password": user.password, **user.api_key}
        right = [
            hmac.compare_digest(expected.get(name, "").encode(), value.encode())
            for name, value in secrets_given.items()
        ]
        if user is None or not all(right):
            raise wrong_credentials()
        session = Session(
            bearer=secrets.token_hex(32), session_id=secrets.token_hex(16), csrf=secrets.token_hex(16), user=user
        )
        now = self._clock()
        with self._store.writing():
            self._store.execute(
                "UPDATE sessions SET ended = 1 WHERE account = ? AND login = ?", account, user.login
            )
            self._store.execute("DELETE FROM sessions WHERE expires_at < ?", now - _REMEMBERED_SECONDS)
            self._store.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, 0)",
                session.bearer,
                account,
                user.login,
                session.session_id,
                session.csrf,
                now + SESSION_SECONDS,
            )
        return session

    def end_all(self, account: str) -> None:
        """Ends every session of the account, as logins of the same users elsewhere would."""
        self._store.execute("UPDATE sessions SET ended = 1 WHERE account = ?", account)

    def check(self, account: str, session_id: str, csrf: str) -> None:
        """The refresh: passes when the session lives (§2.2)."""
        row = self._store.row(
            "SELECT csrf, expires_at, ended FROM sessions WHERE session_id = ? AND account = ?",
            session_id,
            account,
        )
        if row is None or row["ended"] or row["expires_at"] <= self._clock():
            raise session_over()
        if not hmac.compare_digest(row["csrf"].encode(), csrf.encode()):
            raise session_over()

    def is_operator(self, bearer: str) -> bool:
        return hmac.compare_digest(bearer.encode(), self._operator_token.encode())

    def caller(self, account: str, bearer: str) -> Caller:
        """Who `bearer` belongs to; the operator is known in every account that exists. Raises 401 or 403."""
        if self.is_operator(bearer):
            if not self._accounts.exists(account):
                raise not_allowed(f"there is no account {account}")
            return self._operator
        row = self._store.row(
            "SELECT s.account, s.login, s.expires_at, s.ended, u.roles FROM sessions s "
            "JOIN users u ON u.account = s.account AND u.login = s.login WHERE s.bearer = ?",
            bearer,
        )
        if row is None or row["account"] != account:
            raise not_allowed("the bearer is not one of this account's")
        if row["ended"]:
            raise not_signed_in("the session was ended by a newer login of the same user")
        if row["expires_at"] <= self._clock():
            raise not_signed_in("the session has expired")
        return Caller(login=row["login"], roles=frozenset(json.loads(row["roles"])))
