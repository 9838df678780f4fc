"""What counts as the address of a link (RFC 3986, with a path or an authority, as the platform's grammar asks)."""

from __future__ import annotations

import ipaddress
import json
import re
from urllib.parse import quote

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
_TO_ESCAPE = re.compile(r"[^a-zA-Z0-9\-._~!$&'()*+,;=:@/?#\[\]%]|%(?![0-9a-fA-F]{2})")
_SCHEME = re.compile(r"[a-z][a-z0-9+\-.]*:", re.IGNORECASE)
_FUTURE_ADDRESS = re.compile(r"v[0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+", re.ASCII | re.IGNORECASE)


def is_url(text: str) -> bool:
    """Whether `text` is an absolute address of any scheme, without white space or anything else to be escaped."""
    found = _URL.fullmatch(text)
    if found is None:
        return False
    literal = found["literal"]
    return literal is None or _is_address(literal)


def what_is_wrong(text: str) -> str:
    """What keeps `text` from being an address, in words for the end of a sentence; empty where it is not plain."""
    if not text:
        return ", being empty"
    odd = _TO_ESCAPE.search(text)
    if odd is not None:
        escaped = quote(odd[0], errors="replace")
        return f": {json.dumps(odd[0], ensure_ascii=False)} must be written as {escaped}"
    if not _SCHEME.match(text):
        return ": its beginning is missing, such as https://"
    return ""


def _is_address(literal: str) -> bool:
    if _FUTURE_ADDRESS.fullmatch(literal):
        return True
    try:
        ipaddress.IPv6Address(literal)
    except ValueError:
        return False
    return "%" not in literal
