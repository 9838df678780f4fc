"""The JavaScript files that a definition names: found, read, and looked through by Node meanwhile."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from faasctl.definition.lpf_project import CODE_NAME, CONFIG_NAME, LpfConfig, read_config
from faasctl.definition.mistakes import START, Mistakes
from faasctl.definition.model import Interface, Role, WrittenReply
from faasctl.definition.suggestions import nearest
from faasctl.definition.text import decode
from faasctl.facts import limits

if TYPE_CHECKING:
    from faasctl.definition.document import Document
    from faasctl.definition.document import Path as DocumentPath
    from faasctl.javascript.inspector import Inspector
    from faasctl.javascript.report import CodeReport

_BYTES_OF_A_CHARACTER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFile:
    """`shown` is the path as messages name it, `config_shown` that of the config.json beside it.

    `interface` is what the definition asks for.
    """

    role: Role
    path: Path
    shown: str
    config_shown: str
    text: str
    interface: Interface | None
    config: LpfConfig


def path_of_role(role: Role) -> DocumentPath:
    """Where a definition describes the function of `role`."""
    return ("function",) if role == "function" else ("hooks", role)


def read_code_files(document: Document, *, folder: Path, shown_folder: str, mistakes: Mistakes) -> list[CodeFile]:
    """The files of all functions whose `code` is usable; what is wrong with the others becomes findings."""
    found = []
    for role in get_args(Role):
        path = (*path_of_role(role), "code")
        named = document.get(*path)
        if isinstance(named, str) and named.strip():
            file = _read(document, role, named, folder=folder, shown_folder=shown_folder, mistakes=mistakes)
            if file is not None:
                found.append(file)
    return found


def _read(
    document: Document, role: Role, named: str, *, folder: Path, shown_folder: str, mistakes: Mistakes
) -> CodeFile | None:
    place = document.place((*path_of_role(role), "code"))
    path, shown = folder / named, os.path.normpath(os.path.join(shown_folder, named))  # noqa: PTH118 - text
    try:
        if path.is_dir():
            path, shown = path / CODE_NAME, f"{shown}/{CODE_NAME}"
        if not path.exists():
            mistakes.add("missing-file", place, f"{shown} does not exist", _neighbour(path))
            return None
        if not path.is_file():
            mistakes.add("missing-file", place, f"{shown} is no file", "name a JavaScript file")
            return None
        limit = limits.CODE_CHARACTERS.value
        with path.open("rb") as stream:
            raw = stream.read(limit * _BYTES_OF_A_CHARACTER + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) else "the name holds a character that none may hold"
        mistakes.add("unreadable-file", place, f"{named!r} cannot be read: {reason}")
        return None
    text = _text_of(raw, shown, limit, mistakes)
    if text is None:
        return None
    config_shown = os.path.join(os.path.dirname(shown), CONFIG_NAME)  # noqa: PTH118, PTH120 - text
    asked = document.get(*path_of_role(role), "interface")
    return CodeFile(
        role=role,
        path=path.resolve(),
        shown=shown,
        config_shown=config_shown,
        text=text,
        interface=asked if asked in ("v1", "v2") else None,
        config=read_config(path, config_shown, mistakes),
    )


def _text_of(raw: bytes, shown: str, limit: int, mistakes: Mistakes) -> str | None:
    cut_off = len(raw) > limit * _BYTES_OF_A_CHARACTER
    text = "" if cut_off else decode(raw, mistakes, file=shown)
    if text is None:
        return None
    if cut_off or len(text) > limit:
        count = "far more characters" if cut_off else f"{len(text):,} characters"
        mistakes.add(
            "code-too-long", START, f"the code has {count}; the platform takes {limit:,}", "minify it", file=shown
        )
        return None
    if not text.strip():
        mistakes.add(
            "code-empty", START, "the code is empty", "write async function lambda(input) { … }", file=shown
        )
        return None
    return text


def _neighbour(path: Path) -> str | None:
    """The file or folder with the most similar name, looked for at the first part of the path that is missing."""
    while not path.parent.is_dir() and path.parent != path:
        path = path.parent
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return None
    match = nearest(path.name, names[:1000])
    return f"did you mean {match}?" if match else "paths are relative to the definition's folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is known of the account that the code is for: `platform` is None where its generation is not, and with
    `all_domains_known` V1's allow-list has nothing but `allowed_domains` and LivePerson's own."""

    platform: Interface | None
    allowed_domains: tuple[str, ...]
    all_domains_known: bool


_ANSWERING: tuple[Role, ...] = ("function", "post")
"""Whose results are replies. A pre-hook answers with a payload, and an error-hook need not answer (§4)."""


class Inspection:
    """Asks Node about the code files in a thread of its own, while this one goes on.

    With an `account` the code is reviewed; without, only what the platform refuses and what would crash is told.
    `generation` is whose console the functions are given.
    """

    def __init__(
        self,
        inspector: Inspector,
        files: Iterable[CodeFile],
        account: Account | None,
        *,
        generation: Interface = "v2",
    ) -> None:
        self._inspector = inspector
        self._generation = generation
        self._account = account
        self._files = list(files)
        self._reports: list[tuple[CodeFile, CodeReport]] = []
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._work, name="inspection", daemon=True)
        self._thread.start()

    def finish(self, mistakes: Mistakes) -> Exception | None:
        """Waits and adds what was found; returns the error that kept Node from looking, if there was one."""
        self._thread.join()
        for file, report in self._reports:
            for problem in report.problems:
                if problem.rule == "no-answer" and file.role == "error":
                    continue
                mistakes.add(
                    problem.rule,
                    (problem.line, problem.column),
                    problem.message,
                    problem.suggestion,
                    file=file.shown,
                    severity=problem.severity,
                )
        return self._error

    def replies(self) -> tuple[WrittenReply, ...]:
        """Once finished: the replies that stand in the code of functions whose results are replies."""
        return tuple(
            WrittenReply(file=file.shown, line=reply.line, column=reply.column, value=reply.value)
            for file, report in self._reports
            if file.role in _ANSWERING
            for reply in report.replies
        )

    def _work(self) -> None:
        try:
            for file in self._files:
                self._reports.append((file, self._look_at(file)))
        except Exception as error:  # noqa: BLE001 - raised again by the thread that asked
            self._error = error

    def _look_at(self, file: CodeFile) -> CodeReport:
        account = self._account
        if account is None:
            return self._inspector.inspect(file.text, interface=file.interface, console_of=self._generation)
        return self._inspector.review(
            file.text,
            interface=file.interface,
            platform=file.interface or account.platform,
            allowed_domains=account.allowed_domains,
            all_domains_known=account.all_domains_known,
        )
