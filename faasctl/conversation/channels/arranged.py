"""What LivePerson arranges before it hands a card to a channel: image, map, texts, buttons, then cards.

An element of another type, or without one, cannot be arranged, and the card is refused.
"""

from __future__ import annotations

import functools
from typing import Any

from faasctl.conversation.schema_words import Schema, having, listed, one_of, ref, thing, when

_ORDER = ("image", "map", "text", "button", "horizontal", "vertical")


def arranged(*, with_map: bool = False) -> dict[str, Schema]:
    """The definitions: `arranged` for a document, `arranged-card` for a card in it."""
    types = [name for name in _ORDER if with_map or name != "map"]
    of_card: Schema = {
        "allOf": [
            thing({"type": one_of(*types)}, required=("type",), is_open=True),
            when(having(type="horizontal|vertical"), ref("arranged-card")),
        ]
    }
    card = thing({"elements": listed(of_card)}, required=("elements",), is_open=True)
    is_card: Schema = {
        "type": "object",
        "required": ["elements"],
        "properties": {"type": {"not": {"const": "carousel"}}},
    }
    carousel = thing(
        {"elements": listed({"allOf": [{"not": {"type": "null"}}, when(is_card, ref("arranged-card"))]})},
        required=("elements",),
        is_open=True,
    )
    document = when(
        having(type="carousel"), carousel, when(having(type="horizontal|vertical"), ref("arranged-card"))
    )
    return {"arranged": document, "arranged-card": card}


def text_tags(elements: list[Any]) -> list[str | None]:
    """The tags of a card's texts, in the order in which they are arranged."""
    sound = [element for element in elements if isinstance(element, dict) and element.get("type") in _ORDER]
    ordered = sorted(sound, key=functools.cmp_to_key(_compare))
    return [element.get("tag") for element in ordered if element["type"] == "text"]


def _compare(first: dict[str, Any], second: dict[str, Any]) -> int:
    """A title comes before a subtitle; all other texts stay where they are."""
    places = (_ORDER.index(first["type"]), _ORDER.index(second["type"]))
    if places[0] != places[1]:
        return places[0] - places[1]
    tags = (first.get("tag"), second.get("tag"))
    if first["type"] != "text":
        return 0
    return {("title", "subtitle"): -1, ("subtitle", "title"): 1}.get(tags, 0)  # type: ignore[arg-type]
