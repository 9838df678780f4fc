"""Keeps the domain API's answer between runs, for as long as the contract says (functions-api §1)."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from faasctl.facts.services import DOMAIN_CACHE_SECONDS
from faasctl.files import private_folder, write_atomic

if TYPE_CHECKING:
    from pathlib import Path


class HostCache:
    """One file for each account in `folder`. What cannot be read or written is as if it were not there."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock

    def read(self, domain_url: str, account: str) -> tuple[Mapping[str, str], float] | None:
        """The hosts by service, and for how many seconds they hold yet."""
        try:
            kept = json.loads(self._file(domain_url, account).read_text("utf-8"))
            hosts, left = kept["hosts"], float(kept["until"]) - self._clock()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        # A clock that was set back must not make an old answer live for longer.
        if not 0 < left <= DOMAIN_CACHE_SECONDS or not isinstance(hosts, dict):
            return None
        return {str(service): str(host) for service, host in hosts.items()}, left

    def write(self, domain_url: str, account: str, hosts: Mapping[str, str]) -> None:
        with contextlib.suppress(OSError):
            private_folder(self._folder)
            content = {"until": self._clock() + DOMAIN_CACHE_SECONDS, "hosts": dict(hosts)}
            write_atomic(self._file(domain_url, account), json.dumps(content))

    def _file(self, domain_url: str, account: str) -> Path:
        name = hashlib.sha256(f"{domain_url}\n{account}".encode()).hexdigest()[:32]
        return self._folder / f"hosts-{name}.json"
