"""bot.yaml -> Definition, or every mistake in it at once.

The stages: bytes -> text -> tree with places -> values (types by YAML 1.2, `${…}` replaced) -> code files read and
handed to Node -> structure (JSON Schema) -> the platform's rules -> Node's findings -> Definition. Each stage adds
its findings to one list; a later one leaves alone what an earlier one reported.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from faasctl.definition.mistakes import START, Mistakes
from faasctl.definition.model import Definition, Target
from faasctl.errors import InvalidDefinition, PrerequisiteMissing, UsageError

if TYPE_CHECKING:
    from faasctl.javascript.inspector import Inspector


def load(
    path: Path,
    *,
    environ: Mapping[str, str] = os.environ,
    inspector: Inspector | None = None,
    target: str | None = None,
    review: bool = False,
) -> Definition:
    """The definition in `path`. `target` stands above the file's own; without `inspector`, code is not parsed.
    With `review`, all is looked for that can be told of code before it runs, and not only what the platform asks.
    Advice is told once nothing is wrong.

    Raises UsageError where the file cannot be read, InvalidDefinition with every finding, in the file and in
    those that it names, and PrerequisiteMissing where all else is right and Node is missing.
    """
    if target is not None and target not in get_args(Target):
        raise UsageError(f"{target!r} is no target", hint=f"Targets are {' and '.join(get_args(Target))}.")
    raw = _read(path)
    not_started = _start(inspector)

    from faasctl.definition.build import build
    from faasctl.definition.checks import check_configs, check_rules
    from faasctl.definition.code_files import Inspection, read_code_files
    from faasctl.definition.document import Document
    from faasctl.definition.local_account import advise_about_interfaces, known_account, local_platform
    from faasctl.definition.reader import LARGEST_FILE, read_tree
    from faasctl.definition.schema import STRICT
    from faasctl.definition.structure import check_structure
    from faasctl.definition.text import decode

    mistakes = Mistakes(str(path))
    if len(raw) > LARGEST_FILE:
        mistakes.add("too-large", START, f"the file is larger than {LARGEST_FILE // 1024} KiB")
        raise InvalidDefinition(mistakes.errors())
    text = decode(raw, mistakes)
    tree = None if text is None else read_tree(text, mistakes)
    if tree is None:
        raise InvalidDefinition(mistakes.errors())
    document = Document(tree, schema=STRICT, environ=environ, mistakes=mistakes)
    folder = path.absolute().parent
    files = read_code_files(document, folder=folder, shown_folder=os.path.dirname(path), mistakes=mistakes)  # noqa: PTH120
    in_force: Any = target or document.get("target")
    account = known_account(document, target=in_force) if review else None
    inspection = None
    if inspector and not not_started:
        generation = local_platform(document) if in_force == "local" else "v2"
        inspection = Inspection(inspector, files, account, generation=generation)
    check_structure(document, mistakes)
    in_force = target or document.get("target")
    check_rules(document, target=in_force, folder=folder, mistakes=mistakes)
    if review and in_force == "local":
        advise_about_interfaces(document, mistakes)
    check_configs(document, files, mistakes, target=in_force)
    failure = inspection.finish(mistakes) if inspection else not_started
    if mistakes:
        raise InvalidDefinition(mistakes.errors())
    if failure:
        raise failure
    definition = build(document, files, path=path.absolute(), target=in_force)
    if inspection is None or not review:
        return definition
    return replace(definition, advice=tuple(mistakes.warnings()), replies=inspection.replies())


def _read(path: Path) -> bytes:
    """The file's bytes, at most a little more than may be."""
    from faasctl.definition.reader import LARGEST_FILE

    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder", hint=f"Name the file: {path / 'bot.yaml'}")
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} is not a regular file", hint="Write the definition into a file.")
        with path.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise UsageError(f"there is no definition at {path}", hint=_other_than(path)) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{path} cannot be read: {reason}", hint="Check the path and its permissions.") from error


def _other_than(path: Path) -> str:
    """What to do where there is no file at `path`: its folder may hold the one that was meant."""
    import shlex

    from faasctl.definition.suggestions import nearest

    try:
        there = {file.name.partition(".y")[0]: file for file in path.parent.iterdir() if ".y" in file.name}
    except OSError:
        there = {}
    near = nearest(path.name.partition(".y")[0], there)
    if near is not None:
        return f"Did you mean --file {shlex.quote(str(there[near]))}?"
    return "Write one with `faasctl init`, or name another with --file."


def _start(inspector: Inspector | None) -> PrerequisiteMissing | None:
    """Lets Node start while this process goes on; an error waits until the findings are known."""
    try:
        if inspector is not None:
            inspector.start()
    except PrerequisiteMissing as error:
        return error
    return None
