"""The domain API: at which host each service of an account lives (functions-api §1)."""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import quote

from faasctl.errors import AnsweredError, NotFound, PlatformError
from faasctl.facts.services import AGENT_VEP, DOMAIN_CACHE_SECONDS, FUNCTIONS_GATEWAY, FUNCTIONS_UI, SENTINEL
from faasctl.liveperson.exchange import Request, unreadable
from faasctl.liveperson.reading import read_object
from faasctl.liveperson.retry import Repeat

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from faasctl.deadline import Deadline
    from faasctl.liveperson.host_cache import HostCache
    from faasctl.liveperson.transport import Transport

_HOST = re.compile(r"[A-Za-z0-9._-]+(:[0-9]{1,5})?")
_CALLED = (FUNCTIONS_UI, FUNCTIONS_GATEWAY, AGENT_VEP, SENTINEL)
"""The domain API names many services more; what it says of those is nothing to us."""


class Domains:
    """The hosts of one account, asked for once in ten minutes.

    `clock` counts seconds; `cache` outlives the run.
    """

    def __init__(
        self,
        transport: Transport,
        account: str,
        *,
        cache: HostCache | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._account = account
        self._cache = cache
        self._clock = clock
        self._lock = threading.Lock()
        self._hosts: Mapping[str, str] = {}
        self._until = float("-inf")

    def host(self, service: str, deadline: Deadline) -> str:
        """The host of `service`, no scheme; NotFound for an unknown account, PlatformError without the service."""
        with self._lock:
            if self._clock() >= self._until:
                self._hosts, seconds = self._kept() or (self._ask(deadline), DOMAIN_CACHE_SECONDS)
                self._until = self._clock() + seconds
            host = self._hosts.get(service)
        if host is None:
            raise self._missing(service)
        return host

    def _kept(self) -> tuple[Mapping[str, str], float] | None:
        if self._cache is None:
            return None
        kept = self._cache.read(self._transport.network.domain_url, self._account)
        if kept is None or not kept[0] or not all(map(_HOST.fullmatch, kept[0].values())):
            return None
        return kept

    def _ask(self, deadline: Deadline) -> dict[str, str]:
        request = Request(
            method="GET",
            host=None,
            path=f"/api/account/{quote(self._account, safe='')}/service/baseURI.json",
            query=(("version", "1.0"),),
            purpose=f"finding the services of account {self._account}",
            repeat=Repeat.ALWAYS,
        )
        try:
            answer = self._transport.send(request, deadline)
        except AnsweredError as error:
            if error.status in {400, 401, 404}:  # 401 is the documented answer to an invalid site
                raise self._unknown() from None
            raise
        entries = read_object(answer, request.purpose).children("baseURIs")
        if not entries:
            raise self._unknown()
        hosts: dict[str, str] = {}
        for entry in entries:
            service = entry.value("service")
            if service not in _CALLED:
                continue
            host = entry.text("baseURI")
            if not _HOST.fullmatch(host):
                raise unreadable(answer, request.purpose, f"names no host for {service}")
            hosts[service] = host
        if self._cache is not None:
            self._cache.write(self._transport.network.domain_url, self._account, hosts)
        return hosts

    def _unknown(self) -> NotFound:
        return NotFound(
            f"account {self._account} is not known to the domain API",
            hint="Check `account` in bot.yaml: it is the LivePerson site id.",
        )

    def _missing(self, service: str) -> PlatformError:
        if service in {FUNCTIONS_UI, FUNCTIONS_GATEWAY}:
            return PlatformError(
                f"LivePerson Functions is not enabled for account {self._account} "
                f"(the domain API names no service {service})",
                hint="Ask LivePerson to enable Functions for the account.",
            )
        return PlatformError(f"the domain API names no service {service} for account {self._account}")
