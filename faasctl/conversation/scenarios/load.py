"""Scenario files -> scenarios, or every mistake in all of them at once.

The stages of a file are those of bot.yaml: text -> tree with places -> values -> structure -> rules -> data.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from faasctl.definition.mistakes import START, Mistakes
from faasctl.errors import InvalidDefinition, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from faasctl.conversation.scenarios.model import ScenarioFile
    from faasctl.findings import Finding

SUFFIXES = (".yaml", ".yml")
LARGEST_FILE = 4 * 1024 * 1024
"""Bytes."""
MOST_NODES = 200_000


def scenario_files(folder: Path) -> list[Path]:
    """The scenario files below a folder, in order of their paths; hidden ones are left alone.

    OSError where a folder cannot be read: a scenario that nobody found would count as passed.
    """
    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (Path(place, name) for name in names if not name.startswith("."))
        found += [path for path in paths if path.suffix in SUFFIXES and path.is_file()]
    return sorted(found)


def _raise(error: OSError) -> NoReturn:
    raise error


def load_scenarios(paths: Iterable[Path]) -> tuple[ScenarioFile, ...]:
    """The scenarios of files; InvalidDefinition with all findings, UsageError where one cannot be read."""
    files, findings = read_scenarios(paths)
    if findings:
        raise InvalidDefinition(findings)
    return files


def read_scenarios(paths: Iterable[Path]) -> tuple[tuple[ScenarioFile, ...], list[Finding]]:
    """The files that are right, and the findings in the others."""
    files: list[ScenarioFile] = []
    findings: list[Finding] = []
    for path in paths:
        mistakes = Mistakes(shown(path))
        read = _load(path, mistakes)
        if mistakes or read is None:
            findings.extend(mistakes.errors())
        else:
            files.append(read)
    return tuple(files), findings


def shown(path: Path) -> str:
    """The path as messages and reports name it: from the working folder where it lies in there."""
    try:
        return os.path.relpath(path) if path.absolute().is_relative_to(Path.cwd()) else str(path)
    except OSError:
        return str(path)


def folder_named_in(definition: Path) -> Path | None:
    """The folder of conversations that a definition names, as far as one with mistakes can be read."""
    from faasctl.definition.reader import read_tree
    from faasctl.definition.tree import Mapping, Scalar

    try:
        text = definition.read_text("utf-8-sig")
    except (OSError, ValueError):
        return None
    root = read_tree(text, Mistakes(str(definition)))
    entry = root.entries.get("conversations") if isinstance(root, Mapping) else None
    if entry is None or not isinstance(entry[1], Scalar):
        return None
    folder = definition.absolute().parent / entry[1].text
    return folder if entry[1].text and folder.is_dir() else None


def _load(path: Path, mistakes: Mistakes) -> ScenarioFile | None:
    from faasctl.conversation.scenarios.build import build
    from faasctl.conversation.scenarios.rules import check_rules
    from faasctl.conversation.scenarios.schema import SCENARIO_FILE
    from faasctl.definition.document import Document
    from faasctl.definition.reader import read_tree
    from faasctl.definition.structure import check_structure
    from faasctl.definition.text import decode

    raw = _read(path)
    if len(raw) > LARGEST_FILE:
        mistakes.add("too-large", START, f"the file is larger than {LARGEST_FILE // 1024} KiB", "divide it")
        return None
    text = decode(raw, mistakes)
    tree = None if text is None else read_tree(text, mistakes, whole="the file", most_nodes=MOST_NODES)
    if tree is None:
        return None
    document = Document(tree, schema=SCENARIO_FILE, environ=None, mistakes=mistakes)
    check_structure(document, mistakes, schema=SCENARIO_FILE, whole="the file")
    check_rules(document, mistakes)
    return None if mistakes else build(document, mistakes.file)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise UsageError(f"there is no scenario file at {path}", hint="Name an existing file or folder.") from None
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}", hint="Check the path and its permissions."
        ) from error
