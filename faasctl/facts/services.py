"""The services that the domain API names (functions-api §1.1), and how V1 and V2 are told apart (§0.3)."""

from __future__ import annotations

from typing import Literal

Generation = Literal["v1", "v2"]
"""Which of the platform's two generations an account is on."""
HostNames = Literal["emulator", "liveperson"]
"""Ours: which hosts the emulator's domain API tells of an account, its own or LivePerson's."""

FUNCTIONS_UI = "faasUI"
"""Management API: functions, deployments, test invocation."""
FUNCTIONS_GATEWAY = "faasGW"
"""Invocation gateway; its host decides between V1 and V2."""
AGENT_VEP = "agentVep"
"""User login and refresh."""
SENTINEL = "sentinel"
"""OAuth 2.0 tokens."""
CONTEXT_STORE = "mavenContext"
"""Context Session Store, for the toolbelt."""

LIVEPERSON_HOSTS: dict[Generation, dict[str, str]] = {
    "v1": {
        FUNCTIONS_UI: "faas.liveperson.net",
        FUNCTIONS_GATEWAY: "va.faasgw.liveperson.net",
        AGENT_VEP: "va.agentvep.liveperson.net",
        SENTINEL: "va.sentinel.liveperson.net",
        CONTEXT_STORE: "z1.context.liveperson.net",
    },
    "v2": {
        FUNCTIONS_UI: "va.functions.liveperson.net",
        FUNCTIONS_GATEWAY: "va.fninvocations.liveperson.net",
        AGENT_VEP: "va.agentvep.liveperson.net",
        SENTINEL: "va.sentinel.liveperson.net",
        CONTEXT_STORE: "z1.context.liveperson.net",
    },
}
"""Hosts of the American zone (§1.2, D). V2's first two are not known; they have the marks that clients want."""
LIVEPERSON_SERVICE_DOMAINS = (
    "agentvep.liveperson.net",
    "context.liveperson.net",
    "faasgw.liveperson.net",
    "faasui.liveperson.net",
    "fninvocations.liveperson.net",
    "functions.liveperson.net",
    "sentinel.liveperson.net",
)
"""Below these the hosts of a service are named by their zone, as in `va.sentinel.liveperson.net` (§1.2)."""

DOMAIN_HOST = "api.liveperson.net"
"""Where the domain API of production accounts lives (§1, C)."""
DOMAIN_CACHE_SECONDS = 600
"""How long official clients keep a domain answer (§1, C)."""

V2_GATEWAY_MARK = "fninvocations"
"""A gateway host that contains this belongs to a V2 account (§0.3, C)."""


def is_v2_gateway(host: str) -> bool:
    """Whether official clients take the account behind this gateway host for V2 (§0.3, C)."""
    return V2_GATEWAY_MARK in host


LOGIN_VERSION = "1.3"
"""Query `v` of the login (§2.1, D)."""
SESSION_SECONDS = 28_800
"""How long a login lives: 8 h (§2.1, D)."""
APP_TOKEN_SECONDS = 3_600
"""How long an app token of Sentinel lives (§2.5, M)."""
SENTINEL_ISSUER = "Sentinel"
"""Claim `iss` of app tokens (§2.5, M)."""
