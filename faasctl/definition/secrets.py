"""Secrets that a definition names: fetched when a function's environment is sent, never by loading.

A secret comes from the environment variable FAASCTL_SECRET_<NAME> (capital letters, `-` as `_`), else from the
keyring (service `faasctl`, user `secret:<name>`). Whatever is fetched is known to the redactor before it is used.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from faasctl import keyring_access
from faasctl.definition.model import SecretReference
from faasctl.errors import CredentialsError
from faasctl.facts import limits
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from faasctl.facts.limits import Limit

KEYRING_SERVICE = keyring_access.SERVICE
KEYRING_SECONDS = keyring_access.SECONDS


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
    limit: Limit = limits.ENVIRONMENT_VALUE_CHARACTERS,
) -> dict[str, str]:
    """The environment with every secret in its place. Raises CredentialsError for the first that is missing.

    For the secrets of the local account, `limit` is SECRET_VALUE_CHARACTERS.
    """
    return {
        name: resolve(value, environ=environ, seconds=seconds, limit=limit)
        if isinstance(value, SecretReference)
        else value
        for name, value in environment.items()
    }


def resolve(
    reference: SecretReference,
    *,
    environ: Mapping[str, str] = os.environ,
    seconds: float = KEYRING_SECONDS,
    limit: Limit = limits.ENVIRONMENT_VALUE_CHARACTERS,
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
    if len(secret) > limit.value:
        raise CredentialsError(
            f"the secret {reference.name} has {len(secret):,} characters; the {limit.what} takes {limit.value:,}",
            hint="Store a shorter one, or let the function fetch it from LivePerson's secret storage.",
        )
    return secret


def _from_keyring(user: str, seconds: float) -> tuple[str | None, str]:
    """The secret, or why there is none."""
    try:
        return keyring_access.read(user, seconds=seconds), ""
    except keyring_access.KeyringTrouble as trouble:
        return None, str(trouble)
