"""JSON text as documents: one, or one on each line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from faasctl.conversation.problems import Problem
from faasctl.json_reading import NotJson, read_json

_LINE_ENDS = re.compile(r"\r\n|\n|\r")
"""What may end a line of JSON. Others, as U+2028, may stand within a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One JSON value of a file; `line` is set where each line of the file is a document of its own.

    `slips` are what the text alone tells, and the value does not.
    """

    value: Any
    line: int | None = None
    slips: tuple[Problem, ...] = ()


def read_documents(text: str) -> list[Document | NotJson]:
    """The document that the text is, or one for each line (NDJSON), good or bad.

    NotJson is raised where the text is neither.
    """
    try:
        return [_read(text)]
    except NotJson:
        lines = [(number, line) for number, line in enumerate(_LINE_ENDS.split(text), 1) if line.strip()]
        if len(lines) < 2 or not _is_document(lines[0][1]):  # one document over many lines, with a mistake in it
            raise
    return [_read_line(line, number) for number, line in lines]


def _is_document(line: str) -> bool:
    try:
        return isinstance(_read(line).value, (dict, list))
    except NotJson:
        return False


def _read_line(line: str, number: int) -> Document | NotJson:
    try:
        return _read(line, number)
    except NotJson as error:
        return NotJson(error.message, line=number, column=error.column)


def _read(text: str, line: int | None = None) -> Document:
    read = read_json(text)
    slips = (
        Problem(
            path=path,
            rule="key-twice",
            message="the key stands more than once in this object; the last one counts",
            severity="warning",
        )
        for path in read.keys_twice
    )
    return Document(value=read.value, line=line, slips=tuple(slips))
