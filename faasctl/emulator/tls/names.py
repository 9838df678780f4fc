"""The names that the emulator can prove to have."""

from __future__ import annotations

from faasctl.emulator.domains import DOMAIN
from faasctl.facts.network import LIVEPERSON_DOMAINS
from faasctl.facts.services import LIVEPERSON_SERVICE_DOMAINS

LOOPBACK = "127.0.0.1"
VOUCHED_DOMAINS = ("localhost", *LIVEPERSON_DOMAINS)
"""The authority vouches for these and what is below, and for nothing else."""

CERTIFIED_NAMES = (
    "localhost",
    f"*.{DOMAIN}",
    *(f"*.{domain}" for domain in LIVEPERSON_DOMAINS),
    *(f"*.{domain}" for domain in LIVEPERSON_SERVICE_DOMAINS),
)
"""A wildcard stands for one label, so each service whose hosts are named by zone (`va.…`) has its own."""
