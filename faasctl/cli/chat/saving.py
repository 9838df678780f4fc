"""`/save`: the conversation so far as a scenario file."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faasctl.cli.chat.commands import Unclear

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from faasctl.conversation.saved_talk import HeldTurn

_WORDS = re.compile(r"[^\w]+")
_LONGEST_STEM = 50
"""Characters; a file's name has 255 bytes at most."""


def save(name: str, turns: Sequence[HeldTurn], folder: Path, *, setup: Mapping[str, Any]) -> Path:
    """Writes a new file into `folder`, which is made.

    Unclear when there is nothing to write, there is such a file, or no scenario can say what happened.
    """
    import yaml

    from faasctl.conversation.saved_talk import scenario_of
    from faasctl.files import write_atomic

    if not turns:
        raise Unclear("nothing was said yet")
    stem = _WORDS.sub("-", name).lower()[:_LONGEST_STEM].strip("-")
    if not stem:
        raise Unclear("give the scenario a name: /save asks for an order")
    path = folder / f"{stem}.yaml"
    if path.exists():
        raise Unclear(f"{path} exists; give another name")
    document = {"scenarios": [scenario_of(name, turns, setup=setup)]}
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    _check(text)
    folder.mkdir(parents=True, exist_ok=True)
    write_atomic(path, text.encode("utf-8"), mode=0o644)
    return path


def _check(text: str) -> None:
    """Unclear where `faasctl test` would refuse the file, and all others of its folder with it.

    Such as for half of a surrogate pair in a text of the bot, which YAML cannot hold.
    """
    from faasctl.conversation.scenarios.load import read_scenarios

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "talk.yaml"
        file.write_text(text, "utf-8")
        _, findings = read_scenarios([file])
    if findings:
        found = findings[0]
        line = text.split("\n")[found.line - 1].strip()
        raise Unclear(f"this cannot be saved, as no scenario can say it: {found.message}: {line[:100]}")
