"""Bytes of a file -> text, or a finding that says where it stops being text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faasctl.definition.mistakes import Mistakes, Place

_NOT_TEXT = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What YAML 1.2 does not take for a printable character (its §5.1)."""
_SPACES = str.maketrans("", "", "\t\n\r")


def decode(raw: bytes, mistakes: Mistakes, *, file: str | None = None) -> str | None:
    """UTF-8 with or without a byte order mark; None where a finding was added instead."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = place_of(raw[: error.start].decode("utf-8", "replace"))
        found = f"0x{raw[error.start]:02x}" if error.start < len(raw) else "the end"
        mistakes.add("not-utf-8", place, f"the file is not UTF-8 text: {found}", "save it as UTF-8", file=file)
        return None


def is_printable(text: str, mistakes: Mistakes) -> bool:
    """Whether `text` holds only what YAML may hold; else a finding is added."""
    # What Python calls printable is less than what YAML does, and is known at once; the pattern compiles in 4 ms.
    if text.translate(_SPACES).isprintable():
        return True
    match = re.search(_NOT_TEXT, text)
    if match is None:
        return True
    mistakes.add(
        "bad-character",
        place_of(text[: match.start()]),
        f"the character U+{ord(match[0]):04X} may not stand in a definition",
        "remove it; inside quotes, write it as an escape",
    )
    return False


def place_of(before: str) -> Place:
    """The place that follows the text `before`."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")
