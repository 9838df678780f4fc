"""The one redactor that stands before every sink: terminal, JSON, journal, error texts.

Secrets become known in two ways: whoever resolves or receives one registers it, and what has the look of a
credential (bearer headers, JSON Web Tokens, `password=` and its like) is covered without being known.
"""

from __future__ import annotations

import re
from typing import Any

MASK = "***"
_SHORTEST = 4  # shorter values would blank out ordinary text
_SHORTEST_LINE = 8  # of a secret of several lines: a bracket or a key of JSON in it is no secret
_CUT = "…"  # how every message marks text that it shortened

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
        """Remembers `secret`, so that no output shows it, as it is, quoted, or in JSON text, and no line of it by
        itself; returns it unchanged."""
        if len(secret) >= _SHORTEST:
            lines = (line.strip() for line in secret.splitlines())
            for part in (secret, *(line for line in lines if len(line) >= _SHORTEST_LINE)):
                self._secrets |= _written(part)
        return secret

    def text(self, text: str) -> str:
        secrets = sorted(self._secrets, key=len, reverse=True)
        for secret in secrets:
            if secret in text:
                text = text.replace(secret, MASK)
        if secrets and _CUT in text:
            *shortened, last = text.split(_CUT)
            text = _CUT.join([*(_without_beginning(part, secrets) for part in shortened), last])
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


def _without_beginning(text: str, secrets: list[str]) -> str:
    """`text` without the beginning of a secret at its end, which is what a message was shortened to."""
    for secret in secrets:
        at = text.find(secret[:_SHORTEST], max(0, len(text) - len(secret)))
        while at >= 0:
            if secret.startswith(text[at:]):
                return text[:at] + MASK
            at = text.find(secret[:_SHORTEST], at + 1)
    return text


def _written(secret: str) -> set[str]:
    """The ways in which messages write it: as it is, in JSON text, and as Python quotes it."""
    import json

    in_json = (json.dumps(secret, ensure_ascii=escaped)[1:-1] for escaped in (True, False))
    quoted = (repr(mark + secret)[2:-1] for mark in "\"'")
    return {secret, *in_json, *quoted}


redactor = Redactor()
