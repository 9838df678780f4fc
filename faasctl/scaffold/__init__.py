"""The files that `faasctl init` writes: a definition, a function's code and a first scenario.

The templates lie beside this file; `{{name}}` and `{{agent}}` in them are replaced.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from faasctl.errors import UsageError
from faasctl.facts import limits, naming
from faasctl.files import write_atomic

_LONGEST = limits.NAME_CHARACTERS.value
_FALLBACK_NAME = "MyBot"


def scaffold(folder: Path, name: str) -> tuple[Path, ...]:
    """Writes bot.yaml, functions/<name>/index.js and conversations/<name>.yaml into `folder`; returns them.

    Nothing is overwritten: UsageError names every file that exists already, and nothing is written then. So does
    a name that the platform would not take as a function's (functions-api §4.6), with one that it would.
    """
    _check_name(name)
    files = {
        folder / "bot.yaml": "bot.yaml",
        folder / "functions" / name / "index.js": "function.js",
        folder / "conversations" / f"{name}.yaml": "scenario.yaml",
    }
    existing = [path for path in files if os.path.lexists(path)]
    if existing:
        raise UsageError(
            f"{', '.join(map(str, existing))} {'exists' if len(existing) == 1 else 'exist'} already; nothing was "
            "written",
            hint="Name another folder or another bot, or move the files away.",
        )
    try:
        for path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
        for path, template in files.items():
            write_atomic(path, _filled(template, name), mode=0o644)
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder} cannot be written: {error.strerror}",
            hint="Check the folder and its permissions.",
        ) from error
    return tuple(files)


def _check_name(name: str) -> None:
    if re.fullmatch(naming.FUNCTION_NAME, name) and len(name) <= _LONGEST:
        return
    raise UsageError(
        f"{name!r} is no name for a function: up to {_LONGEST} letters, digits and _",
        hint=f"Write for example {_suggested(name)}.",
    )


def _suggested(name: str) -> str:
    """`order bot` -> OrderBot."""
    words = re.findall(r"[A-Za-z0-9_]+", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode())
    return "".join(word[0].upper() + word[1:] for word in words)[:_LONGEST] or _FALLBACK_NAME


def _filled(template: str, name: str) -> str:
    text = Path(__file__).with_name(template).read_text(encoding="utf-8")
    return text.replace("{{name}}", name).replace("{{agent}}", f"{name.lower()}@example.com")
