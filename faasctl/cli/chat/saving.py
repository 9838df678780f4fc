"""`/save`: the conversation so far as a scenario file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faasctl.cli.chat.commands import Unclear

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from faasctl.conversation.saved_talk import HeldTurn

_WORDS = re.compile(r"[^\w]+")


def save(name: str, turns: Sequence[HeldTurn], folder: Path, *, setup: Mapping[str, Any]) -> Path:
    """Writes a new file into `folder`, which is made; Unclear when there is nothing to write, or such a file."""
    import yaml

    from faasctl.conversation.saved_talk import scenario_of
    from faasctl.files import write_atomic

    if not turns:
        raise Unclear("nothing was said yet")
    stem = _WORDS.sub("-", name).strip("-").lower()
    if not stem:
        raise Unclear("give the scenario a name: /save asks for an order")
    path = folder / f"{stem}.yaml"
    if path.exists():
        raise Unclear(f"{path} exists; give another name")
    document = {"scenarios": [scenario_of(name, turns, setup=setup)]}
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    folder.mkdir(parents=True, exist_ok=True)
    write_atomic(path, text.encode("utf-8"))
    return path
