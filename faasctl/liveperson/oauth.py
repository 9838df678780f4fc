"""Tokens of an OAuth client, which open the invocation gateway (functions-api §2.5)."""

from __future__ import annotations

import base64
import json
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import quote

from faasctl.errors import AnsweredError, NotSignedIn
from faasctl.facts.services import SENTINEL
from faasctl.liveperson.exchange import Request, unreadable
from faasctl.liveperson.reading import read_object
from faasctl.liveperson.retry import Repeat
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from collections.abc import Callable

    from faasctl.deadline import Deadline
    from faasctl.liveperson.credentials import ClientCredentials
    from faasctl.liveperson.domains import Domains
    from faasctl.liveperson.transport import Transport

RENEW_SECONDS = 1800.0
"""Official clients renew a token when less than this remains of it (§2.5, C)."""


class AppTokens:
    """The client's current token, renewed before it ends. `clock` is Unix time."""

    def __init__(
        self,
        transport: Transport,
        domains: Domains,
        account: str,
        credentials: ClientCredentials,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._transport = transport
        self._domains = domains
        self._account = account
        self._credentials = credentials
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._renew_at = float("-inf")
        redactor.register(credentials.client_secret)

    def token(self, deadline: Deadline) -> str:
        """A token with life left in it; NotSignedIn when the client is refused."""
        with self._lock:
            if self._clock() >= self._renew_at:
                self._renew(deadline)
            return self._token

    def _renew(self, deadline: Deadline) -> None:
        request = Request(
            method="POST",
            host=self._domains.host(SENTINEL, deadline),
            path=f"/sentinel/api/account/{quote(self._account, safe='')}/app/token",
            query=(("v", "2.0"),),
            form={
                "grant_type": "client_credentials",
                "client_id": self._credentials.client_id,
                "client_secret": self._credentials.client_secret,
            },
            purpose=f"getting a token for the OAuth client {self._credentials.client_id}",
            repeat=Repeat.ALWAYS,
        )
        now = self._clock()
        try:
            answer = self._transport.send(request, deadline)
        except AnsweredError as error:
            if error.status in {400, 401}:
                raise NotSignedIn(
                    error.message,
                    hint="Check the client id and secret, and that the client has the scope faas.lambda.invoke.",
                    code=error.code,
                    status=error.status,
                    request_id=error.request_id,
                ) from None
            raise
        token = redactor.register(read_object(answer, request.purpose).filled_text("access_token"))
        expires_at = expiry_of(token)
        if expires_at is None:
            raise unreadable(answer, request.purpose, "holds a token that tells no end of its life")
        self._token = token
        # a token that never has half an hour left is renewed at half its life, not with every call
        self._renew_at = expires_at - min(RENEW_SECONDS, max(0.0, expires_at - now) / 2)


def expiry_of(token: str) -> float | None:
    """`exp` of a JSON Web Token in Unix time; None when there is none. The signature is the gateway's to check."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return None
    expiry = claims.get("exp") if isinstance(claims, dict) else None
    return float(expiry) if isinstance(expiry, (int, float)) and not isinstance(expiry, bool) else None
