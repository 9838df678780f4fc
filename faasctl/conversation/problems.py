"""What is wrong with a document that a bot answers: where, by which rule, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from faasctl.facts.connector_errors import ConnectorError
    from faasctl.findings import Severity

Path = tuple[str | int, ...]
"""Keys and indices from the document's root."""

Effect = Literal["nothing seen", "message dropped", "escalation"]
"""What the consumer meets.

`nothing seen`: the part is skipped, and the conversation goes on as if it were not there. `message dropped`: the
consumer does not get that message. `escalation`: the bot gives the conversation to the default skill.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem. `rule` is a stable name such as `too-long`.

    `error` is the connector's error and `tester` the code that the Conversation Tester logs, where there are such.
    `effect` is None where nothing comes of it: most warnings.
    """

    path: Path
    rule: str
    message: str
    severity: Severity = "error"
    error: ConnectorError | None = None
    tester: str | None = None
    effect: Effect | None = None

    @property
    def place(self) -> str:
        """The path as a person writes it, `messages[0].delay`; empty for the whole document."""
        return place(self.path)

    @property
    def codes(self) -> tuple[str, ...]:
        """The connector's code and the tester's, as far as there are such."""
        return tuple(code for code in (self.error.code if self.error else None, self.tester) if code)

    def below(self, path: Path) -> Problem:
        """The same, where the document stands at `path` of a larger one."""
        return replace(self, path=(*path, *self.path))

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.place,
            "rule": self.rule,
            "message": self.message,
            "severity": self.severity,
            "code": self.error.code if self.error else None,
            "tester_code": self.tester,
            "effect": self.effect,
        }

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.path else self.message


def place(path: Path) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def at(document: Any, path: Path) -> Any:
    """What stands at `path`, which must exist."""
    for part in path:
        document = document[part]
    return document
