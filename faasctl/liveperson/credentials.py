"""What a caller may sign in with. No secret shows in a repr."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionToken:
    """A session that exists already: from an earlier sign-in, or copied from a browser (functions-api §2.3).

    `expires_at` is Unix time in seconds, None where it is not known; `session_id` and `csrf` are what a refresh
    needs, None for tokens that did not come from a sign-in of ours.
    """

    bearer: str = field(repr=False)
    user_id: str
    login_name: str | None = None
    session_id: str | None = field(default=None, repr=False)
    csrf: str | None = field(default=None, repr=False)
    expires_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPassword:
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A bot user's API key, for pipelines (functions-api §2.1)."""

    username: str
    app_key: str = field(repr=False)
    secret: str = field(repr=False)
    access_token: str = field(repr=False)
    access_token_secret: str = field(repr=False)


Credential = SessionToken | UserPassword | ApiKey
"""What opens the management API."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCredentials:
    """An OAuth client for the invocation gateway (functions-api §2.5)."""

    client_id: str
    client_secret: str = field(repr=False)
