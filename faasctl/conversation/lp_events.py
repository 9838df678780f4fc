"""The platform's own event within a payload, `lpEvent`, of messaging and of chat (third-party-bots §2.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from faasctl.conversation.payloads import Conversation, Turn

Json = dict[str, Any]

_ADDRESS = "203.0.113.7"
_CLIENT: Json = {
    "type": ".ClientProperties",
    "appId": "webAsync",
    "ipAddress": _ADDRESS,
    "deviceFamily": "DESKTOP",
    "os": "OSX",
    "osVersion": "10.15.7",
    "browser": "CHROME",
    "browserVersion": "120.0.0.0",
    "integration": "WEB_SDK",
    "integrationVersion": "3.0.0",
    "features": ["QUICK_REPLIES", "RICH_CONTENT"],
}
_VISITOR = "faasctl-visitor"
_SESSION = "faasctl-session"


def messaging_event(
    conversation: Conversation,
    turn: Turn,
    event: Mapping[str, Any],
    *,
    metadata: Sequence[Mapping[str, Any]] = (),
) -> Json:
    """An event of a messaging conversation, which holds the consumer's own as `event`."""
    return {
        "sequence": turn.sequence,
        "originatorId": conversation.consumer,
        "originatorClientProperties": {**_CLIENT, "features": list(_CLIENT["features"])},
        "originatorMetadata": {
            "id": conversation.consumer,
            "role": "CONSUMER",
            "clientProperties": {**_CLIENT, "features": list(_CLIENT["features"])},
        },
        "serverTimestamp": turn.time,
        "event": dict(event),
        "conversationId": conversation.id,
        "dialogId": conversation.id,
        "__isMe": False,
        "metadata": [dict(item) for item in metadata],
        "messageAudience": "ALL",
        "conversationContext": {
            "type": "MESSAGING",
            "skillId": conversation.skill_id,
            "campaignId": conversation.campaign_id,
            "engagementId": conversation.engagement_id,
            "visitor": {
                "sharkVisitorId": _VISITOR,
                "sharkSessionId": _SESSION,
                "ipAddress": _ADDRESS,
                "browser": "CHROME",
                "os": "OSX",
                "language": "en-US",
                "features": [],
                "deviceFamily": "DESKTOP",
            },
        },
    }


def chat_line(conversation: Conversation, turn: Turn, *, text: str, is_welcome: bool = False) -> Json:
    """A line of a chat: nearly all values are texts, and what is not known of the visitor is null."""
    campaign, engagement = str(conversation.campaign_id), str(conversation.engagement_id)
    time = _iso(turn.time)
    line: Json = {
        "@id": str(turn.sequence),
        "@type": "line",
        "time": time,
        "textType": "plain",
        "text": text,
        "by": "visitor",
        "source": "visitor",
        "systemMessageId": None,
        "subType": "REGULAR",
        "sequenceId": str(turn.sequence),
        "state": "chatting",
        "chatSessionKey": conversation.id,
        "skillName": conversation.skill,
        "skillId": conversation.skill_id,
        "agentName": None,
        "agentId": None,
        "startTime": time,
        "duration": "0",
        "lastUpdate": time,
        "chatTimeout": "40",
        "visitorId": _VISITOR,
        "agentTyping": "not-typing",
        "visitorTyping": "not-typing",
        "visitorName": None,
        "rtSessionId": None,
        "sharkVisitorId": _VISITOR,
        "sharkSessionId": _SESSION,
        "sharkContextId": None,
        "engagementId": engagement,
        "campaignId": campaign,
        "language": "en-US",
        "participantId": None,
        "link": [],
        "conversationContext": {
            "type": "CHAT",
            "skillId": conversation.skill_id,
            "campaignId": campaign,
            "engagementId": engagement,
            "visitor": {"sharkVisitorId": _VISITOR, "sharkSessionId": _SESSION},
        },
    }
    return {**line, "isWelcomeEvent": True} if is_welcome else line


def _iso(milliseconds: int) -> str:
    import datetime

    moment = datetime.datetime.fromtimestamp(milliseconds / 1000, tz=datetime.timezone.utc)
    return moment.isoformat(timespec="milliseconds")
