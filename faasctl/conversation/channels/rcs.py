"""RCS: a card, or a carousel of cards; a card's elements stand in it, or in one card more."""

from __future__ import annotations

from faasctl.conversation.channels.parts import (
    BUTTON,
    CARD_TYPES,
    GENERIC,
    IMAGE,
    LINK,
    NAVIGATE,
    PUBLISH_TEXT,
    SUBTITLE,
    TITLE,
    button,
    carousel,
    click,
    image,
    tagged,
    within_card,
    words,
)
from faasctl.conversation.schema_words import Schema, by, count, having, listed, ref, text, thing, when


def rcs() -> Schema:
    return {
        **by(
            "type",
            {"carousel": carousel(ref("card"), tag=GENERIC), "vertical": ref("card"), "horizontal": ref("card")},
        ),
        "$defs": {"elements": _elements(), "card": _card()},
    }


def _card() -> Schema:
    properties: dict[str, Schema] = {"type": CARD_TYPES, "tag": GENERIC, "alt": text()}
    required = ("type", "tag", "elements")
    around = thing({**properties, "elements": within_card(ref("elements"))}, required=required)
    flat = thing({**properties, "elements": ref("elements")}, required=required, is_open=True)
    holds_cards: Schema = {"properties": {"elements": {"items": having(type="vertical|horizontal")}}}
    return when(holds_cards, around, flat)


def _elements() -> Schema:
    navigate = thing({"type": {}, **NAVIGATE["properties"]}, required=("la", "lo"))
    actions = {"publishText": PUBLISH_TEXT, "link": LINK, "navigate": navigate}
    return {
        **listed(
            by(
                "type",
                {
                    "image": image(2048),
                    "text": tagged(title=words(640), subtitle=words(640)),
                    "button": button(25, click(actions)),
                },
            )
        ),
        "allOf": [
            count(IMAGE, "a card holds at most one image", most=1),
            count(TITLE, "a card holds at most one title", most=1),
            count(SUBTITLE, "a card holds at most one subtitle", most=1),
            count({"anyOf": [IMAGE, TITLE, SUBTITLE]}, "a card holds an image, a title or a subtitle", least=1),
            count(BUTTON, "a card holds at most four buttons", most=4),
        ],
    }
