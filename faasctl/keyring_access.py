"""The user's keyring, with a time limit: one without a desktop can wait for a prompt that nobody sees.

Imported and asked in a thread, so that neither a slow import nor a hanging backend holds a verb up for longer than
the limit. A backend that keeps nothing, or keeps it in plain text, is refused.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

SERVICE = "faasctl"
SECONDS = 5.0

_READABLE = ("keyrings.alt",)
"""Packages whose backends write files that anybody with the disk can read."""


class KeyringTrouble(Exception):
    """Why the keyring is of no use just now, as half a sentence."""


def read(user: str, *, seconds: float = SECONDS) -> str | None:
    """The secret of `user`, None where there is none; KeyringTrouble."""
    secret: str | None = _within(seconds, lambda keyring: keyring.get_password(SERVICE, user))
    return secret


def write(user: str, secret: str, *, seconds: float = SECONDS) -> None:
    """Stores the secret and reads it back; KeyringTrouble where it was not kept, or would lie in plain text."""

    def store(keyring: Any) -> bool:
        backend = keyring.get_keyring()
        if type(backend).__module__.startswith(_READABLE):
            raise KeyringTrouble(
                f"the keyring is {type(backend).__name__} of keyrings.alt, whose files anybody can read"
            )
        keyring.set_password(SERVICE, user, secret)
        return bool(keyring.get_password(SERVICE, user) == secret)

    if not _within(seconds, store):
        raise KeyringTrouble("the keyring took it and kept nothing (is it switched off?)")


def delete(user: str, *, seconds: float = SECONDS) -> bool:
    """Whether there was something to delete; KeyringTrouble."""

    def remove(keyring: Any) -> bool:
        if keyring.get_password(SERVICE, user) is None:
            return False
        keyring.delete_password(SERVICE, user)
        return True

    return bool(_within(seconds, remove))


def _within(seconds: float, act: Callable[[Any], Any]) -> Any:
    """What `act` gives. The thread is left behind where the keyring hangs."""
    outcome: list[tuple[Any, KeyringTrouble | None]] = []

    def run() -> None:
        try:
            import keyring

            outcome.append((act(keyring), None))
        except KeyringTrouble as trouble:
            outcome.append((None, trouble))
        except Exception as error:  # noqa: BLE001 - backends raise whatever they like
            what = "there is no keyring on this machine" if _is_none(error) else "the keyring failed"
            outcome.append((None, KeyringTrouble(f"{what} ({type(error).__name__})")))

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise KeyringTrouble(f"the keyring did not answer within {seconds:g} s")
    value, trouble = outcome[0]
    if trouble is not None:
        raise trouble
    return value


def _is_none(error: Exception) -> bool:
    return type(error).__name__ in ("NoKeyringError", "ModuleNotFoundError")
