"""Google Business Messages: a card, or a carousel of cards of one size."""

from __future__ import annotations

from faasctl.conversation.channels.parts import BUTTON, CARD_TYPES, GENERIC, HTTPS, IMAGE, TEXT, TITLE, within_card
from faasctl.conversation.schema_words import (
    ANYTHING,
    NUMBER,
    Schema,
    by,
    count,
    having,
    listed,
    one_of,
    ref,
    text,
    thing,
    when,
)

_ALT = text(2000, least=1)
_REGULAR_CARDS, _SIZED_CARDS = 10, 13


def gbm() -> Schema:
    card: dict[str, Schema] = {"type": CARD_TYPES, "alt": _ALT, "display": ref("display")}
    flat = thing({**card, "tag": GENERIC, "elements": ref("elements")}, required=("type", "tag", "elements"))
    around = thing({**card, "tag": text(), "elements": within_card(_titled())}, required=("elements",))
    # An empty card counts as one with cards in it.
    holds_cards: Schema = {"properties": {"elements": {"items": having(type="vertical|horizontal")}}}
    alone = when(holds_cards, around, flat)
    return {
        **by("type", {"carousel": _carousel(), "vertical": alone, "horizontal": alone}),
        "$defs": {
            "card": flat,
            "elements": _elements(),
            "display": thing({"aspectRatio": text(), "size": one_of("compact", "tall")}),
            "button": gbm_button(),
        },
    }


def gbm_button() -> Schema:
    """A button of a card, and of quick replies."""
    actions = {
        "link": thing({"uri": text(256)}, required=("uri",), is_open=True),
        "publishText": thing({"text": text(256)}, required=("text",), is_open=True),
        "navigate": thing({"la": NUMBER, "lo": NUMBER}, required=("la", "lo"), is_open=True),
    }
    on_click = thing(
        {"actions": listed(by("type", actions), least=1, most=2)}, required=("actions",), is_open=True
    )
    return thing(
        {
            "type": one_of("button"),
            "title": text(25),
            "tooltip": text(256),
            "click": on_click,
            "style": ANYTHING,
        },
        required=("type", "title", "click"),
    )


def _title() -> Schema:
    return thing({"text": text(200), "tooltip": text(256)}, required=("text",), is_open=True)


def _elements() -> Schema:
    image = thing({"url": {**text(1000), "allOf": [HTTPS]}, "tooltip": text()}, required=("url",), is_open=True)
    description = thing(
        {"text": text(2000), "tag": one_of("subtitle"), "tooltip": text()}, required=("text",), is_open=True
    )
    words = when(having(tag="title"), _title(), description)
    untitled: Schema = {"allOf": [TEXT, {"not": TITLE}]}
    return {
        **listed(by("type", {"image": image, "text": words, "button": ref("button")})),
        "allOf": [
            count(IMAGE, "a card holds at most one image", most=1),
            count(TITLE, "a card holds at most one title", most=1),
            count(untitled, "a card holds at most one description", most=1),
            count({"anyOf": [IMAGE, TEXT]}, "a card holds an image, a title or a description", least=1),
            count(BUTTON, "a card holds at most four buttons", most=4),
        ],
    }


def _titled() -> Schema:
    """The elements of a card within a card: a title and buttons."""
    kinds = {"text": by("tag", {"title": _title()}), "button": ref("button")}
    return {
        **listed(by("type", kinds)),
        "allOf": [
            count(TITLE, "a card within a card holds exactly one title", least=1, most=1),
            count(BUTTON, "a card holds at most four buttons", most=4),
        ],
    }


def _carousel() -> Schema:
    sized: Schema = {"properties": {"display": {"properties": {"size": {}}, "required": ["size"]}}}
    sized["required"] = ["display"]
    of_size = [
        {"items": {"properties": {"display": {"properties": {"size": {"const": size}}}}}}
        for size in ("compact", "tall")
    ]
    one_size: Schema = {
        "anyOf": [
            {"items": {"not": sized}, "maxItems": _REGULAR_CARDS},
            *({"items": sized, "allOf": [size]} for size in of_size),
        ],
        "says": f"cards of a carousel have one size: compact, tall, or at most {_REGULAR_CARDS} of neither",
        "rule": "mixed-sizes",
    }
    cards = {**listed(ref("card"), least=2, most=_SIZED_CARDS), "allOf": [one_size]}
    return thing({"type": {}, "alt": _ALT, "elements": cards}, required=("elements",))
