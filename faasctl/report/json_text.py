"""JSON of what a verb has to say: redacted, and such that every reader takes it."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from faasctl.redaction import redactor

_HALF_A_PAIR = re.compile("[\ud800-\udfff]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def json_text(value: Any, *, ensure_ascii: bool = False) -> str:
    """`value` on many lines."""
    text = _whole(json.dumps(redactor.data(value), indent=2, ensure_ascii=False))
    return _escaped(text) if ensure_ascii else text


def json_line(value: Any) -> str:
    """`value` on one line for stdout; in UTF-8 nothing is escaped, so that a search finds it."""
    line = _whole(json.dumps(redactor.data(value), ensure_ascii=False))
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return line if encoding == "utf8" else _escaped(line)


def _whole(text: str) -> str:
    """U+FFFD for half a surrogate pair, which a function makes that cuts a text within an emoji: jq and others
    refuse one, even as an escape."""
    return _HALF_A_PAIR.sub("\ufffd", text)


def _escaped(text: str) -> str:
    return text if text.isascii() else _BEYOND_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], text)
