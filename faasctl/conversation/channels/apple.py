"""Apple Messages for Business: a rich link, a list picker, a date picker, a form, or what agents see instead."""

from __future__ import annotations

from faasctl.conversation.channels.arranged import arranged
from faasctl.conversation.channels.parts import CARD_TYPES, IMAGE, LINK, PUBLISH_TEXT, TEXT, button, click
from faasctl.conversation.rich_content_grammar import grammar
from faasctl.conversation.schema_words import (
    BOOLEAN,
    NUMBER,
    Schema,
    by,
    count,
    having,
    listed,
    never,
    one_of,
    ref,
    text,
    thing,
    when,
)

_TAGS = ("richLink", "list", "datePicker", "form")
_BUTTON = having(type="button")
_CARD = having(type="vertical|horizontal")
_STYLE = thing(
    {
        "background-color": text(256),
        "border-color": text(256),
        "border-radius": NUMBER,
        "bold": BOOLEAN,
        "italic": BOOLEAN,
        "color": text(256),
        "size": one_of("small", "medium", "large"),
    }
)
_WORDS = thing(
    {"text": text(5000), "tag": text(), "style": _STYLE, "tooltip": text()}, required=("text",), is_open=True
)
_IMAGE = thing({"url": text(2048)}, required=("url",), is_open=True)


def apple() -> Schema:
    of_apple = by(
        "tag",
        {
            "richLink": _rich_link(),
            "list": _list_picker(),
            "datePicker": _date_picker(),
            "form": _form(),
        },
    )
    return {
        "allOf": [ref("arranged"), when(having(tag="|".join(_TAGS)), of_apple, ref("element"))],
        "$defs": {**grammar(is_current=False), **arranged(with_map=True)},
    }


def _rich_link() -> Schema:
    kinds = {"image": _IMAGE, "text": _WORDS, "button": button(128, click({"link": LINK}))}
    elements: Schema = {
        **listed(by("type", kinds)),
        "allOf": [
            count(_BUTTON, "a rich link holds at most one button", most=1),
            count({"anyOf": [IMAGE, TEXT]}, "a rich link holds one image or one text beside its button", most=1),
            when(
                {"contains": TEXT},
                {},
                count(_BUTTON, "a rich link without a text holds exactly one button", least=1),
            ),
        ],
    }
    return thing({"type": one_of("vertical"), "tag": {}, "elements": elements}, required=("type", "elements"))


def _list_picker() -> Schema:
    on_click = click({"link": LINK, "publishText": PUBLISH_TEXT})
    kinds = by("type", {"text": _WORDS, "button": button(128, on_click)})
    plain: Schema = {"allOf": [TEXT, {"not": having(tag="title|subtitle")}]}
    parts: Schema = {
        **listed(kinds, least=1),
        "allOf": [
            count(_BUTTON, "an entry holds at most one button", most=1),
            count(TEXT, "an entry holds at most two texts", most=2),
            when(
                {"contains": _BUTTON},
                {
                    "allOf": [
                        count(
                            having(type="text", tag="title"), "beside a button stands at most one title", most=1
                        ),
                        count(
                            having(type="text", tag="subtitle"),
                            "beside a button stands at most one subtitle",
                            most=1,
                        ),
                        count(plain, "beside a button, a text is a title or a subtitle", most=0),
                    ]
                },
                when(
                    {"maxItems": 1},
                    count(plain, "a title or subtitle does not stand alone in an entry", least=1),
                ),
            ),
        ],
    }
    definition = thing(
        {"type": one_of("vertical"), "elements": parts}, required=("type", "elements"), is_open=True
    )
    entry_elements: Schema = {
        **listed(by("type", {"image": _IMAGE, "vertical": definition})),
        "allOf": [
            count(IMAGE, "an entry holds at most one image", most=1),
            count(having(type="vertical"), "an entry holds a vertical card", least=1),
        ],
    }
    entry = thing(
        {"type": one_of("horizontal"), "elements": entry_elements}, required=("type", "elements"), is_open=True
    )
    section_elements: Schema = {
        **listed(by("type", {"text": _WORDS, "horizontal": entry})),
        "allOf": [
            count(TEXT, "a section holds at most one text", most=1),
            count(having(type="horizontal"), "a section holds an entry, which is a horizontal card", least=1),
        ],
    }
    section = thing(
        {"type": CARD_TYPES, "elements": section_elements}, required=("type", "elements"), is_open=True
    )
    return thing(
        {"type": CARD_TYPES, "elements": listed(section, most=256)}, required=("type", "elements"), is_open=True
    )


def _date_picker() -> Schema:
    event = thing(
        {
            "type": {"const": "BusinessEvent"},
            "timing": thing(
                {
                    "duration": NUMBER,
                    "startTime": {"type": "string", "pattern": "[^\\n\\r\\u2028\\u2029]"},
                },
                required=("duration", "startTime"),
                is_open=True,
            ),
        },
        required=("type", "timing"),
        is_open=True,
    )
    events: Schema = {
        "type": "array",
        "minItems": 1,
        "maxItems": 32,
        "allOf": [count(event, "the click's metadata holds a BusinessEvent with duration and startTime", least=1)],
    }
    on_click = thing({"metadata": events, "actions": listed(by("type", {"publishText": PUBLISH_TEXT}), most=4)})
    date = button(128, on_click)
    a_date = {"allOf": [_BUTTON, date]}
    dates: Schema = {
        "type": "array",
        "maxItems": 256,
        "allOf": [count(a_date, "a card in a date picker holds a button with a date", least=1)],
    }
    container = thing({"type": CARD_TYPES, "elements": dates}, required=("type", "elements"))
    # The official schema takes a text tagged title for two kinds at once, and refuses it.
    untitled = when(
        having(tag="title"), never("a date picker's text is not tagged title", rule="not-one-of"), _WORDS
    )
    kinds = {"button": date, "text": untitled, "vertical": container, "horizontal": container}
    elements: Schema = {
        **listed(by("type", kinds), most=256),
        "allOf": [count({"anyOf": [_BUTTON, _CARD]}, "a date picker holds a button with a date", least=1)],
    }
    return thing({"type": CARD_TYPES, "tag": {}, "elements": elements}, required=("type", "elements"))


def _form() -> Schema:
    kinds = {
        "text": by("tag", {"title": _WORDS, "subtitle": _WORDS}),
        "button": thing({"title": text(128)}, required=("title",), is_open=True),
    }
    elements: Schema = {
        **listed(by("type", kinds)),
        "allOf": [
            count(having(type="text", tag="title"), "a form holds exactly one title", least=1, most=1),
            count(having(type="text", tag="subtitle"), "a form holds exactly one subtitle", least=1, most=1),
            count(_BUTTON, "a form holds exactly one button", least=1, most=1),
        ],
    }
    return thing({"type": one_of("vertical"), "tag": {}, "elements": elements}, required=("type", "elements"))
