"""What the network of a function lets through (functions-api §9 allow-list, §10 network)."""

from __future__ import annotations

import re

LIVEPERSON_DOMAINS = ("liveperson.net", "liveperson.com", "lpsnmedia.net")
"""Hosts at and below these are LivePerson's (C §1, §1.2; the last: I). Locally the emulator stands for them."""

DEFAULT_ALLOWED_SERVICES = (
    "accountConfigReadOnly",
    "accountConfigReadWrite",
    "agentVep",
    "asyncMessaging",
    "asyncMessagingEnt",
    "engHistDomain",
    "leDataReporting",
    "msdkgw",
    "msgEwtAPI",
    "msgHist",
    "pusher",
    "rtbf",
    "smt",
    "swift",
)
"""Services of the domain API whose hosts stand on V1's allow-list from the start (D §9)."""

SOCKET_CLOSED = "ERR_SOCKET_CLOSED"
"""Node's code of "Socket is closed", which is what a V1 function sees of a host that is not on the list (D)."""
OFFLINE = "faasctl.offline"
"""Ours: the function was started offline, and the host is not one that may be reached."""
TOO_MANY_CONNECTIONS = "faasctl.too-many-connections"
"""Ours: the function opened more connections than V2 lets it (limits.CONNECTIONS_PER_SECOND, …_PER_MINUTE)."""
NO_SUCH_NETWORK = "faasctl.no-such-network"
"""Ours: neither datagrams nor Unix sockets lead out of the platform (D §10: HTTP and HTTPS only)."""

_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_DOMAIN = re.compile(rf"(?:\*\.)?{_LABEL}(?:\.{_LABEL})*\.?", re.IGNORECASE)


def allowed_domain_problem(domain: str) -> str | None:
    """Why a domain cannot stand on V1's allow-list, None when it can.

    A host name, or `*.` and a host name with two labels or more (D §9: one wildcard at most).
    """
    if not domain:
        return "the domain is empty"
    if "://" in domain or "/" in domain:
        return "a domain is a host name alone: no scheme, no path"
    if re.search(r":\d+$", domain):
        return "a domain is a host name alone: no port"
    if domain.count("*") > 1:
        return "a domain may hold one wildcard at most, as in *.example.com"
    if "*" in domain and not domain.startswith("*."):
        return "a wildcard stands for the whole first label, as in *.example.com"
    if domain.startswith("*.") and "." not in domain[2:].rstrip("."):
        return "a wildcard needs a domain below the top level, as in *.example.com"
    if len(domain) > 253 or not _DOMAIN.fullmatch(domain):
        return "the domain is no host name"
    return None


def allowed_host_problem(host: str) -> str | None:
    """Why an offline function cannot be let through to this host, None when it can: a domain as above, or an
    address, each with or without a port.
    """
    from ipaddress import ip_address

    bare = re.sub(r":\d{1,5}$", "", host) if host.startswith("[") or host.count(":") == 1 else host
    try:
        ip_address(bare[1:-1] if bare.startswith("[") else bare)
    except ValueError:
        return allowed_domain_problem(bare)
    return None
