"""A YAML parser's complaint in plain words, at the place where a person would look."""

from __future__ import annotations

from typing import Any

from faasctl.definition.mistakes import START, Place

# Part of the parser's problem -> (what is wrong, what to do).
_WORDS: tuple[tuple[str, str, str], ...] = (
    ("tab character", "a tab indents this line", "indent with spaces"),
    ("cannot start any token", "a value may not start with this character", 'put the value into quotes: "…"'),
    (
        "alphabetic or numeric character",
        "* and & stand for an alias and an anchor, and a name is missing here",
        'text that starts with * or & needs quotes: "*…"',
    ),
    (
        "mapping values are not allowed",
        "a key does not fit here",
        "check the indentation; a value that holds ': ' needs quotes",
    ),
    (
        "did not find expected key",
        "a key or the end of a mapping is wanted here",
        "check the indentation, and whether each quote above is closed",
    ),
    (
        "did not find expected '-' indicator",
        "a list entry or the end of a list is wanted here",
        "check the indentation; a list and keys cannot stand side by side",
    ),
    ("expected <block end>", "the indentation does not fit", "keys of one mapping start in the same column"),
    ("',' or ']'", "a list that starts with [ is not closed", "add the missing , or ]"),
    ("',' or '}'", "a mapping that starts with { is not closed", "add the missing , or }"),
    ("could not find expected ':'", "a key without a colon", "write key: value"),
    ("unexpected end of stream", "a quoted text is not closed", "add the missing quote"),
    (
        "unknown escape character",
        "an escape that YAML does not know",
        "use '…' for text with backslashes, or \\\\",
    ),
    ("block sequence entries are not allowed", "a list entry does not fit here", "put the list on its own lines"),
    ("incompatible YAML document", "this line asks for another YAML than 1.1 or 1.2", "remove the line"),
    ("did not find expected node content", "a value is wanted here", "check the brackets"),
)

_AT_THE_START = ("end of stream", "' or '", "alphabetic or numeric character")
"""Parts of problems that a person looks for where the thing begins that is not closed, or has no name."""


def in_plain_words(error: Any, text: str) -> tuple[Place, str, str | None]:
    """Place, message and suggestion for a `yaml.YAMLError` about `text`."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "this is not YAML")
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    if opened is not None and any(part in problem for part in _AT_THE_START):
        mark = opened
    place = (mark.line + 1, mark.column + 1) if mark is not None else START
    if mark is not None and "cannot start any token" in problem and text[mark.index : mark.index + 1] == "\t":
        problem = "tab character"
    for part, message, suggestion in _WORDS:
        if part in problem:
            return place, message, suggestion
    return place, problem, None
