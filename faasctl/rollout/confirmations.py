"""What people confirmed in LivePerson's browser pages, kept beside the definition for the team to commit.

LivePerson publishes no API for bot configurations (third-party-bots §1.9), so on a real account a person carries
some steps out by hand. Each confirmation says who, when, for which account and bot, and what exactly; a pipeline
then finds the step confirmed for as long as that has not changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faasctl.errors import InvalidDefinition
from faasctl.files import write_atomic
from faasctl.findings import Finding

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = 1
_HEAD = """\
# What people confirmed in LivePerson's browser pages. Written by faasctl; commit it beside the definition.
# A change by hand makes a confirmation worthless: its fingerprint no longer fits.
"""
_PARTS = {"account": str, "bot": str, "step": str, "by": str, "at": str, "fingerprint": str, "values": dict}
RULE = "lock-file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """`step` is `attach`, `accept-disclaimer` or `online`; `at` is ISO time; `values` is what was confirmed."""

    account: str
    bot: str
    step: str
    by: str
    at: str
    values: Mapping[str, Any]

    @property
    def fingerprint(self) -> str:
        said = [self.account, self.bot, self.step, self.by, self.at, dict(self.values)]
        return "sha256:" + hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


class Confirmations:
    """The file at `path`; a missing one is empty. InvalidDefinition where it is not what faasctl wrote."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def of(self, account: str, bot: str) -> dict[str, Confirmation]:
        """What is confirmed of the bot, by step; of two for one step (a merge can leave them) the first."""
        entries = reversed(self._entries())
        return {entry.step: entry for entry in entries if (entry.account, entry.bot) == (account, bot)}

    def record(self, confirmation: Confirmation) -> None:
        """Adds the confirmation in place of an earlier one of the same step."""
        import yaml

        key = (confirmation.account, confirmation.bot, confirmation.step)
        kept = [entry for entry in self._entries() if (entry.account, entry.bot, entry.step) != key]
        entries = sorted([*kept, confirmation], key=lambda entry: (entry.account, entry.bot, entry.step))
        content = {
            "version": _VERSION,
            "confirmed": [
                {part: getattr(entry, part) for part in _PARTS} | {"values": dict(entry.values)}
                for entry in entries
            ],
        }
        text = _HEAD + yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        write_atomic(self.path, text, mode=0o644)

    def _entries(self) -> list[Confirmation]:
        import yaml

        try:
            content = yaml.safe_load(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return []
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise self._invalid(f"it is not YAML: {error.problem or error.context}", place) from None
        except (yaml.YAMLError, UnicodeDecodeError):
            raise self._invalid("it is not YAML text") from None
        if content is None:
            return []
        if not isinstance(content, dict) or not isinstance(content.get("confirmed"), list):
            raise self._invalid("it has no list `confirmed`")
        if content.get("version") != _VERSION:
            raise self._invalid(f"it has version {content.get('version')!r}; this faasctl knows {_VERSION}")
        return [self._entry(number, entry) for number, entry in enumerate(content["confirmed"], 1)]

    def _entry(self, number: int, entry: Any) -> Confirmation:
        if not isinstance(entry, dict):
            raise self._invalid(f"confirmation {number} is no mapping")
        for part, kind in _PARTS.items():
            if not isinstance(entry.get(part), kind):
                raise self._invalid(f"confirmation {number} has no usable `{part}`")
        made = Confirmation(**{part: entry[part] for part in _PARTS if part != "fingerprint"})
        if made.fingerprint != entry["fingerprint"]:
            raise self._invalid(
                f"confirmation {number} ({made.step} of bot {made.bot}, account {made.account}) was changed by "
                "hand: its fingerprint does not fit"
            )
        return made

    def _invalid(self, why: str, place: tuple[int, int] = (1, 1)) -> InvalidDefinition:
        finding = Finding(file=str(self.path), line=place[0], column=place[1], rule=RULE, message=why)
        return InvalidDefinition(
            [finding],
            hint="Take the file from version control again; or remove the confirmation from it, and confirm the "
            "step anew on a terminal.",
        )
