"""The known word that somebody may have meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_MARKS = re.compile(r"[^a-z0-9]")
_NEAR = 0.75


def near_word(word: str, known: Iterable[str]) -> str | None:
    """The nearest of the known words, if any is near. Upper and lower case, and marks such as -, do not count."""
    words = {bare(name): name for name in known}
    near = difflib.get_close_matches(bare(word), words, n=1, cutoff=_NEAR)
    return words[near[0]] if near else None


def bare(word: str) -> str:
    """The word's letters and digits alone, in lower case."""
    return _MARKS.sub("", word.lower())
