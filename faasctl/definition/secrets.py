"""Secrets that a definition names: fetched when a function's environment is sent, never by loading.

A secret comes from the environment variable FAASCTL_SECRET_<NAME> (capital letters, `-` as `_`), else from the
keyring (service `faasctl`, user `secret:<name>`). Whatever is fetched is known to the redactor before it is used.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping

from faasctl.definition.model import SecretReference
from faasctl.errors import CredentialsError
from faasctl.facts import limits
from faasctl.redaction import redactor

KEYRING_SERVICE = "faasctl"
KEYRING_SECONDS = 5.0
"""How long a keyring may take: one without a desktop can wait for a prompt that nobody sees."""


def variable_of(reference: SecretReference) -> str:
    """The environment variable that is asked first."""
    return f"FAASCTL_SECRET_{reference.name.upper().replace('-', '_')}"


def keyring_user(reference: SecretReference) -> str:
    return f"secret:{reference.name}"


def resolve_environment(
    environment: Mapping[str, str | SecretReference],
    *,
    environ: Mapping[str, str] = os.environ,
    seconds: float = KEYRING_SECONDS,
) -> dict[str, str]:
    """The environment with every secret in its place. Raises CredentialsError for the first that is missing."""
    return {
        name: resolve(value, environ=environ, seconds=seconds) if isinstance(value, SecretReference) else value
        for name, value in environment.items()
    }


def resolve(
    reference: SecretReference, *, environ: Mapping[str, str] = os.environ, seconds: float = KEYRING_SECONDS
) -> str:
    """The secret. Raises CredentialsError where it is missing or empty, or longer than the platform takes."""
    variable = variable_of(reference)
    secret, trouble = environ.get(variable), ""
    if not secret:
        secret, trouble = _from_keyring(keyring_user(reference), seconds)
    if not secret:
        raise CredentialsError(
            f"the secret {reference.name} is missing: {variable} is not set and "
            + (trouble or "the keyring has none"),
            hint=f"Set {variable}, or run `keyring set {KEYRING_SERVICE} {keyring_user(reference)}`.",
        )
    redactor.register(secret)
    limit = limits.ENVIRONMENT_VALUE_CHARACTERS.value
    if len(secret) > limit:
        raise CredentialsError(
            f"the secret {reference.name} has {len(secret):,} characters; a variable takes {limit:,}",
            hint="Store a shorter one, or let the function fetch it from LivePerson's secret storage.",
        )
    return secret


def _from_keyring(user: str, seconds: float) -> tuple[str | None, str]:
    """The secret, or why there is none. The thread is left behind when the keyring hangs."""
    outcome: list[tuple[str | None, str]] = []

    def ask() -> None:
        try:
            import keyring

            outcome.append((keyring.get_password(KEYRING_SERVICE, user), ""))
        except Exception as error:  # noqa: BLE001 - backends raise whatever they like
            outcome.append((None, f"the keyring failed ({type(error).__name__})"))

    thread = threading.Thread(target=ask, name="keyring", daemon=True)
    thread.start()
    thread.join(seconds)
    return outcome[0] if outcome else (None, f"the keyring did not answer within {seconds:g} s")
