"""What happens in the connector, as data: `Connector` tells these in their order.

`at` is Unix time in milliseconds, the moment at which the consumer would see it; `conversation` is the id of the
conversation. Durations are seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from faasctl.conversation.consumer import ConsumerEvent
    from faasctl.conversation.invoker import Failure
    from faasctl.conversation.problems import Problem
    from faasctl.conversation.replies import (
        Action,
        Intent,
        PrivateText,
        QuickReplies,
        RichContent,
        Text,
    )
    from faasctl.definition.model import HookRole
    from faasctl.facts.connector_errors import ConnectorError
    from faasctl.log_entry import LogEntry

BotState = Literal["Online", "Vendor Interruption"]
EndedBy = Literal["bot", "consumer", "somebody else"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The conversation was assigned to the bot; `transferred` when it had been under way before."""

    at: int
    conversation: str
    transferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Something came from the consumer."""

    at: int
    conversation: str
    what: ConsumerEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimited:
    """The spam guard swallowed it; nobody is told (third-party-bots §1.7)."""

    at: int
    conversation: str
    what: ConsumerEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class NotForwarded:
    """It does not reach the function; `why` is a sentence."""

    at: int
    conversation: str
    what: ConsumerEvent
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A text waits until `until` (milliseconds) for others, to be combined with them (§2.7)."""

    at: int
    conversation: str
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HookRan:
    """A hook was called with `payload` and gave `value`, unless there is a `failure`.

    `changed` tells whether a pre or post hook gave something else than it got.
    """

    at: int
    conversation: str
    role: HookRole
    payload: Any
    value: Any = None
    failure: Failure | None = None
    changed: bool = False
    duration: float = 0.0
    logs: tuple[LogEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoked:
    """The bot's function was called with `payload` and gave `reply` (as it is), unless there is a `failure`."""

    at: int
    conversation: str
    payload: Any
    reply: Any = None
    failure: Failure | None = None
    duration: float = 0.0
    logs: tuple[LogEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemFound:
    """Something in the reply is not as it must be, whatever comes of it."""

    at: int
    conversation: str
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentRecorded:
    at: int
    conversation: str
    intent: Intent
    alternatives: tuple[Intent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """The bot waits, until `at`; `typing` shows the consumer that it writes."""

    at: int
    conversation: str
    seconds: int
    typing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message of the bot; a PrivateText is read by agents and managers alone.

    `by_connector`: not from the function, but the text that goes with an escalation.
    """

    at: int
    conversation: str
    item: Text | PrivateText | RichContent | QuickReplies
    by_connector: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A message of the reply that the consumer does not get; `value` is the message as the function gave it."""

    at: int
    conversation: str
    value: Any
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDone:
    """The action of a reply was carried out.

    `to_agent`: a transfer went to the agent that it names, not to the skill. `value`, `failure`, `logs` and
    `duration` are those of the function that an invocation calls.
    """

    at: int
    conversation: str
    action: Action
    to_agent: bool = False
    failure: Failure | None = None
    value: Any = None
    duration: float = 0.0
    logs: tuple[LogEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRecorded:
    """A conversation error as the bot's dashboard lists it; `tester` is what the Conversation Tester logs for it.

    An `Escalated` follows where it `escalates`; the conversation goes on otherwise.
    """

    at: int
    conversation: str
    error: ConnectorError
    error_id: str
    message: str
    tester: str | None = None
    escalates: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated:
    """The conversation was given to the default skill, or could not be: `succeeded`.

    The texts are those that were said, empty where there is none.
    """

    at: int
    conversation: str
    skill: str
    error: ConnectorError
    error_id: str
    succeeded: bool = True
    to_customer: str = ""
    to_agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChanged:
    """The bot's state; `conversation` is empty."""

    at: int
    before: BotState
    after: BotState
    why: str
    conversation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationEnded:
    """The conversation was closed. `survey`: the one that comes after a conversation follows."""

    at: int
    conversation: str
    by: EndedBy
    survey: bool = True


ConnectorEvent = (
    Opened
    | Heard
    | RateLimited
    | NotForwarded
    | Held
    | HookRan
    | Invoked
    | ProblemFound
    | IntentRecorded
    | Waited
    | Sent
    | Dropped
    | ActionDone
    | ErrorRecorded
    | Escalated
    | StateChanged
    | ConversationEnded
)
