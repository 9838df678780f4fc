"""What counts as the address of a link (RFC 3986, with a path or an authority, as the platform's grammar asks)."""

from __future__ import annotations

import ipaddress
import re

_CHARACTER = r"(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})"
_USER = r"(?:(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@)?"
_NAME = r"(?:[a-z0-9\-._~!$&'()*+,;=]|%[0-9a-f]{2})*"
_AUTHORITY = rf"{_USER}(?:\[(?P<literal>[^\]]*)\]|{_NAME})(?::[0-9]*)?"
_URL = re.compile(
    rf"[a-z][a-z0-9+\-.]*:"
    rf"(?://?{_AUTHORITY}(?:/{_CHARACTER}*)*|{_CHARACTER}+(?:/{_CHARACTER}*)*)"
    rf"(?:\?(?:{_CHARACTER}|[/?])*)?(?:#(?:{_CHARACTER}|[/?])*)?",
    re.ASCII | re.IGNORECASE,
)
_FUTURE_ADDRESS = re.compile(r"v[0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+", re.ASCII | re.IGNORECASE)


def is_url(text: str) -> bool:
    """Whether `text` is an absolute address of any scheme, without white space or anything else to be escaped."""
    found = _URL.fullmatch(text)
    if found is None:
        return False
    literal = found["literal"]
    return literal is None or _is_address(literal)


def _is_address(literal: str) -> bool:
    if _FUTURE_ADDRESS.fullmatch(literal):
        return True
    try:
        ipaddress.IPv6Address(literal)
    except ValueError:
        return False
    return "%" not in literal
