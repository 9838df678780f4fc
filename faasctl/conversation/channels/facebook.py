"""Facebook Messenger: a generic card, a button card, or a carousel of these."""

from __future__ import annotations

from faasctl.conversation.channels.parts import (
    BUTTON,
    CARD_TYPES,
    GENERIC,
    IMAGE,
    LINK,
    NAVIGATE,
    PUBLISH_TEXT,
    TEXT,
    button,
    carousel,
    click,
    image,
    tagged,
    within_card,
    words,
)
from faasctl.conversation.schema_words import Schema, by, count, listed, never, text, thing, when

_BUTTON = button(20, click({"publishText": PUBLISH_TEXT, "link": LINK, "navigate": NAVIGATE}))
_MOST_BUTTONS = count(BUTTON, "a card holds at most three buttons", most=3)
_TEXTS = count(TEXT, "a card holds one or two texts", least=1, most=2)
_A_BUTTON = count(BUTTON, "a card holds at least one button", least=1)


def facebook() -> Schema:
    cards = {"generic": _generic(in_carousel=False), "button": _button_card()}
    in_carousel = {"generic": _generic(in_carousel=True), "button": _button_card()}
    return by(
        "type",
        {
            "carousel": carousel(by("tag", in_carousel)),
            "vertical": by("tag", cards),
            "horizontal": by("tag", cards),
        },
    )


def _texts(characters: int) -> Schema:
    return tagged(title=words(characters), subtitle=words(characters))


def _generic(*, in_carousel: bool) -> Schema:
    # Two texts make a card of their own, without image or button, yet not in a carousel.
    two_texts: Schema = {
        "allOf": [
            {"contains": TEXT, "minContains": 2},
            {"contains": IMAGE, "minContains": 0, "maxContains": 0},
        ]
    }
    without_button = (
        never("a card of two texts needs an image in a carousel", rule="too-few") if in_carousel else Schema()
    )
    elements: Schema = {
        **listed(by("type", {"image": image(2048), "text": _texts(80), "button": _BUTTON})),
        "allOf": [
            count(IMAGE, "a card holds at most one image", most=1),
            _TEXTS,
            _MOST_BUTTONS,
            when(two_texts, without_button, _A_BUTTON),
        ],
    }
    properties: dict[str, Schema] = {"type": CARD_TYPES, "tag": GENERIC, "alt": text()}
    if not in_carousel:
        properties["convType"] = text()
    return thing({**properties, "elements": within_card(elements)}, required=("type", "elements"))


def _button_card() -> Schema:
    elements: Schema = {
        **listed(by("type", {"text": _texts(640), "button": _BUTTON})),
        "allOf": [_TEXTS, _MOST_BUTTONS, _A_BUTTON],
    }
    return thing({"type": CARD_TYPES, "tag": {}, "elements": within_card(elements)}, required=("type", "elements"))
