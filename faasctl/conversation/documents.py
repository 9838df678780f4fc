"""Documents by themselves: read from text, told apart, and checked by their kind."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NoReturn, get_args

from faasctl.conversation.metadata import TYPES, check_metadata
from faasctl.conversation.quick_replies import check_quick_replies
from faasctl.conversation.reply_rules import Surroundings, reply_findings
from faasctl.conversation.rich_content import check_rich_content

if TYPE_CHECKING:
    from faasctl.conversation.problems import Path, Problem
    from faasctl.facts.channels import Channel

Kind = Literal["reply", "rich-content", "quick-replies", "metadata"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One JSON value of a file; `line` is set where each line of the file is a document of its own."""

    value: Any
    line: int | None = None


class NotJson(ValueError):
    """Text that is no JSON; `line` and `column` count from 1."""

    def __init__(self, message: str, *, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


def read_documents(text: str) -> list[Document]:
    """The document that the text is, or one for each line (NDJSON); NotJson otherwise."""
    try:
        return [Document(value=_read(text))]
    except NotJson:
        lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
        if len(lines) < 2:
            raise
        try:
            first = _read(lines[0][1])
        except NotJson:
            first = None
        if not isinstance(first, (dict, list)):  # one document over many lines, with a mistake in it
            raise
    return [Document(value=_read_line(line, number), line=number) for number, line in lines]


def _read_line(line: str, number: int) -> Any:
    try:
        return _read(line)
    except NotJson as error:
        raise NotJson(error.message, line=number, column=error.column) from None


def _read(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise NotJson(error.msg, line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise NotJson("nested too deeply", line=1, column=1) from None
    except _NoNumber as error:
        raise NotJson(f"{error} is no number in JSON", line=1, column=1) from None


class _NoNumber(Exception):
    pass


def _no_number(word: str) -> NoReturn:
    raise _NoNumber(word)


def kind_of(value: Any) -> Kind:
    """The kind that a document looks like; a reply where nothing speaks for another."""
    value = value.get("structuredContent", value) if isinstance(value, dict) else value
    if isinstance(value, list):
        return "metadata"
    if not isinstance(value, dict) or "messages" in value or "context" in value:
        return "reply"
    if "quickReplies" in value or value.get("type") == "quickReplies":
        return "quick-replies"
    if value.get("type") in TYPES:
        return "metadata"
    is_rich = "elements" in value or "type" in value or any(key in value for key in ("url", "title", "text"))
    return "rich-content" if is_rich else "reply"


def check_document(value: Any, kind: Kind, around: Surroundings, *, channel: Channel | None) -> list[Problem]:
    """Every problem of a document of this kind.

    `channel` is the one that was asked for, if any. Rich content and quick replies may stand in the objects that
    hold them in a reply; then the paths begin there.
    """
    if kind == "reply":
        return reply_findings(value, around)
    if kind == "metadata":
        return check_metadata(value, channel=channel)
    path, inner = _inside(value, kind)
    if kind == "quick-replies":
        found = check_quick_replies(inner, channel=around.channel, conversation=around.conversation)
    else:
        found = check_rich_content(
            inner,
            channel=around.channel,
            conversation=around.conversation,
            image_hosts=around.image_hosts,
        )
    return [problem.below(path) for problem in found]


def _inside(value: Any, kind: Kind) -> tuple[Path, Any]:
    path: Path = ()
    for key in ("structuredContent", "quickReplies"):
        if key == "quickReplies" and kind != "quick-replies":
            break
        if isinstance(value, dict) and key in value:
            path, value = (*path, key), value[key]
    return path, value
