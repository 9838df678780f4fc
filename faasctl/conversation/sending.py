"""From a reply to what the consumer gets: the messages, then the action (third-party-bots §3.8, 6-9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from faasctl.conversation.connector_events import (
    ActionDone,
    ConversationEnded,
    Dropped,
    IntentRecorded,
    ProblemFound,
    Sent,
    Waited,
)
from faasctl.conversation.open_conversation import Broken
from faasctl.conversation.replies import (
    ChangeTtr,
    CloseConversation,
    Delay,
    Invocation,
    Item,
    Reply,
    Transfer,
)
from faasctl.conversation.reply_reading import parse_reply
from faasctl.conversation.reply_rules import Surroundings
from faasctl.facts import connector_errors as errors

if TYPE_CHECKING:
    from faasctl.conversation.connector_calls import FunctionCalls
    from faasctl.conversation.connector_settings import ConnectorSettings
    from faasctl.conversation.open_conversation import OpenConversation, Story
    from faasctl.conversation.problems import Path, Problem

CLOSED = "the conversation is closed"
_ACTION_KEYS = (("action",), ("actionParameters",))


class Sender:
    """Sends replies of one bot. Broken where the platform refuses a part; what was sent before stays sent."""

    def __init__(self, settings: ConnectorSettings, calls: FunctionCalls) -> None:
        self._settings = settings
        self._calls = calls
        self._around = Surroundings(
            conversation=settings.conversation,
            channel=settings.channel,
            skills=settings.skills,
            image_hosts=settings.image_hosts,
            encoded_metadata=settings.encoded_metadata,
        )

    def send(self, value: Any, story: Story) -> None:
        """`value` is the reply as the function, or the last hook, gave it."""
        reply = parse_reply(value, self._around)
        for problem in reply.problems:
            story.tell(ProblemFound(at=story.at, conversation=story.id, problem=problem))
        if reply.fatal is not None:
            raise _broken(reply.fatal)
        if reply.intent is not None:
            story.tell(
                IntentRecorded(
                    at=story.at,
                    conversation=story.id,
                    intent=reply.intent,
                    alternatives=reply.alternative_intents,
                )
            )
        lost = {_order(path): (dropped, problem) for path, dropped, problem in _dropped(value, reply)}
        kept = {_order(item.path): item for item in reply.items}
        for place in sorted({*lost, *kept}):
            if place in kept:
                self._send_item(kept[place], reply, story)
            else:
                dropped, problem = lost[place]
                story.tell(Dropped(at=story.at, conversation=story.id, value=dropped, problem=problem))
        if reply.action is not None:
            self._act(reply, story)

    def _send_item(self, item: Item, reply: Reply, story: Story) -> None:
        if isinstance(item, Delay):
            story.passes(item.seconds)
            waited = Waited(at=story.at, conversation=story.id, seconds=item.seconds, typing=item.typing)
            story.tell(waited)
            return
        self._still_ours(story.conversation, "message")
        refusal = reply.refusal(item)
        if refusal is not None:
            raise _broken(refusal)
        story.tell(Sent(at=story.at, conversation=story.id, item=item))

    def _act(self, reply: Reply, story: Story) -> None:
        action = reply.action
        refusal = next(
            (
                problem
                for problem in reply.errors
                if problem.effect == "escalation"
                and problem.path[:1] == ("context",)
                and problem.path[1:2] in _ACTION_KEYS
            ),
            None,
        )
        match action:
            case Transfer():
                self._still_ours(story.conversation, "transfer")
                if refusal is not None:
                    raise _broken(refusal)
                self._transfer(action, story)
            case CloseConversation():
                self._still_ours(story.conversation, "close")
                story.tell(ActionDone(at=story.at, conversation=story.id, action=action))
                story.conversation.gone, story.conversation.is_closed = CLOSED, True
                survey = not action.without_survey
                story.tell(ConversationEnded(at=story.at, conversation=story.id, by="bot", survey=survey))
            case ChangeTtr():
                self._still_ours(story.conversation, "ttr")
                if refusal is not None:
                    raise _broken(refusal)
                story.tell(ActionDone(at=story.at, conversation=story.id, action=action))
            case Invocation():
                self._invoke(action, story)

    def _transfer(self, action: Transfer, story: Story) -> None:
        settings = self._settings
        agents = settings.agents
        to_agent = (
            action.agent_id is not None
            and settings.transfer_to_agent
            and (agents is None or action.agent_id in agents)
        )
        if not to_agent and action.skill in settings.failing_skills:
            if settings.is_chat:
                raise Broken(errors.CHAT_TRANSFER_TO_SKILL, f"no agent of the skill {action.skill} is free")
            raise Broken(errors.MESSAGING_TRANSFER_TO_SKILL, f"the transfer to the skill {action.skill} failed")
        story.tell(ActionDone(at=story.at, conversation=story.id, action=action, to_agent=to_agent))
        taker = f"agent {action.agent_id}" if to_agent else f"the skill {action.skill}"
        story.conversation.gone = f"the conversation is with {taker} now"

    def _invoke(self, action: Invocation, story: Story) -> None:
        result = self._calls.call(action.function_uuid, action.payload)
        story.passes(result.duration)
        story.tell(
            ActionDone(
                at=story.at,
                conversation=story.id,
                action=action,
                failure=result.failure,
                value=result.value,
                duration=result.duration,
                logs=result.logs,
            )
        )
        if result.failure is not None and action.fail_on_error:
            said = f": {result.failure.message}" if result.failure.message else ""
            raise Broken(errors.FAILED_BOT_ACTION, f"the function {action.function_uuid} failed{said}")

    def _still_ours(
        self, conversation: OpenConversation, doing: Literal["message", "transfer", "close", "ttr"]
    ) -> None:
        """Broken when somebody else has closed or transferred the conversation meanwhile."""
        if not conversation.gone:
            return
        if doing == "close":
            error = errors.CHAT_END_CONVERSATION if self._settings.is_chat else errors.MESSAGING_END_CONVERSATION
        elif self._settings.is_chat:
            error = errors.CHAT_TRANSFER_TO_SKILL if doing == "transfer" else errors.CHAT_SEND_MESSAGE
        else:
            error = errors.CONVERSATION_CLOSED if conversation.is_closed else errors.AGENT_NOT_AUTHORIZED
        raise Broken(error, conversation.gone)


def _broken(problem: Problem) -> Broken:
    error = problem.error or errors.PIPELINE
    return Broken(error, str(problem), tester=problem.tester)


def _order(path: Path) -> int:
    """Messages by their index; the older form in the context comes last (§3.3)."""
    match path:
        case ("messages", int(index), *_):
            return index
        case ("messages",):
            return -1
    return 1 << 30


def _dropped(value: Any, reply: Reply) -> Iterator[tuple[Path, Any, Problem]]:
    """The messages that are not among the reply's items: path, message, and why."""
    if not isinstance(value, dict):
        return
    because: dict[Path, Problem] = {}
    for problem in reply.problems:
        if problem.effect == "message dropped":
            because.setdefault(problem.path[:2], problem)
            because.setdefault(problem.path[:1], problem)
    kept = {item.path for item in reply.items}
    messages, context = value.get("messages"), value.get("context")
    sent: list[tuple[Path, Any]] = [
        (("messages", index), message)
        for index, message in enumerate(messages if isinstance(messages, list) else ())
    ]
    if isinstance(context, dict) and isinstance(context.get("structuredContent"), dict):
        sent.append((("context",), context["structuredContent"]))
    for path, message in sent:
        reason = because.get(path, because.get(("context", "encodedMetadata")))
        if path not in kept and reason is not None:
            yield path, message, reason
