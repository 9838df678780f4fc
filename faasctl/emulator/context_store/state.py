"""Namespaces, sessions and properties of all accounts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from faasctl.emulator.context_store import errors
from faasctl.emulator.times import iso

if TYPE_CHECKING:
    from faasctl.emulator.store import Store

BUILT_IN = frozenset({"faas", "consumer", "custom", "operational", "conversation"})
"""Namespaces that every account has; no list shows them (C)."""


class ContextStore:
    """Methods that take a namespace raise the 404 Refusal where the account has none of that name."""

    def __init__(self, store: Store, *, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock

    def namespaces(self, account: str) -> list[dict[str, Any]]:
        rows = self._store.rows("SELECT * FROM context_namespaces WHERE account = ? ORDER BY name", account)
        return [
            {"name": row["name"], "createdAt": iso(row["created_at"])}
            | ({} if row["ttl_seconds"] is None else {"ttlSecond": row["ttl_seconds"]})
            for row in rows
        ]

    def create_namespace(self, account: str, name: str, ttl_seconds: int | None) -> None:
        """One that is there stays as it is."""
        self._store.execute(
            "INSERT OR IGNORE INTO context_namespaces VALUES (?, ?, ?, ?)",
            *(account, name, ttl_seconds, self._clock()),
        )

    def delete_namespace(self, account: str, name: str) -> None:
        with self._store.writing():
            for table, column in (("context_properties", "namespace"), ("context_namespaces", "name")):
                self._store.execute(f"DELETE FROM {table} WHERE account = ? AND {column} = ?", account, name)  # noqa: S608

    def sessions(self, account: str, namespace: str) -> list[str]:
        self._ttl(account, namespace)
        rows = self._store.rows(
            "SELECT DISTINCT session FROM context_properties WHERE account = ? AND namespace = ?"
            " AND (expires_at IS NULL OR expires_at > ?) ORDER BY session",
            *(account, namespace, self._clock()),
        )
        return [row["session"] for row in rows]

    def properties(self, account: str, namespace: str, session: str) -> dict[str, Any]:
        """All of a session, by name; 404 where it has none."""
        self._ttl(account, namespace)
        rows = self._store.rows(
            "SELECT name, value FROM context_properties WHERE account = ? AND namespace = ? AND session = ?"
            " AND (expires_at IS NULL OR expires_at > ?) ORDER BY name",
            *(account, namespace, session, self._clock()),
        )
        if not rows:
            raise errors.not_there(f"session {session}")
        return {row["name"]: json.loads(row["value"]) for row in rows}

    def save_properties(self, account: str, namespace: str, session: str, changes: Mapping[str, Any]) -> None:
        """Sets the named ones and leaves the others; the time to live counts from now."""
        ttl = self._ttl(account, namespace)
        expires_at = None if ttl is None else self._clock() + ttl
        with self._store.writing():
            for name, value in changes.items():
                self._store.execute(
                    "INSERT OR REPLACE INTO context_properties VALUES (?, ?, ?, ?, ?, ?)",
                    *(account, namespace, session, name, json.dumps(value), expires_at),
                )

    def delete_properties(self, account: str, namespace: str, session: str, name: str | None = None) -> None:
        """Deletes one, or all of the session; what is gone already is no error."""
        self._store.execute(
            "DELETE FROM context_properties WHERE account = ? AND namespace = ? AND session = ?"
            " AND (? IS NULL OR name = ?)",
            *(account, namespace, session, name, name),
        )

    def _ttl(self, account: str, namespace: str) -> int | None:
        if namespace in BUILT_IN:
            return None
        row = self._store.row(
            "SELECT ttl_seconds FROM context_namespaces WHERE account = ? AND name = ?", account, namespace
        )
        if row is None:
            raise errors.not_there(f"namespace {namespace}")
        return None if row["ttl_seconds"] is None else int(row["ttl_seconds"])
