"""Messages that the connector drops: each is told where it stood, with its own reason (§3.5, §3.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.conversation.connector_events import Dropped, Sent
from faasctl.conversation.connector_settings import ConnectorSettings
from faasctl.conversation.replies import QuickReplies, RichContent, Text
from faasctl.facts import channels
from tests.conversation.connector.bots import CARD

if TYPE_CHECKING:
    from tests.conversation.connector.conftest import Start

GOOD, BAD = "eyJ9", "not base64!"


def _encoded(start: Start, reply: Any, settings: ConnectorSettings | None = None) -> list[tuple[str, str | None]]:
    """The kinds of the messages that were sent, each with its encoded metadata."""
    held = start(reply, settings)
    held.say()
    return [
        (type(event.item).__name__, event.item.encoded_metadata)
        for event in held.all(Sent)
        if isinstance(event.item, (Text, RichContent, QuickReplies))
    ]


def test_encoded_metadata_of_the_context_is_on_all_messages_unless_they_have_their_own(talk: Start) -> None:
    own = {"structuredContent": CARD, "encodedMetadata": "b3du"}
    context = {"encodedMetadata": GOOD, "structuredContent": CARD}
    assert _encoded(talk, {"messages": ["a", {"structuredContent": CARD}, own], "context": context}) == [
        ("Text", GOOD),
        ("RichContent", GOOD),
        ("RichContent", "b3du"),
        ("RichContent", GOOD),
    ]


def test_encoded_metadata_drops_every_message_where_the_account_lacks_the_feature(talk: Start) -> None:
    reply = {"messages": ["a", {"structuredContent": CARD, "encodedMetadata": GOOD}]}
    without = ConnectorSettings(encoded_metadata=False)
    assert _encoded(talk, reply, without) == [("Text", None)]
    assert _encoded(talk, {**reply, "context": {"encodedMetadata": GOOD}}, without) == []


def test_each_dropped_message_has_its_own_reason(talk: Start) -> None:
    own = {"structuredContent": CARD, "encodedMetadata": BAD}
    held = talk({"messages": [{"delay": 1.5}, own, {"odd": 1}, "b"]})
    held.say()
    assert [(event.value, event.problem.path[:2]) for event in held.all(Dropped)] == [
        ({"delay": 1.5}, ("messages", 0)),
        (own, ("messages", 1)),
        ({"odd": 1}, ("messages", 2)),
    ]
    assert held.texts == ["b"]


def test_rich_content_of_the_context_is_dropped_last_of_all(talk: Start) -> None:
    held = talk({"messages": ["a"], "context": {"structuredContent": CARD, "metadata": "text"}})
    events = held.say()
    told = [event for event in events if isinstance(event, (Sent, Dropped))]
    assert [type(event).__name__ for event in told] == ["Sent", "Dropped"]
    (dropped,) = held.all(Dropped)
    assert (dropped.value, dropped.problem.path) == (CARD, ("context", "metadata"))
    assert held.codes == []


def test_rich_content_of_the_context_is_sent_and_not_told_as_dropped_where_a_message_is(talk: Start) -> None:
    held = talk({"messages": [{"delay": 1.5}], "context": {"structuredContent": CARD}})
    held.say()
    assert (held.texts, [event.value for event in held.all(Dropped)]) == (["vertical"], [{"delay": 1.5}])


def test_what_the_channel_does_not_take_is_dropped(talk: Start) -> None:
    click = {"actions": [{"type": "publishText", "text": "yes"}]}
    replies = {
        "type": "quickReplies",
        "itemsPerRow": 8,
        "replies": [{"type": "button", "title": "Y", "click": click}],
    }
    item = {"structuredContent": {"message": "Pick", "quickReplies": replies}}
    for channel, sent in ((channels.WEB, ["Pick"]), (channels.APPLE, [])):
        held = talk({"messages": [item]}, ConnectorSettings(channel=channel))
        held.say()
        assert (held.texts, len(held.all(Dropped))) == (sent, 1 - len(sent))
