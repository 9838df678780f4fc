"""The forms of metadata as JSON Schemas of our own writing (third-party-bots §7.4, D and C)."""

from __future__ import annotations

from faasctl.conversation.metadata_apple import APPLE_TYPES
from faasctl.conversation.schema_words import (
    BOOLEAN,
    NUMBER,
    Schema,
    by,
    having,
    listed,
    one_of,
    text,
    thing,
    when,
)

_CHANNELS = one_of("Public", "Private")


def documented() -> Schema:
    """A list of objects, or one object; those of a known type are as documented."""
    known = {
        "ExternalId": thing({"type": {}, "id": text(64)}, required=("id",), is_open=True),
        "ActionReason": thing({"type": {}, "reason": text(64), "reasonId": text(64)}, is_open=True),
        "SocialMessagingEventData": social_event(),
        "SocialMessagingConversationData": _social_conversation(),
        **_PRODUCTS,
        **APPLE_TYPES,
    }
    item: Schema = {
        "type": "object",
        "allOf": [when(having(type=name), schema) for name, schema in known.items()],
    }
    return when({"type": "array"}, listed(item), when({"type": "object"}, item, {"type": ["array", "object"]}))


def social() -> Schema:
    """Facebook and Twitter."""
    return by(
        "type",
        {"SocialMessagingEventData": social_event(), "SocialMessagingConversationData": _social_conversation()},
    )


def social_event() -> Schema:
    """Instagram takes this alone."""
    sources = {
        "Facebook": _event(
            "DirectMessage Post CommentToComment CommentToPost PrivateReplyToComment PrivateReplyToPost"
            " ConsumerAction CC CP",
            pageName=64,
            postId=64,
            postText=128,
        ),
        "Twitter": _event(
            "DirectMessage Tweet Reply Retweet ConsumerAction",
            accountName=64,
            accountId=64,
            tweetId=32,
            tweetText=128,
        ),
        "Instagram": thing({"source": {}}),
    }
    action = thing({"name": text(64), "payload": text(5000)}, required=("name",))
    state = thing(
        {
            "dmChatId": text(64),
            "currentChannel": _CHANNELS,
            "enabledChannels": thing({"private": BOOLEAN, "public": BOOLEAN}),
        },
        required=("currentChannel",),
    )
    return thing(
        {
            "type": one_of("SocialMessagingEventData"),
            "event": by("source", sources),
            "channel": _CHANNELS,
            "replyToId": text(256),
            "actions": listed(action, most=50),
            "conversationState": state,
        },
        required=("type", "event", "channel"),
    )


def _event(types: str, **parent: int) -> Schema:
    of_parent = {name: text(most) for name, most in parent.items()}
    return thing(
        {
            "source": {},
            "type": one_of(*types.split()),
            "parent": thing({**of_parent, "attachmentUrl": text(2048), "timestamp": NUMBER}),
        },
        required=("type",),
    )


def _social_conversation() -> Schema:
    facebook = thing(
        {
            "source": {},
            "avatarUrl": text(2048),
            "userName": text(64),
            "psid": text(32),
            "gender": text(16),
            "locale": text(8),
            "timezone": text(16),
            "profileUrl": text(2048),
        },
        required=("avatarUrl", "userName"),
    )
    twitter = thing(
        {
            "source": {},
            "avatarUrl": text(2048),
            "profileName": text(64),
            "handle": text(32),
            "dateJoined": text(16),
            "description": text(256),
            **dict.fromkeys(("tweets", "likes", "followers", "following"), NUMBER),
        },
        required=("avatarUrl", "profileName"),
    )
    return thing(
        {
            "type": one_of("SocialMessagingConversationData"),
            "directMessagingId": text(256),
            "userProfile": by("source", {"Facebook": facebook, "Twitter": twitter}),
        },
        required=("type", "directMessagingId", "userProfile"),
    )


_SECTION = thing(
    {"title": text(24), "productIds": listed(text(), least=1, most=30)},
    required=("title", "productIds"),
    is_open=True,
)
_PRODUCTS: dict[str, Schema] = {
    "WhatsAppSingleProduct": thing(
        {"type": {}, "catalogId": text(25), "productRetailerId": text(50)},
        required=("catalogId", "productRetailerId"),
    ),
    "WhatsAppMultipleProduct": thing(
        {"type": {}, "catalogId": text(25), "sections": listed(_SECTION, least=1, most=10)},
        required=("catalogId", "sections"),
    ),
}


def whatsapp() -> Schema:
    """At most one item, a product or several."""
    return {**listed(by("type", _PRODUCTS), most=1), "type": ["array", "null"]}


def apple() -> Schema:
    """At most 32 items of Apple's own types; one, of Conversation Builder, may go without its type."""
    untyped = APPLE_TYPES["CbBotResponseMetaData"]
    return {**listed(by("type", APPLE_TYPES, otherwise=untyped), most=32), "type": ["array", "null"]}
