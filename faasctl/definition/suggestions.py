"""`did you mean` for a word that is none of the known ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARKS = re.compile(r"[\W_]")
_LONGEST = 60  # nobody mistypes a word of this length into a known one, and comparing costs time


def nearest(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """The known word that `word` was most likely meant to be. Upper and lower case, and marks as -, do not count.

    `likeness` is how like it must be, from 0 to 1 (difflib's ratio).
    """
    if len(word) > _LONGEST:
        return None
    from difflib import get_close_matches

    by_form = {_bare(candidate): candidate for candidate in known}
    matches = get_close_matches(_bare(word), by_form, n=1, cutoff=likeness)
    return by_form[matches[0]] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A sentence that names the nearest known word, or else all of them where they are few."""
    candidates = sorted(set(known))
    match = nearest(word, candidates)
    if match is not None:
        return f"did you mean {match}?"
    if 0 < len(candidates) <= 12:
        return f"known here: {', '.join(candidates)}"
    return None


def _bare(word: str) -> str:
    """The word's letters and digits alone, in lower case."""
    return _MARKS.sub("", word.lower())
