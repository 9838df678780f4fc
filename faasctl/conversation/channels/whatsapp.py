"""WhatsApp: one card, of image, texts and buttons, or of the texts around a product."""

from __future__ import annotations

from faasctl.conversation.channels.parts import BUTTON, GENERIC, HTTPS, IMAGE, SUBTITLE, TITLE, tagged
from faasctl.conversation.schema_words import Schema, by, count, having, listed, one_of, text, thing, when

_FOOTER = having(type="text", tag="footer")


def whatsapp() -> Schema:
    around_product: Schema = {"items": having(type="text", tag="header|body|footer")}
    properties: dict[str, Schema] = {"alt": text(2000, least=1), "tag": GENERIC}
    card = thing(
        {"type": {}, **properties, "elements": when(around_product, _around_product(), _elements())},
        required=("tag", "elements"),
    )
    return by("type", {"vertical": card})


def whatsapp_button() -> Schema:
    """A button of a card, and of quick replies."""
    action = thing({"text": text(20)}, required=("text",), is_open=True)
    actions = listed(by("type", {"publishText": action}), least=1, most=1)
    return thing(
        {"type": one_of("button"), "title": text(20), "click": thing({"actions": actions}, required=("actions",))},
        required=("type", "title", "click"),
    )


def _words(characters: int) -> Schema:
    return thing({"text": text(characters)}, required=("text",), is_open=True)


def _around_product() -> Schema:
    kinds = tagged(header=_words(60), body=_words(500), footer=_words(60))
    return {**listed(kinds), "maxItems": 3}


def _elements() -> Schema:
    image = thing({"url": {**text(1000), "allOf": [HTTPS]}, "tooltip": text()}, required=("url",), is_open=True)
    kinds = {
        "image": image,
        "text": tagged(title=_words(100), subtitle=_words(924), footer=_words(60)),
        "button": whatsapp_button(),
    }
    return {
        **listed(by("type", kinds)),
        "allOf": [
            count(IMAGE, "a card holds at most one image", most=1),
            count(TITLE, "a card holds at most one title", most=1),
            count(SUBTITLE, "a card holds at most one subtitle", most=1),
            count({"anyOf": [TITLE, SUBTITLE]}, "a card holds a title or a subtitle", least=1),
            count(_FOOTER, "a card holds at most one footer", most=1),
            when({"contains": _FOOTER}, count(IMAGE, "a card with a footer holds an image", least=1)),
            count(BUTTON, "a card holds at most four buttons", most=4),
        ],
    }
