"""LINE: a card with a text for those who cannot see it, or a carousel of cards."""

from __future__ import annotations

from faasctl.conversation.channels.parts import (
    BUTTON,
    CARD_TYPES,
    GENERIC,
    HTTPS,
    IMAGE,
    LINK,
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
from faasctl.conversation.schema_words import Schema, by, count, listed, one_of, ref, text, thing, when

_ALT = text(1500, least=1)
_SUBTITLE_ALONE, _SUBTITLE_BESIDE = 120, 60


def line() -> Schema:
    card = {"type": CARD_TYPES, "tag": GENERIC, "alt": _ALT}
    display = thing(
        {
            "aspectRatio": one_of("rectangle", "square", "horizontal"),
            "size": one_of("cover", "contain", "large", "compact", "tall", "full"),
        }
    )
    in_carousel = thing({**card, "elements": _elements(most=3)}, required=("type", "tag", "elements"))
    alone = thing({**card, "display": display, "elements": _elements(most=4)}, required=("tag", "alt", "elements"))
    return {
        **by(
            "type",
            {
                "carousel": carousel(in_carousel, required=("alt",), tag=GENERIC, alt=_ALT, display=display),
                "vertical": alone,
                "horizontal": alone,
            },
        ),
        "$defs": {
            "subtitle-alone": _kinds(_SUBTITLE_ALONE),
            "subtitle-beside": _kinds(_SUBTITLE_BESIDE),
        },
    }


def _kinds(subtitle: int) -> Schema:
    return by(
        "type",
        {
            "image": image(1000, HTTPS),
            "text": tagged(title=words(40), subtitle=words(subtitle)),
            "button": button(128, click({"publishText": PUBLISH_TEXT, "link": LINK})),
        },
    )


def _elements(*, most: int) -> Schema:
    beside: Schema = {"contains": {"anyOf": [IMAGE, TITLE]}}
    elements: Schema = {
        "type": "array",
        "allOf": [
            count(IMAGE, "a card holds at most one image", most=1),
            count(TITLE, "a card holds at most one title", most=1),
            count(SUBTITLE, "a card holds exactly one subtitle", least=1, most=1),
            count(BUTTON, f"a card here holds one to {most} buttons", least=1, most=most),
            when(beside, listed(ref("subtitle-beside")), listed(ref("subtitle-alone"))),
        ],
    }
    return within_card(elements)
