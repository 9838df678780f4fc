"""V1's allow-list: the domains that the functions of an account may call (functions-api §9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faasctl.emulator.v1.errors import domain_refused, no_domain
from faasctl.facts.network import allowed_domain_problem

if TYPE_CHECKING:
    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.store import Store

_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedDomain:
    id: int
    domain: str


class AllowList:
    def __init__(self, store: Store, accounts: Accounts) -> None:
        self._store = store
        self._accounts = accounts

    def for_functions(self, account: str) -> tuple[str, ...] | None:
        """What holds at run time, besides the default list; None for V2, which has no list."""
        if self._accounts.platform(account) == "v2":
            return None
        return tuple(entry.domain for entry in self.entries(account))

    def entries(self, account: str) -> list[AllowedDomain]:
        rows = self._store.rows("SELECT id, domain FROM allowed_domains WHERE account = ? ORDER BY id", account)
        return [AllowedDomain(id=row["id"], domain=row["domain"]) for row in rows]

    def add(self, account: str, domain: str) -> AllowedDomain:
        """Refused when it is no domain, or there already."""
        domain = _checked(domain)
        with self._store.writing():
            known = "SELECT 1 FROM allowed_domains WHERE account = ? AND domain = ?"
            if self._store.row(known, account, domain) is not None:
                raise domain_refused(f"{domain} is on the allow-list already")
            made = self._store.execute(
                "INSERT INTO allowed_domains (account, domain) VALUES (?, ?)", account, domain
            )
        return AllowedDomain(id=made.lastrowid or 0, domain=domain)

    def replace(self, account: str, domains: Sequence[str]) -> None:
        """Makes these the list; entries that stay keep their ids."""
        wanted = [_checked(domain) for domain in domains]
        with self._store.writing():
            for entry in self.entries(account):
                if entry.domain not in wanted:
                    self._store.execute("DELETE FROM allowed_domains WHERE id = ?", entry.id)
            for domain in wanted:
                self._store.execute(
                    "INSERT OR IGNORE INTO allowed_domains (account, domain) VALUES (?, ?)", account, domain
                )

    def remove(self, account: str, identity: str) -> None:
        number = int(identity) if identity.isascii() and identity.isdecimal() and len(identity) < 20 else 0
        gone = self._store.execute(
            "DELETE FROM allowed_domains WHERE account = ? AND id = ?", account, min(number, _LARGEST_ID)
        )
        if gone.rowcount == 0:
            raise no_domain(identity)


def _checked(domain: str) -> str:
    """The domain as it is kept; refused when it is none."""
    domain = domain.lower().rstrip(".")
    problem = allowed_domain_problem(domain)
    if problem is not None:
        raise domain_refused(f"{domain!r}: {problem}")
    return domain
