"""The one redactor that stands before every sink: terminal, JSON, journal, error texts.

Secrets become known in two ways: whoever resolves or receives one registers it, and what has the look of a
credential (bearer headers, JSON Web Tokens, `password=` and its like) is covered without being known.
"""

from __future__ import annotations

import re
from typing import Any

MASK = "***"
_SHORTEST = 4  # shorter values would blank out ordinary text

# In JSON text these keep to whole strings and whole escapes, so that it stays JSON.
_LOOKS = (
    re.compile(r"(?i)\b((?:bearer|dpop|basic)\s+)[A-Za-z0-9._~+/=-]{8,}"),
    re.compile(r"()\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"),
    re.compile(
        r"(?i)(\b(?:password|secret|client_secret|access_?token(?:_?secret)?|bearer|csrf|session_?id|app_?key)"
        r"(?:[\"']\s*[:=]\s*[\"']|\s*[:=]\s*[\"']?))(?:\\.|[^\s\"',;&}\\]){4,}"
    ),
)


_SECRET_KEYS = re.compile(
    r"(?i)password|secret|client_?secret|access_?token(_?secret)?|refresh_?token|bearer|csrf|session_?id|"
    r"app_?key|authorization|api_?key"
)


class Redactor:
    """Replaces secrets in text and in JSON-like data by a mask."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()

    def register(self, secret: str) -> str:
        """Remembers `secret`, so that no output shows it, as it is or in JSON text; returns it unchanged."""
        if len(secret) >= _SHORTEST:
            import json

            in_json = (json.dumps(secret, ensure_ascii=escaped)[1:-1] for escaped in (True, False))
            self._secrets |= {secret, *in_json}
        return secret

    def text(self, text: str) -> str:
        for secret in sorted(self._secrets, key=len, reverse=True):
            if secret in text:
                text = text.replace(secret, MASK)
        for look in _LOOKS:
            text = look.sub(rf"\g<1>{MASK}", text)
        return text

    def data(self, value: Any) -> Any:
        """The same JSON-like value with every string in it, keys included, redacted."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {
                self.text(str(key)): MASK
                if isinstance(item, str) and item and _SECRET_KEYS.fullmatch(str(key))
                else self.data(item)
                for key, item in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self.data(item) for item in value]
        return value


redactor = Redactor()
