"""What a bot answers, in typed items (third-party-bots §3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faasctl.facts.connector_errors import (
    MALFORMED_ALTERNATIVE_INTENTS,
    MISSING_ACTION_AND_MESSAGES,
    MISSING_RESPONSE_BODY,
    QUICK_REPLIES_NOT_SUPPORTED,
    UNSUPPORTED_ACTION,
)

if TYPE_CHECKING:
    from faasctl.conversation.problems import Path, Problem
    from faasctl.facts.connector_errors import ConnectorError

Json = dict[str, Any]
Metadata = tuple[Json, ...]

_BEFORE_SENDING: tuple[ConnectorError | None, ...] = (
    MISSING_RESPONSE_BODY,
    MALFORMED_ALTERNATIVE_INTENTS,
    MISSING_ACTION_AND_MESSAGES,
    UNSUPPORTED_ACTION,
    QUICK_REPLIES_NOT_SUPPORTED,
)
"""In the order in which the connector looks for them: it reads a reply before it verifies it (§3.8, 6 and 7)."""
_OF_THE_ACTION: tuple[Path, ...] = (("context", "action"), ("context", "actionParameters"))
"""What stands beside rich content of the older form, and is judged after it was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text that the consumer reads. `path` is where it stands in the reply, as with every item."""

    path: Path
    text: str
    metadata: Metadata = ()
    encoded_metadata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateText:
    """A note that agents and managers read, and the consumer does not."""

    path: Path
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """A wait before the next message, in whole seconds; `typing` shows that the bot writes."""

    path: Path
    seconds: int
    typing: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RichContent:
    """Structured content; `encoded_metadata` is its own, or that of the whole reply."""

    path: Path
    content: Json
    metadata: Metadata = ()
    encoded_metadata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickReplies:
    """A text with replies to choose from; `replies` is the object of type quickReplies."""

    path: Path
    message: str
    replies: Json
    metadata: Metadata = ()
    encoded_metadata: str | None = None


Item = Text | PrivateText | Delay | RichContent | QuickReplies


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    skill: str
    agent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseConversation:
    """`without_survey` skips the survey that follows a conversation (withoutPcs)."""

    without_survey: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTtr:
    """`ttr` is as the bot said it, also where the platform will refuse it."""

    ttr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """A second function, called with `payload`."""

    function_uuid: str
    payload: Json
    fail_on_error: bool = False


Action = Transfer | CloseConversation | ChangeTtr | Invocation


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """`confidence` lies between 0 and 1."""

    id: str
    confidence: float
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply as the connector takes it, in the order of sending: what it drops is not among the items.

    An item that will be refused when it is sent is there; `refusal` tells.
    """

    items: tuple[Item, ...] = ()
    action: Action | None = None
    intent: Intent | None = None
    alternative_intents: tuple[Intent, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def fatal(self) -> Problem | None:
        """What makes the connector escalate before it sends anything; None where it goes on."""
        found = [problem for problem in self.problems if problem.error in _BEFORE_SENDING]
        return min(found, key=lambda problem: _BEFORE_SENDING.index(problem.error), default=None)

    def refusal(self, item: Item) -> Problem | None:
        """Why the platform refuses `item` when it is sent; None for one that it takes."""
        length = len(item.path)
        for problem in self.errors:
            if (
                problem.path[:length] == item.path
                and problem.effect == "escalation"
                and problem.path[:2] not in _OF_THE_ACTION
            ):
                return problem
        return None
