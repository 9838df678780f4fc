"""What a person types in `faasctl chat`: a text for the bot, a number to click, or a command."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faasctl.definition.suggestions import nearest
from faasctl.json_reading import NotJson, read_json

COMMANDS: Mapping[str, tuple[str, str]] = {
    "welcome": ("[LAST MESSAGE]", "a new conversation, which the bot opens; transferred in, with a last message"),
    "new": ("", "a new conversation"),
    "say": ("TEXT", "send a text as it is: a number, or what begins with /"),
    "click": ("NUMBER", "click what was offered; the number alone does the same"),
    "file": ("NAME [CAPTION]", "send a file"),
    "rich": ("JSON|FILE", "send rich content"),
    "sde": ("JSON|FILE|NAME=VALUE...", "set engagement attributes, and begin a new conversation"),
    "json": ("[JSON|FILE]", "send a whole payload; alone: show the last payload and reply"),
    "type": ("", "the consumer types: combined messages wait"),
    "close": ("", "the consumer closes the conversation"),
    "save": ("NAME", "write this conversation as a scenario"),
    "logs": ("", "show what the function logs, or stop that"),
    "latency": ("", "show what each turn takes, or stop that"),
    "help": ("", "this list"),
    "quit": ("", "end"),
}

_LINE = re.compile(r"/(\S*)\s*(.*)", re.DOTALL)


class Unclear(ValueError):
    """What was typed cannot be carried out; the message says why, for a person."""


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    rest: str


def read_command(line: str) -> Command | None:
    """The command that a line is, None for a text; Unclear for a command that does not exist."""
    parts = _LINE.fullmatch(line)
    if parts is None:
        return None
    name, rest = parts.groups()
    if name in COMMANDS:
        return Command(name, rest.strip())
    near = nearest(name, COMMANDS)
    meant = f"did you mean /{near}?" if near else "/help lists them"
    raise Unclear(f"there is no command /{name}; {meant}")


def read_object(given: str, what: str) -> dict[str, Any]:
    """A JSON object, given as such or as the name of a file."""
    text = given
    if not given.lstrip().startswith(("{", "[")):
        try:
            text = Path(given).expanduser().read_text("utf-8")
        except (OSError, UnicodeDecodeError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise Unclear(f"{what} is JSON or a file with JSON; {given} cannot be read: {reason}") from None
    try:
        value = read_json(text).value
    except NotJson as error:
        place = f"line {error.line}, column {error.column}" if "\n" in text.strip() else f"column {error.column}"
        raise Unclear(f"{what} is not JSON: {error} at {place}") from None
    if not isinstance(value, dict):
        raise Unclear(f"{what} is a JSON object")
    return value


def read_attributes(given: str) -> dict[str, Any]:
    """Engagement attributes as they arrive: the whole object as JSON, or pairs for customerInfo."""
    from faasctl.conversation.payloads import engagement_attributes

    pairs = given.split()
    if pairs and all("=" in pair and not pair.startswith("=") for pair in pairs) and not given.startswith("{"):
        return engagement_attributes(customer=dict(pair.split("=", 1) for pair in pairs))
    value = read_object(given, "what follows /sde")
    if value.keys() & {"unauthenticatedSdes", "authenticatedSdes"}:
        return value
    return engagement_attributes(customer=value)


def help_rows() -> list[tuple[str, str]]:
    """Each command with its arguments, and what it does."""
    return [(f"/{name} {arguments}".rstrip(), meaning) for name, (arguments, meaning) in COMMANDS.items()]
