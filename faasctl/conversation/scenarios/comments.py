"""JavaScript without its comments, so that a line can be asked whether it holds code."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))"
    r"|(?P<text>'(?:\\.|[^'\\\n])*'?|\"(?:\\.|[^\"\\\n])*\"?)"
    r"|(?P<word>[\w$]+)"
    r"|(?P<space>\s+)"
    r"|(?P<mark>.)",
    re.DOTALL,
)
_REGEX = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/\w*")
_TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(?:`|\$\{|\Z)", re.DOTALL)
_BEFORE_VALUE = frozenset(
    [
        *"([{,;=:!&|?+-*%~^<>}",
        *("await", "case", "delete", "do", "else", "in", "instanceof", "new", "of", "return", "throw", "typeof"),
        *("void", "yield"),
    ]
)
"""After these a / begins a regular expression, after anything else it divides."""


def without_comments(source: str) -> str:
    """The same text with spaces for comments; no end of a line and no offset in UTF-16 units changes."""
    parts: list[str] = []
    braces: list[int] = []  # for each template that is open: how many braces are, within its ${
    last, at = "", 0
    while at < len(source):
        is_template = source[at] == "`" or (source[at] == "}" and braces and braces[-1] == 0)
        if is_template:
            if source[at] == "}":
                braces.pop()
            found = _TEMPLATE.match(source, at + 1)
            end = len(source) if found is None else found.end()
            goes_on = source[at + 1 : end].endswith("${")
            if goes_on:
                braces.append(0)
            parts.append(source[at:end])
            last, at = "{" if goes_on else "`", end
            continue
        token = _TOKEN.match(source, at)
        assert token is not None  # noqa: S101 - its last branch takes any character
        if token["comment"] is not None:
            parts.append(re.sub(r"[^\n]", lambda char: "  " if char[0] > "\uffff" else " ", token[0]))
        else:
            if token[0] == "/" and (not last or last in _BEFORE_VALUE):
                token = _REGEX.match(source, at) or token
            elif braces and token[0] in "{}":
                braces[-1] += 1 if token[0] == "{" else -1
            parts.append(token[0])
            last = last if token[0].isspace() else token[0]
        at = token.end()
    return "".join(parts)
