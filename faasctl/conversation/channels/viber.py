"""Viber: a card of cards, or a carousel of these."""

from __future__ import annotations

from faasctl.conversation.channels.parts import (
    LINK,
    PUBLISH_TEXT,
    button,
    carousel,
    click,
    image,
    within_card,
    words,
)
from faasctl.conversation.schema_words import Schema, by, listed, one_of, ref, text, thing

_STYLE = thing({"background-color": text(), "color": text()}, required=("type",), is_open=True)
"""That a style needs a type is a slip of the official schema, which decides all the same."""


def viber() -> Schema:
    return {
        **by("type", {"carousel": carousel(ref("card"), tag=text()), "vertical": ref("card")}),
        "$defs": {"card": _card()},
    }


def _card() -> Schema:
    on_click = click({"publishText": PUBLISH_TEXT, "link": LINK}, most=1)
    kinds = {
        "image": image(2048),
        "text": words(640, tag=text(), style=_STYLE),
        "button": button(25, on_click, style=_STYLE),
    }
    elements = listed(by("type", kinds), most=7)
    return thing(
        {
            "type": one_of("vertical"),
            "tag": text(),
            "alt": text(),
            "elements": within_card(elements, types=one_of("vertical"), most=None),
        },
        required=("type", "elements"),
    )
