"""Where a function's connections may lead; network.cjs, inside its process, carries it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from faasctl.facts import limits, network

EMULATOR_DOMAINS = (*network.LIVEPERSON_DOMAINS, "emulator.localhost")
"""Hosts at and below these are answered by the emulator: LivePerson's, and those that its own domain API names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPolicy:
    """`emulator` is its address, `host:port`; None leaves LivePerson's hosts to LivePerson.

    `allowed_domains` is a V1 account's allow-list beyond LivePerson's own hosts; None is V2, which has none.
    `offline` closes the way to all hosts but the emulator and `allowed_hosts`: names, wildcards as in the
    allow-list, and addresses, each with or without a port.
    """

    emulator: str | None
    offline: bool
    allowed_hosts: tuple[str, ...]
    allowed_domains: tuple[str, ...] | None

    def as_json(self) -> dict[str, Any]:
        v1 = self.allowed_domains is not None
        return {
            "emulator": self.emulator,
            "emulatorDomains": EMULATOR_DOMAINS,
            "offline": self.offline,
            "allowedHosts": self.allowed_hosts,
            "allowedDomains": self.allowed_domains,
            "requestsPerSecond": limits.OUTGOING_REQUESTS_PER_SECOND.value if v1 else None,
            "connectionsPerSecond": None if v1 else limits.CONNECTIONS_PER_SECOND.value,
            "connectionsPerMinute": None if v1 else limits.CONNECTIONS_PER_MINUTE.value,
            "codes": {
                "socketClosed": network.SOCKET_CLOSED,
                "offline": network.OFFLINE,
                "noSuchNetwork": network.NO_SUCH_NETWORK,
                "tooManyConnections": network.TOO_MANY_CONNECTIONS,
            },
        }
