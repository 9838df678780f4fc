"""The requests of both generations: paths, queries, headers, who may send them (functions-api §3, §7)."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from faasctl.facts.permissions import DEVELOPER, INVOCATION
from faasctl.facts.services import FUNCTIONS_GATEWAY, FUNCTIONS_UI
from faasctl.liveperson.exchange import Request
from faasctl.liveperson.retry import Repeat

if TYPE_CHECKING:
    from faasctl.deadline import Deadline
    from faasctl.liveperson.domains import Domains
    from faasctl.liveperson.oauth import AppTokens
    from faasctl.liveperson.sign_in import SignIn

EVENT_SOURCE = "Bot Connector"
"""Who calls the gateway: what a bot's connector is assumed to send (third-party-bots §13, 16)."""
INVOCATION_SECONDS = 35.0
"""A function's 30 s and a margin (functions-api §17)."""
_TIMESTAMP = 0
"""The official client puts this into every body of the management API (functions-api §3)."""

Query = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """What the calls of one generation carry besides what all do."""

    management_query: Query = ()
    gateway_query: Query = ()
    gateway_headers: Mapping[str, str] = field(default_factory=dict)


V1 = Wire(
    management_query=(("v", "1"),),
    gateway_query=(("v", "1"), ("externalSystem", EVENT_SOURCE)),
)
V2 = Wire(gateway_headers={"LP-EventSource": EVENT_SOURCE})


class Calls:
    """Makes requests that carry a live session, or the OAuth client's token where there is a client."""

    def __init__(
        self, wire: Wire, account: str, domains: Domains, sign_in: SignIn, tokens: AppTokens | None
    ) -> None:
        self._wire = wire
        self._base = f"/api/account/{quoted(account)}"
        self._domains = domains
        self._sign_in = sign_in
        self._tokens = tokens

    def manage(
        self,
        method: str,
        path: str,
        purpose: str,
        until: Deadline,
        *,
        json: Mapping[str, Any] | None = None,
        repeat: Repeat | None = None,
        query: Query = (),
        accept: str | None = None,
    ) -> Request:
        """A call of the management API; reads are repeated, writes as `repeat` says. `accept`: other than JSON."""
        session = self._sign_in.session(until)
        return Request(
            method=method,
            host=self._domains.host(FUNCTIONS_UI, until),
            path=self._base + path,
            query=(("userId", session.user_id), *self._wire.management_query, *query),
            headers={"Authorization": f"Bearer {session.bearer}", **({"Accept": accept} if accept else {})},
            json=None if json is None else {"timestamp": _TIMESTAMP, **json},
            purpose=purpose,
            permission=DEVELOPER,
            repeat=repeat or (Repeat.ALWAYS if method == "GET" else Repeat.UNPROCESSED),
            renew=lambda: self._renewed(until),
        )

    def test(
        self, service: str, path: str, purpose: str, payload: Any, headers: Query, until: Deadline
    ) -> Request:
        """A test invocation, for which a user signs in; `service` is the one that runs it (§7.2)."""
        session = self._sign_in.session(until)
        return Request(
            method="POST",
            host=self._domains.host(service, until),
            path=self._base + path,
            query=(("userId", session.user_id), *self._wire.management_query),
            headers={"Authorization": f"Bearer {session.bearer}"},
            json=_envelope(payload, headers),
            purpose=purpose,
            permission=INVOCATION,
            repeat=Repeat.NOT_CONNECTED,
            seconds=INVOCATION_SECONDS,
            renew=lambda: self._renewed(until),
        )

    def invocation(
        self, path: str, purpose: str, payload: Any, headers: Query, until: Deadline, *, query: Query = ()
    ) -> Request:
        """An invocation through the gateway; a function that was called once is never called again by itself."""
        return Request(
            method="POST",
            host=self._domains.host(FUNCTIONS_GATEWAY, until),
            path=self._base + path,
            query=(*self._wire.gateway_query, *query),
            headers=self._gateway_headers(until),
            json=_envelope(payload, headers),
            purpose=purpose,
            permission=INVOCATION,
            repeat=Repeat.NOT_CONNECTED,
            seconds=INVOCATION_SECONDS,
            renew=None if self._tokens else lambda: self._renewed(until, self._wire.gateway_headers),
        )

    def gateway_read(self, path: str, purpose: str, until: Deadline, *, query: Query = ()) -> Request:
        return Request(
            method="GET",
            host=self._domains.host(FUNCTIONS_GATEWAY, until),
            path=self._base + path,
            query=(*self._wire.gateway_query, *query),
            headers=self._gateway_headers(until),
            purpose=purpose,
            permission=INVOCATION,
            repeat=Repeat.ALWAYS,
            renew=None if self._tokens else lambda: self._renewed(until, self._wire.gateway_headers),
        )

    def _gateway_headers(self, until: Deadline) -> dict[str, str]:
        token = self._tokens.token(until) if self._tokens else self._sign_in.session(until).bearer
        return {"Authorization": f"Bearer {token}", **self._wire.gateway_headers}

    def _renewed(self, until: Deadline, also: Mapping[str, str] | None = None) -> dict[str, str] | None:
        session = self._sign_in.renewed(until)
        return None if session is None else {"Authorization": f"Bearer {session.bearer}", **(also or {})}


def quoted(text: str) -> str:
    """`text` as one segment of a path."""
    return quote(text, safe="")


def _envelope(payload: Any, headers: Query) -> dict[str, Any]:
    """What a function gets as `input`; `timestamp` is Unix time in milliseconds (§7.1)."""
    return {
        "timestamp": int(time.time() * 1000),
        "headers": [{"key": key, "value": value} for key, value in headers],
        "payload": payload,
    }
