"""What the platform asks of a definition beyond its structure. Values that are faulty already are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, get_args

from faasctl.definition.code_files import CodeFile, path_of_role
from faasctl.definition.local_account import check_local_account, local_platform
from faasctl.definition.mistakes import START, Mistakes
from faasctl.definition.model import EVENT_OF_ROLE, Role
from faasctl.definition.schema import child
from faasctl.definition.schema_parts import LONGEST_SPAN, PATTERN_MESSAGE
from faasctl.definition.structure import schema_at
from faasctl.durations import parse_duration
from faasctl.facts import events, limits, naming

if TYPE_CHECKING:
    from faasctl.definition.document import Document
    from faasctl.facts.limits import Limit

FUNCTION_TIMEOUT = ("emulator", "function_timeout")
SPANS: tuple[tuple[str, str], ...] = (
    ("test_connection", "timeout"),
    ("test_connection", "budget"),
    ("emulator", "deploy_delay"),
    ("emulator", "cold_start"),
    FUNCTION_TIMEOUT,
)


def check_rules(document: Document, *, target: str | None, folder: FilePath, mistakes: Mistakes) -> None:
    """Adds a finding for every rule that is broken. `target` is the one that holds, None where it is unknown."""
    seen: dict[str, int] = {}
    for role in get_args(Role):
        _check_function(document, role, seen, mistakes)
        _check_v1_limits(document, role, target, mistakes)
    _check_bot(document, mistakes)
    for span in SPANS:
        _check_span(document, span, mistakes)
    _check_conversations(document, folder, mistakes)
    check_local_account(document, mistakes, in_force=target == "local")


def check_configs(
    document: Document, files: Iterable[CodeFile], mistakes: Mistakes, *, target: str | None
) -> None:
    """The same rules for what is taken over from the config.json of lpf project folders."""
    for file in files:
        shown = file.config_shown
        role = path_of_role(file.role)
        described = document.get(*role, "description") is not None
        limit = _allowed(limits.DESCRIPTION_CHARACTERS, document, file.role, target)
        if not described and file.config.description and len(file.config.description) > limit:
            message = f"description has {len(file.config.description)} characters; the platform takes {limit}"
            mistakes.add("too-long", START, message, file=shown)
        given = document.get(*role)
        if file.config.environment and isinstance(given, dict) and "environment" not in given:
            for name, value in file.config.environment.items():
                most = _allowed(limits.ENVIRONMENT_VALUE_CHARACTERS, document, file.role, target)
                _check_config_variable(name, value, most, shown, mistakes)


def _check_config_variable(name: str, value: str, most: int, shown: str, mistakes: Mistakes) -> None:
    names = schema_at(("function", "environment"))["propertyNames"]
    if not re.fullmatch(names["pattern"], name):
        mistakes.add("bad-name", START, f"{name!r}: {names[PATTERN_MESSAGE]}", file=shown)
    elif naming.is_reserved_environment_name(name):
        mistakes.add("reserved-name", START, f"{name} belongs to the platform", "choose another name", file=shown)
    if len(value) > most:
        message = f"{name} has {len(value):,} characters; the platform takes {most:,}"
        mistakes.add("too-long", START, message, file=shown)


def _check_function(document: Document, role: Role, seen: dict[str, int], mistakes: Mistakes) -> None:
    path = path_of_role(role)
    name = document.get(*path, "name")
    if isinstance(name, str):
        place = document.place((*path, "name"))
        if name in seen:
            message = f"another function is named {name} too, in line {seen[name]}"
            mistakes.add("duplicate-name", place, message, "every function of an account has a name of its own")
        else:
            seen[name] = place[0]
    _check_event(document, role, mistakes)
    for entry, _ in document.entries(*path, "environment"):
        if naming.is_reserved_environment_name(str(entry[-1])):
            mistakes.add(
                "reserved-name",
                document.key_place(entry),
                f"{entry[-1]} belongs to the platform: its runtime sets or reads it",
                "choose another name",
            )


def _check_event(document: Document, role: Role, mistakes: Mistakes) -> None:
    path = path_of_role(role)
    event = document.get(*path, "event")
    expected = EVENT_OF_ROLE[role]
    if isinstance(event, str) and event != expected:
        known = events.BY_ID.get(event)
        what = f"{event} is the event {known.name}" if known else "there is no such event"
        use = "the bot's own function" if role == "function" else f"a {role}-hook"
        mistakes.add(
            "wrong-event",
            document.place((*path, "event")),
            f"{what}; the connector looks for {use} on {expected}",
            f"remove the key, or write {expected}",
        )
    if document.get(*path, "skills") and not events.BY_ID[expected].supports_skills:
        mistakes.add(
            "skills-not-supported",
            document.place((*path, "skills")),
            f"the event {expected} does not work with skills",
            "remove the key; routing decides by the bot user's skills",
        )


def _is_v1(document: Document, role: Role, target: str | None) -> bool:
    """Whether the definition says so: of the function, or of the local account that it is for."""
    interface = document.get(*path_of_role(role), "interface")
    return interface == "v1" or (interface is None and target == "local" and local_platform(document) == "v1")


def _allowed(limit: Limit, document: Document, role: Role, target: str | None) -> int:
    loose = document.get("emulator", "loose_limits") is True
    return limit.of("v1" if _is_v1(document, role, target) else "v2", loose=loose)


def _check_v1_limits(document: Document, role: Role, target: str | None, mistakes: Mistakes) -> None:
    """V1 takes less than V2, which the schema holds to; only a definition that is for v1 is held to that."""
    if not _is_v1(document, role, target):
        return
    path = path_of_role(role)
    name = document.get(*path, "name")
    loose = document.get("emulator", "loose_limits") is True
    if isinstance(name, str) and not re.fullmatch(naming.function_name("v1", loose=loose), name):
        mistakes.add(
            "bad-name",
            document.place((*path, "name")),
            "name: V1's pages allow letters and digits alone; its client takes _ too",
            "leave the _ out, or write loose_limits: true under emulator",
        )
    description = [((*path, "description"), document.get(*path, "description"))]
    checked = [
        (limits.DESCRIPTION_CHARACTERS, description),
        (limits.ENVIRONMENT_VALUE_CHARACTERS, list(document.entries(*path, "environment"))),
    ]
    for limit, values in checked:
        most = _allowed(limit, document, role, target)
        for place, text in values:
            if isinstance(text, str) and len(text) > most:
                message = f"{place[-1]} has {len(text)} characters; V1 takes {most}"
                mistakes.add("too-long", document.place(place), message)


def _check_bot(document: Document, mistakes: Mistakes) -> None:
    day = document.get("bot", "data_disclaimer", "accepted_on")
    if isinstance(day, str):
        try:
            date.fromisoformat(day)
        except ValueError:
            path = ("bot", "data_disclaimer", "accepted_on")
            mistakes.add("bad-date", document.place(path), f"{document.written(path)} is no day of the calendar")
    if document.get("bot", "conversation") == "chat" and document.get("bot", "welcome_message") is True:
        mistakes.add(
            "not-for-chat",
            document.key_place(("bot", "welcome_message")),
            "welcome messages exist for messaging, not for chat",
            "remove the key, or write false",
        )
    if document.get("bot", "conversation") == "chat" and document.get("bot", "combine_messages") is not None:
        mistakes.add(
            "not-for-chat",
            document.key_place(("bot", "combine_messages")),
            "messages are combined in messaging, not in a chat",
            "remove the key",
        )


def _check_span(document: Document, path: tuple[str, str], mistakes: Mistakes) -> None:
    value = document.get(*path)
    if value is None:
        return
    try:
        seconds = parse_duration(value) if isinstance(value, str) else float(value)
    except ValueError:
        message = f"{'.'.join(path)} must not be longer than a day ({LONGEST_SPAN} s)"
        mistakes.add("bad-duration", document.place(path), message)
        return
    known = child(schema_at(path[:1]), path[1]) or {}
    if seconds <= 0 and (path[0] == "test_connection" or path == FUNCTION_TIMEOUT):
        example = known.get("default", known["examples"][0])
        mistakes.add(
            "bad-duration", document.place(path), f"{'.'.join(path)} must be more than nothing", f"write {example}"
        )
    elif path == FUNCTION_TIMEOUT and seconds > known["maximum"]:
        message = f"{'.'.join(path)} must not be longer than the platform's own limit ({known['maximum']} s)"
        mistakes.add("bad-duration", document.place(path), message)


def _check_conversations(document: Document, folder: FilePath, mistakes: Mistakes) -> None:
    named = document.get("conversations")
    if not isinstance(named, str):
        return
    try:
        exists, is_folder = (folder / named).exists(), (folder / named).is_dir()
    except (OSError, ValueError):
        exists = is_folder = False
    if not is_folder:
        problem = "is no folder" if exists else "does not exist"
        mistakes.add(
            "missing-file",
            document.place(("conversations",)),
            f"{document.written(('conversations',))} {problem}",
            "name the folder that holds the scenario files, relative to the definition's own",
        )
