"""Signing in as a user, and keeping to that session while it lives (functions-api §2.1-§2.4)."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import quote

from faasctl.errors import AnsweredError, NotSignedIn
from faasctl.facts.services import AGENT_VEP
from faasctl.liveperson.credentials import ApiKey, Credential, SessionToken, UserPassword
from faasctl.liveperson.exchange import Answer, Request
from faasctl.liveperson.reading import read_object
from faasctl.liveperson.retry import Repeat
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from collections.abc import Callable

    from faasctl.deadline import Deadline
    from faasctl.liveperson.domains import Domains
    from faasctl.liveperson.transport import Transport

_MARGIN_SECONDS = 60.0
"""A session that ends sooner than this is taken as ended, so that it does not end on the way."""


class SignIn:
    """Turns a credential into a live session. `clock` is Unix time.

    A user name with its password or key signs in anew when the session's eight hours are over. A session that
    the platform ends sooner is not replaced: somebody signed in as the same user elsewhere, and only one session
    of a user lives (§2.1), so that two programs would go on ending each other's. Only one that an earlier run
    left is: it may have ended long ago.
    """

    def __init__(
        self,
        transport: Transport,
        domains: Domains,
        account: str,
        credential: Credential,
        *,
        known: SessionToken | None = None,
        on_session: Callable[[SessionToken], None] = lambda _: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`known` is a session of `credential` from an earlier run; `on_session` is told each new one."""
        self._transport = transport
        self._domains = domains
        self._account = account
        self._credential = credential
        self._clock = clock
        self._lock = threading.Lock()
        self._on_session = on_session
        self._session: SessionToken | None = known
        if isinstance(credential, SessionToken):
            self._session = _sendable(credential)
        self._from_before = known is not None
        for secret in (credential, known):
            if secret is not None:
                _register(secret)

    def session(self, deadline: Deadline) -> SessionToken:
        """The live session, signed in when there is none; NotSignedIn when that cannot be."""
        with self._lock:
            if self._session is None or self._ended(self._session):
                self._session = self._anew(deadline)
            return self._session

    def renewed(self, deadline: Deadline) -> SessionToken | None:
        """A session in place of one that an earlier run left and the platform has ended since; None otherwise."""
        with self._lock:
            if not self._from_before or isinstance(self._credential, SessionToken):
                return None
            self._session = self._anew(deadline)
            return self._session

    def _anew(self, deadline: Deadline) -> SessionToken:
        session = self._log_in(deadline)
        self._from_before = False
        self._on_session(session)
        return session

    def refresh(self, deadline: Deadline) -> bool | None:
        """Asks the platform whether the session lives; None without the values that this takes (§2.2)."""
        session = self.session(deadline)
        if session.session_id is None or session.csrf is None:
            return None
        request = Request(
            method="POST",
            host=self._domains.host(AGENT_VEP, deadline),
            path=f"/api/account/{quote(self._account, safe='')}/refresh",
            headers={"Cookie": f"session_id={session.session_id}"},
            json={"csrf": session.csrf},
            purpose="refreshing the session",
            repeat=Repeat.ALWAYS,
        )
        try:
            self._transport.send(request, deadline)
        except NotSignedIn:
            return False
        return True

    def _ended(self, session: SessionToken) -> bool:
        return session.expires_at is not None and session.expires_at - _MARGIN_SECONDS <= self._clock()

    def _log_in(self, deadline: Deadline) -> SessionToken:
        if isinstance(self._credential, SessionToken):
            raise NotSignedIn(
                f"the session in account {self._account} has ended",
                hint=f"Sign in again: `faasctl login --account {self._account}`.",
            )
        request = Request(
            method="POST",
            host=self._domains.host(AGENT_VEP, deadline),
            path=f"/api/account/{quote(self._account, safe='')}/login",
            query=(("v", "1.3"),),
            json=_body(self._credential),
            purpose=f"signing in as {self._credential.username}",
            repeat=Repeat.ALWAYS,
        )
        started = self._clock()
        try:
            answer = self._transport.send(request, deadline)
        except AnsweredError as error:
            if error.status in {400, 401}:
                raise self._refused(self._credential, error) from None
            raise
        return _read(answer, request.purpose, started)

    def _refused(self, credential: UserPassword | ApiKey, error: AnsweredError) -> NotSignedIn:
        what = "password" if isinstance(credential, UserPassword) else "API key"
        return NotSignedIn(
            f"account {self._account} refused the sign-in of {credential.username} (HTTP {error.status}, "
            f"request id {error.request_id})",
            hint=f"Check the user name, its {what}, and that the user belongs to this account and is enabled.",
            code=error.code,
            status=error.status,
            request_id=error.request_id,
        )


def _body(credential: UserPassword | ApiKey) -> dict[str, str]:
    if isinstance(credential, UserPassword):
        return {"username": credential.username, "password": credential.password}
    return {
        "username": credential.username,
        "appKey": credential.app_key,
        "secret": credential.secret,
        "accessToken": credential.access_token,
        "accessTokenSecret": credential.access_token_secret,
    }


def _read(answer: Answer, purpose: str, now: float) -> SessionToken:
    fields = read_object(answer, purpose)
    user = fields.child("config")
    life = fields.optional_text("sessionTTl")  # a text of milliseconds
    session = SessionToken(
        bearer=fields.filled_text("bearer"),
        user_id=user.filled_text("userId"),
        login_name=user.optional_text("loginName"),
        session_id=fields.optional_text("sessionId"),
        csrf=fields.optional_text("csrf"),
        expires_at=now + int(life) / 1000 if life and life.isascii() and life.isdigit() else None,
    )
    _register(session)
    return session


def _sendable(session: SessionToken) -> SessionToken:
    """`session`, when a header can carry its bearer: one that was copied may hold a line break."""
    bearer = session.bearer
    if not bearer or not bearer.isascii() or not bearer.isprintable() or " " in bearer:
        raise NotSignedIn(
            "the session token is empty, or holds characters that no token has (a space, a line break)",
            hint="Copy it again, whole and alone, or sign in with `faasctl login`.",
        )
    return session


def _register(credential: Credential) -> None:
    if isinstance(credential, SessionToken):
        secrets = [credential.bearer, credential.session_id, credential.csrf]
    elif isinstance(credential, UserPassword):
        secrets = [credential.password]
    else:
        secrets = [
            credential.app_key,
            credential.secret,
            credential.access_token,
            credential.access_token_secret,
        ]
    for secret in secrets:
        if secret:
            redactor.register(secret)
