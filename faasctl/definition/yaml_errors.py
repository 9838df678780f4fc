"""A YAML parser's complaint in plain words, at the place where a person would look."""

from __future__ import annotations

from typing import Any

from faasctl.definition.mistakes import START, Place

# Part of the parser's problem -> (what is wrong, what to do).
_WORDS: tuple[tuple[str, str, str], ...] = (
    ("tab character", "a tab indents this line", "indent with spaces"),
    (
        "cannot start any token",
        "a value may not start with this character",
        'put the value into quotes: "…"; where it is a tab, indent with spaces',
    ),
    (
        "mapping values are not allowed",
        "a key does not fit here",
        "check the indentation; a value that holds ': ' needs quotes",
    ),
    ("did not find expected key", "a key or the end of a mapping is wanted here", "check the indentation"),
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
    ("did not find expected node content", "a value is wanted here", "check the brackets"),
)


def in_plain_words(error: Any) -> tuple[Place, str, str | None]:
    """Place, message and suggestion for a `yaml.YAMLError`."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "this is not YAML")
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    if opened is not None and ("end of stream" in problem or "' or '" in problem):
        mark = opened  # what is not closed is looked for where it starts
    place = (mark.line + 1, mark.column + 1) if mark is not None else START
    for part, message, suggestion in _WORDS:
        if part in problem:
            return place, message, suggestion
    return place, problem, None
