"""What the channels' schemas have in common: buttons, images, cards within cards."""

from __future__ import annotations

from faasctl.conversation.schema_words import NUMBER, Schema, by, having, listed, one_of, text, thing, url

CARD_TYPES = one_of("vertical", "horizontal")
GENERIC = one_of("generic")
PADDING: Schema = {"type": "number", "minimum": 0, "maximum": 10}

IMAGE = having(type="image")
TEXT = having(type="text")
TITLE = having(type="text", tag="title")
SUBTITLE = having(type="text", tag="subtitle")
BUTTON = having(type="button")

HTTPS: Schema = {"pattern": "https", "says": "the image's address must hold https", "rule": "not-https"}

PUBLISH_TEXT = thing({"text": text(256)}, required=("text",), is_open=True)
LINK = thing(
    {"uri": url(1024), "name": text(256), "target": one_of("self", "blank", "slideout")},
    required=("uri",),
    is_open=True,
)
NAVIGATE = thing({"la": NUMBER, "lo": NUMBER, "name": text(256)}, required=("la", "lo"), is_open=True)


def click(actions: dict[str, Schema], *, most: int = 4) -> Schema:
    """A click with at most `most` actions of these types, and at most 32 items of metadata."""
    return thing(
        {"metadata": {"type": "array", "maxItems": 32}, "actions": listed(by("type", actions), most=most)}
    )


def button(title: int, on_click: Schema, **more: Schema) -> Schema:
    return thing(
        {"title": text(title), "tooltip": text(256), "click": on_click, **more},
        required=("title", "click"),
        is_open=True,
    )


def image(characters: int, *more: Schema) -> Schema:
    address: Schema = {**text(characters), **({"allOf": list(more)} if more else {})}
    return thing({"url": address, "tooltip": text(256)}, required=("url",), is_open=True)


def words(characters: int, **more: Schema) -> Schema:
    """A text element."""
    return thing({"text": text(characters), "tooltip": text(256), **more}, required=("text",), is_open=True)


def tagged(**tags: Schema) -> Schema:
    """Text elements by their tag."""
    return by("tag", tags)


def within_card(elements: Schema, *, types: Schema = CARD_TYPES, most: int | None = 1) -> Schema:
    """A list of cards, each of whose elements are as asked."""
    inner = thing({"type": types, "elements": elements}, required=("type", "elements"), is_open=True)
    return listed(inner, most=most)


def carousel(card: Schema, *, required: tuple[str, ...] = (), **more: Schema) -> Schema:
    properties = {"type": {}, "padding": PADDING, "alt": text(2000), **more}
    return thing({**properties, "elements": listed(card, least=2, most=10)}, required=("elements", *required))
