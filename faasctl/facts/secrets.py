"""The secret store of an account: its rules, its own secrets, and its error codes (functions-api §9, §11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from faasctl.facts.services import Generation

NAME_PATTERN = r"^[A-Za-z0-9_-]+$"
"""C, D §9, V2; V1's pages name no rule."""

SYSTEM_PREFIX = "LIVEPERSON_DEFAULT_"
"""Secrets with such names are the platform's, and read-only (C §9)."""
DEFAULT_APP_KEY = "LIVEPERSON_DEFAULT_APP_KEY"
"""V2: holds {client_id, client_secret} (C, D §9)."""
V1_DEFAULT_APP_KEY = "lp-faas-default-app-key"
"""V1: what LpClient signs with, an OAuth 1.0 key {consumerKey, consumerSecret, token, tokenSecret} (C, D §9)."""
V1_ORCHESTRATOR_APP_KEY = "lp-faas-orchestrator-app-key"
"""V1: what OrchestratorClient signs in with (D §9); its fields are an assumption."""

NOT_FOUND = "com.liveperson.faas.secret.not-found"
INVALID = "com.liveperson.faas.secret.invalid-format"
FORBIDDEN = "com.liveperson.faas.secret.forbidden"
AUTH_FAILED = "com.liveperson.faas.secret.auth-failed"


def is_system_secret(name: str) -> bool:
    return name.startswith(SYSTEM_PREFIX)


def length(value: Any, platform: Generation) -> int:
    """The characters that the limit counts: of the value as JSON in V2 (C §9), of a text itself in V1 (C)."""
    if platform == "v1" and isinstance(value, str):
        return len(value)
    import json

    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def digest(operator_token: str, account: str, name: str, value: Any) -> str:
    """Tells whether two values of a secret are equal, without telling them (ours, for the emulator)."""
    import hashlib
    import hmac
    import json

    text = json.dumps([account, name, value], sort_keys=True)
    return hmac.new(operator_token.encode(), text.encode(), hashlib.sha256).hexdigest()
