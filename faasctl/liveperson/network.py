"""Where the services are reached."""

from __future__ import annotations

from dataclasses import dataclass

from faasctl.facts.services import DOMAIN_HOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """`domain_url` is where the domain API answers.

    With `reach_at` (a base URL such as `http://127.0.0.1:8080`) every service is reached there instead of at its
    own host, and the request's Host header names the service; proxies are then left aside. `ca_bundle` is a file
    of certificates (PEM) to trust instead of the usual ones. `call_seconds` is what one attempt at any call may
    take, where that is not as usual.
    """

    domain_url: str = f"https://{DOMAIN_HOST}"
    reach_at: str | None = None
    ca_bundle: str | None = None
    call_seconds: float | None = None

    def base_url(self, host: str | None) -> str:
        """Where the service at `host` is called; None stands for the domain API."""
        base = self.reach_at or (f"https://{host}" if host else self.domain_url)
        return base.rstrip("/")

    def host_header(self, host: str | None) -> str | None:
        """The Host header to send, where the URL does not already say it."""
        return host if self.reach_at else None
