"""What `login` keeps of an account: the session, and an API key where one signed in. Passwords are never kept.

The stored form is JSON text, so that a keyring can hold it as one secret and a file can hold one per account.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from faasctl.liveperson.credentials import ApiKey, SessionToken

Way = Literal["password", "api-key", "token"]
_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """`way` is how the session came about; `api_key` can renew it when its eight hours are over."""

    way: Way
    session: SessionToken
    api_key: ApiKey | None = None


class Unreadable(ValueError):
    """What is stored is not what `login` stores."""


def write_stored(stored: Stored) -> str:
    """`stored` as JSON text, secrets in it."""
    return json.dumps(stored_as_json(stored))


def stored_as_json(stored: Stored) -> dict[str, Any]:
    key = None if stored.api_key is None else asdict(stored.api_key)
    return {"version": _VERSION, "way": stored.way, "session": asdict(stored.session), "api_key": key}


def read_stored(text: str) -> Stored:
    """The reverse; Unreadable."""
    try:
        return stored_from_json(json.loads(text))
    except ValueError as error:
        raise Unreadable(str(error)) from None


def stored_from_json(value: Any) -> Stored:
    """What `stored_as_json` gave; Unreadable. No message holds a value."""
    if not isinstance(value, dict) or value.get("version") != _VERSION:
        raise Unreadable("it has another version")
    way, key = value.get("way"), value.get("api_key")
    if way not in ("password", "api-key", "token"):
        raise Unreadable("it does not say how the session came about")
    try:
        session = SessionToken(**value["session"])
        stored = Stored(way=way, session=session, api_key=None if key is None else ApiKey(**key))
    except (KeyError, TypeError):
        raise Unreadable("parts of it are missing") from None
    kept = asdict(session)  # whoever edited it may have put anything there
    texts = [kept.pop("bearer"), kept.pop("user_id"), *(key or {}).values()]
    end = kept.pop("expires_at")
    if not all(isinstance(text, str) and text for text in texts):
        raise Unreadable("parts of it are missing")
    if not all(text is None or isinstance(text, str) for text in kept.values()):
        raise Unreadable("parts of it have another type")
    if isinstance(end, bool) or not isinstance(end, (int, float, type(None))):
        raise Unreadable("the session's end is no time")
    return stored
