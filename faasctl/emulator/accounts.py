"""The accounts of this platform: which there are, and how each behaves. Plain state, used by every service."""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from faasctl.facts import limits, permissions

if TYPE_CHECKING:
    from faasctl.emulator.store import Store
    from faasctl.facts.services import Generation, HostNames


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an account holds besides functions, and how it behaves; `deploy_delay` is seconds.

    `hosts` says which host names the domain API tells. `loose_limits` takes the looser limit where the platform's
    sources disagree; `fail_at_log_limit` ends an invocation that logs too much. Functions take both over when they
    are deployed. `execution_seconds` is what an invocation may take, from the next one on.
    """

    platform: Generation = "v2"
    hosts: HostNames = "emulator"
    skills: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    image_hosts: tuple[str, ...] = ()
    deploy_delay: float = 0.0
    refuse_stale_versions: bool = False
    loose_limits: bool = False
    fail_at_log_limit: bool = False
    execution_seconds: float = float(limits.EXECUTION_SECONDS.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A user who can sign in. Secrets are kept readable: they open nothing but this machine's emulator."""

    login: str
    user_id: str
    password: str
    api_key: Mapping[str, str]
    roles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """The account's OAuth client."""

    client_id: str
    client_secret: str


def developer_login(account: str) -> str:
    """The user that every account is made with; `.example` is reserved, so it is nobody's address."""
    return f"developer@{account}.example"


class Accounts:
    def __init__(self, store: Store) -> None:
        self._store = store

    def exists(self, account: str) -> bool:
        return self._store.row("SELECT 1 FROM accounts WHERE account = ?", account) is not None

    def settings(self, account: str) -> Settings | None:
        row = self._store.row("SELECT settings FROM accounts WHERE account = ?", account)
        return None if row is None else _settings(row["settings"])

    def platform(self, account: str) -> Generation:
        """The generation of the account; one that does not exist is taken for V2."""
        return (self.settings(account) or Settings()).platform

    def save(self, account: str, changes: Mapping[str, Any]) -> bool:
        """Creates the account or changes the named fields of its Settings; whether it was created."""
        with self._store.writing():
            before = self.settings(account)
            merged = {**asdict(before or Settings()), **changes}
            if before is not None:
                self._store.execute(
                    "UPDATE accounts SET settings = ? WHERE account = ?", json.dumps(merged), account
                )
                return False
            self._store.execute(
                "INSERT INTO accounts (account, settings, client_id, client_secret) VALUES (?, ?, ?, ?)",
                account,
                json.dumps(merged),
                str(uuid.uuid4()),
                secrets.token_hex(24),
            )
            self._write_user(account, developer_login(account), None, permissions.ROLES)
            return True

    def client(self, account: str) -> Client | None:
        row = self._store.row("SELECT client_id, client_secret FROM accounts WHERE account = ?", account)
        if row is None:
            return None
        return Client(client_id=row["client_id"], client_secret=row["client_secret"])

    def users(self, account: str) -> list[User]:
        return [
            _user(row) for row in self._store.rows("SELECT * FROM users WHERE account = ? ORDER BY login", account)
        ]

    def user(self, account: str, login: str) -> User | None:
        row = self._store.row("SELECT * FROM users WHERE account = ? AND login = ?", account, login)
        return None if row is None else _user(row)

    def save_user(self, account: str, login: str, *, password: str | None, roles: frozenset[str]) -> bool:
        """Creates or changes a user (no password: keep it, or make one); whether it was created."""
        with self._store.writing():
            known = self.user(account, login) is not None
            self._write_user(account, login, password, roles)
        return not known

    def _write_user(self, account: str, login: str, password: str | None, roles: frozenset[str]) -> None:
        self._store.execute(
            "INSERT INTO users VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account, login) "
            "DO UPDATE SET roles = excluded.roles, password = coalesce(?, password)",
            account,
            login,
            str(secrets.randbelow(9 * 10**9) + 10**9),
            password or secrets.token_urlsafe(18),
            json.dumps(_new_api_key()),
            json.dumps(sorted(roles)),
            password,
        )

    def script_next_deployment(self, account: str, reason: str | None) -> None:
        """Lets the account's next deployment fail for `reason`; None takes that back."""
        self._store.execute("UPDATE accounts SET next_deployment = ? WHERE account = ?", reason, account)

    def take_scripted_failure(self, account: str) -> str | None:
        """The reason for which this deployment is to fail, once. Call it inside a writing transaction."""
        row = self._store.row("SELECT next_deployment FROM accounts WHERE account = ?", account)
        if row is None or row["next_deployment"] is None:
            return None
        self.script_next_deployment(account, None)
        return str(row["next_deployment"])


def _new_api_key() -> dict[str, str]:
    """The four parts that the login takes besides the username (functions-api §2.1)."""
    parts = ("appKey", "secret", "accessToken", "accessTokenSecret")
    return {part: secrets.token_hex(16) for part in parts}


@lru_cache(maxsize=256)
def _settings(text: str) -> Settings:
    """They are asked for several times in a request, and seldom change."""
    data = json.loads(text)
    return Settings(
        platform=data.get("platform", "v2"),
        hosts=data.get("hosts", "emulator"),
        skills=tuple(data["skills"]),
        agents=tuple(data["agents"]),
        image_hosts=tuple(data["image_hosts"]),
        deploy_delay=data["deploy_delay"],
        refuse_stale_versions=data["refuse_stale_versions"],
        loose_limits=data.get("loose_limits", False),
        fail_at_log_limit=data.get("fail_at_log_limit", False),
        execution_seconds=data.get("execution_seconds", float(limits.EXECUTION_SECONDS.value)),
    )


def _user(row: Any) -> User:
    return User(
        login=row["login"],
        user_id=row["user_id"],
        password=row["password"],
        api_key=json.loads(row["api_key"]),
        roles=frozenset(json.loads(row["roles"])),
    )
