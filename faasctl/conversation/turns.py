"""One turn of a conversation from payload to escalation, in the order of third-party-bots §3.8."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from faasctl.conversation.connector_calls import Exchange, FunctionCalls
from faasctl.conversation.connector_events import ConversationEnded, ErrorRecorded, Escalated, Sent
from faasctl.conversation.open_conversation import Broken
from faasctl.conversation.replies import Text
from faasctl.conversation.sending import CLOSED, Sender
from faasctl.facts.connector_errors import (
    NO_ENGAGEMENT_ATTRIBUTES,
    NO_VISITOR_SESSION,
    PUBLIC_API,
    ConnectorError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from faasctl.conversation.connector_settings import ConnectorSettings
    from faasctl.conversation.invoker import Invoker
    from faasctl.conversation.open_conversation import Story


class Turns:
    """What the connector does with one event at a time, for all conversations of a bot."""

    def __init__(self, settings: ConnectorSettings, invoker: Invoker, *, ids: Callable[[], str]) -> None:
        self._settings = settings
        self._ids = ids
        self.calls = FunctionCalls(settings, invoker)
        self._sender = Sender(settings, self.calls)

    def attributes(self, story: Story) -> Mapping[str, Any]:
        """The engagement attributes of the conversation, which are fetched once (§2.6)."""
        conversation = story.conversation
        if conversation.attributes is None:
            conversation.attributes = self._fetched(story)
        return conversation.attributes

    def handle(self, payload: Any, story: Story) -> bool:
        """Answers `payload`, or escalates; whether the function can be reached."""
        exchange = Exchange()
        try:
            self._answer(payload, story, exchange)
        except Broken as broken:
            self.escalate(broken, exchange, story)
        return not exchange.is_vendor_down

    def command(self, body: Any, story: Story) -> None:
        """A command of the Public API: the bot is not asked, and nothing is escalated (§1.10)."""
        try:
            self._sender.send(body, story)
        except Broken as broken:
            self._record(PUBLIC_API, broken.message, story, escalates=False)

    def escalate(self, broken: Broken, exchange: Exchange, story: Story) -> None:
        """Records the error, tells the error hook, and gives the conversation to the default skill (§3.8, 10)."""
        escalation = self._settings.escalation
        conversation = story.conversation
        error_id = self._record(broken.error, broken.message, story, tester=broken.tester)
        self.calls.error_hook(error_id, broken.error, exchange, story)
        is_ours = not conversation.gone
        if is_ours:
            self._say(escalation.to_customer, story)
        succeeded = is_ours and self._takes(escalation.skill)
        story.tell(
            Escalated(
                at=story.at,
                conversation=story.id,
                skill=escalation.skill,
                error=broken.error,
                error_id=error_id,
                succeeded=succeeded,
                to_customer=escalation.to_customer if is_ours else "",
                to_agent=escalation.to_agent if succeeded else "",
            )
        )
        if succeeded:
            conversation.gone = f"the conversation is with the skill {escalation.skill} now"
        elif is_ours:
            self._say(escalation.on_failure, story)

    def _answer(self, payload: Any, story: Story, exchange: Exchange) -> None:
        conversation = story.conversation
        breaks = conversation.about_to_break
        conversation.about_to_break = None
        if breaks is not None:
            exchange.payload = payload
            raise Broken(breaks, breaks.reasons[0])
        try:
            reply = self.calls.answer(payload, story, exchange)
        finally:
            self._lose(story)
        self._sender.send(reply, story)

    def _lose(self, story: Story) -> None:
        """Somebody else takes the conversation away, where that was announced."""
        conversation = story.conversation
        how, conversation.about_to_lose = conversation.about_to_lose, None
        if how == "closed":
            conversation.gone, conversation.is_closed = CLOSED, True
            story.tell(ConversationEnded(at=story.at, conversation=story.id, by="somebody else"))
        elif how == "transferred":
            conversation.gone = "somebody else has transferred the conversation"

    def _fetched(self, story: Story) -> Mapping[str, Any]:
        if not self._settings.engagement_attributes:
            return {}
        arrival = story.conversation.arrival
        if not arrival.visitor_session:
            message = "engagement attributes cannot be fetched: the visitor has no session"
            self._record(NO_VISITOR_SESSION, message, story, escalates=False)
        elif not arrival.engagement_attributes:
            message = "the visitor has no engagement attributes"
            self._record(NO_ENGAGEMENT_ATTRIBUTES, message, story, escalates=False)
        else:
            return arrival.engagement_attributes
        return {}

    def _takes(self, skill: str) -> bool:
        settings = self._settings
        return skill not in settings.failing_skills and (settings.skills is None or skill in settings.skills)

    def _say(self, text: str, story: Story) -> None:
        if text:
            item = Text(path=(), text=text)
            story.tell(Sent(at=story.at, conversation=story.id, item=item, by_connector=True))

    def _record(
        self,
        error: ConnectorError,
        message: str,
        story: Story,
        *,
        tester: str | None = None,
        escalates: bool = True,
    ) -> str:
        error_id = self._ids()
        story.tell(
            ErrorRecorded(
                at=story.at,
                conversation=story.id,
                error=error,
                error_id=error_id,
                message=message,
                tester=tester,
                escalates=escalates,
            )
        )
        return error_id
