"""Sound rich content and quick replies of every channel, as LivePerson's own validators see them."""

from __future__ import annotations

from typing import Any

Document = Any

BUTTON = {"type": "button", "title": "Go", "click": {"actions": [{"type": "publishText", "text": "go"}]}}
_LINK = {
    "type": "button",
    "title": "Open",
    "tooltip": "t",
    "click": {
        "actions": [{"type": "link", "uri": "https://example.com/a?b=c#d", "target": "blank"}],
        "metadata": [],
    },
}
_ROUTE = {
    "type": "button",
    "title": "Way",
    "click": {"actions": [{"type": "navigate", "la": 52.5, "lo": 13, "name": "x"}]},
}
IMAGE = {"type": "image", "url": "https://cdn.example.com/a.png", "tooltip": "a"}
TITLE = {"type": "text", "tag": "title", "text": "Title"}
SUBTITLE = {"type": "text", "tag": "subtitle", "text": "Subtitle"}
_WEB = {"web": {"role": "button", "tabindex": "0", "aria-label": "x", "aria-level": "2"}}


def card(*elements: Any, **more: Any) -> dict[str, Any]:
    return {"type": "vertical", "elements": list(elements), **more}


def _generic(*elements: Any, **more: Any) -> dict[str, Any]:
    return card(card(*elements), tag="generic", **more)


def _carousel(*cards: Any, **more: Any) -> dict[str, Any]:
    return {"type": "carousel", "elements": list(cards), **more}


def _list() -> dict[str, Any]:
    def box(text: str) -> dict[str, Any]:
        return {"type": "checkbox", "text": text, "click": {"actions": [{"type": "checked", "publishText": text}]}}

    checklist = {"type": "checklist", "elements": [box("a"), box("b")]}
    return {
        "type": "list",
        "elements": [
            {"type": "text", "text": "Choose"},
            {
                "type": "sectionList",
                "elements": [
                    {"type": "section", "sectionID": "s1", "elements": [checklist]},
                    {"type": "section", "sectionID": "s2", "elements": [{"type": "text", "text": "B"}, checklist]},
                ],
            },
            {
                "type": "buttonList",
                "elements": [
                    {
                        "type": "submitButton",
                        "title": "Send",
                        "disabled": False,
                        "click": {"actions": [{"type": "submitAsText", "submit": True}]},
                    },
                    BUTTON,
                ],
            },
        ],
    }


_EARLY = card(
    {"type": "text", "text": "Pick", "style": {"bold": True, "size": "large", "color": "red"}, "rtl": False},
    {**IMAGE, "caption": "c", "alt": "alt"},
    {"type": "map", "la": 1, "lo": 2.5},
    BUTTON,
    {"type": "horizontal", "elements": [_LINK, _ROUTE], "tag": "x"},
    display={"aspectRatio": "square", "size": "cover"},
    alt="x",
)
_SLOT = {"type": "scheduleSlot", "id": "1", "start": 1, "end": 2, "title": "t", "imageUrl": "https://x.example/i"}
_ACTIONS = [
    {"type": "addToCart", "items": [{"productId": "p", "quantity": 2}]},
    {"type": "custom", "data": [{"key": "k", "value": "v"}]},
    {"type": "datePicker", "class": "range", "title": "t", "minDate": 1, "maxDate": 2, "dateFormat": "d"},
    {"type": "scheduleSlotList", "title": "t", "slots": [_SLOT], "firstDayOfTheWeek": "sun"},
]

_WEB_BODIES = [
    _EARLY,
    _carousel(card(IMAGE, TITLE), card(_LINK), padding=3, tooltip="t", style={"fill": "x"}, accessibility=_WEB),
    _list(),
    {"text": "no type"},
    {"url": "https://example.com", "caption": "c"},
    {"title": "no type", "class": "button", "subtitle": "s", "ref": {"name": "n", "type": "carouselSelect"}},
    card(
        {"type": "linkPreview", "url": "u", "title": "t"},
        {"type": "template", "templateType": "quickReply", "title": "t", "resp": ["a", "b"]},
        {"type": "keyValuePairList", "elements": [{"key": "k", "value": "v"}]},
        {
            "type": "button",
            "title": "x",
            "click": {"actions": _ACTIONS, "metadata": [{"type": "ExternalId", "id": "i"}]},
        },
        border="dropShadow",
        scroll="enable",
        metadata=[1],
        accessibility=_WEB,
        style={"background-color-hover": "#fff", "border-radius": 2},
    ),
    {"type": "horizontal", "elements": [{"text": "a"}, _list()], "borderLine": True, "percentages": [20, 80.5]},
    {
        "type": "carouselSelect",
        "elements": [card(TITLE)],
        "selectMode": {"name": "n", "type": "single"},
        "display": {"size": "compact"},
    },
    {
        "type": "accordionSelect",
        "elements": [card(TITLE), IMAGE],
        "selectMode": {"name": "n"},
        "titles": [{"name": "a", "additional": "b"}],
    },
    {"type": "tabs", "elements": [card(BUTTON)], "style": {"italic": True}},
]

_DEFINITION = card(TITLE, SUBTITLE, BUTTON)
_ENTRY = {"type": "horizontal", "elements": [IMAGE, _DEFINITION]}
_DATE = {
    "type": "button",
    "title": "Nine",
    "click": {
        "metadata": [{"type": "BusinessEvent", "timing": {"duration": 1800, "startTime": "2030-02-19T08:27:55Z"}}],
        "actions": [{"type": "publishText", "text": "nine"}],
    },
}
_APPLE_BODIES = [
    _EARLY,
    _list(),
    _carousel(card(IMAGE, TITLE), card(_LINK), {"type": "linkPreview", "url": "u"}),
    {"type": "linkPreview", "url": "u"},
    card(IMAGE, _LINK, tag="richLink"),
    card(_LINK, tag="richLink"),
    card({"type": "text", "text": "x"}, _LINK, tag="richLink"),
    card(card({"type": "text", "text": "x"}, _ENTRY, _ENTRY), card(_ENTRY), tag="list"),
    card(card({"type": "horizontal", "elements": [card(TITLE, SUBTITLE)]}), tag="list"),
    card(card({"type": "horizontal", "elements": [card({"type": "text", "text": "x"})]}), tag="list"),
    card(card({"type": "horizontal", "elements": [card(TITLE, _LINK), card(SUBTITLE, BUTTON)]}), tag="list"),
    card(
        {"type": "text", "text": "When?"},
        _DATE,
        {"type": "horizontal", "elements": [_DATE, BUTTON]},
        tag="datePicker",
    ),
    card(TITLE, SUBTITLE, {"type": "button", "title": "Start"}, tag="form"),
]
_COMPACT = {"tag": "generic", "display": {"size": "compact"}}
_HEADER = {"type": "text", "tag": "header", "text": "h"}
_BODY = {"type": "text", "tag": "body", "text": "b"}
FOOTER = {"type": "text", "tag": "footer", "text": "f"}
PLAIN = {"type": "button", "title": "Go", "click": {"actions": [{"type": "publishText", "text": "go"}]}}

BODIES: dict[str, list[Document]] = {
    "web": _WEB_BODIES,
    "apple": _APPLE_BODIES,
    "facebook": [
        _generic(IMAGE, TITLE, SUBTITLE, BUTTON, _LINK, _ROUTE, alt="a", convType="x"),
        _generic(IMAGE, TITLE, BUTTON),
        _generic(TITLE, BUTTON),
        _generic(TITLE, SUBTITLE),
        card(card(TITLE, BUTTON), tag="button"),
        card(card(TITLE, SUBTITLE, BUTTON, _LINK), tag="button"),
        _carousel(_generic(IMAGE, TITLE, BUTTON), card(card(TITLE, BUTTON), tag="button"), alt="a", padding=1),
    ],
    "line": [
        _generic(IMAGE, TITLE, SUBTITLE, BUTTON, _LINK, alt="a", display={"size": "full"}),
        _generic(TITLE, SUBTITLE, BUTTON, alt="a"),
        _generic(SUBTITLE, BUTTON, BUTTON, BUTTON, BUTTON, alt="a"),
        _carousel(_generic(IMAGE, SUBTITLE, BUTTON), _generic(SUBTITLE, BUTTON, alt="b"), alt="a", tag="generic"),
    ],
    "rcs": [
        _generic(IMAGE, TITLE, SUBTITLE, BUTTON, _ROUTE, alt="a"),
        card(TITLE, BUTTON, tag="generic", more=1),
        _generic(SUBTITLE),
        card(tag="generic"),
        _carousel(_generic(IMAGE, TITLE, _LINK), card(IMAGE, tag="generic"), tag="generic", padding=2),
    ],
    "viber": [
        card(card(IMAGE, {"type": "text", "text": "x", "style": {"type": "x", "color": "y"}}, BUTTON), tag="t"),
        card(),
        _carousel(card(card(TITLE)), card(card(_LINK), card(IMAGE)), alt="a", tag="g", padding=0),
    ],
    "gbm": [
        card(IMAGE, TITLE, SUBTITLE, PLAIN, tag="generic", alt="a", display={"size": "tall", "aspectRatio": "x"}),
        card(TITLE, {"type": "text", "text": "d"}, tag="generic"),
        card(SUBTITLE, _ROUTE, tag="generic"),
        card(card(TITLE, PLAIN), alt="x"),
        _carousel(card(TITLE, tag="generic"), card(IMAGE, PLAIN, tag="generic"), alt="a"),
    ],
    "whatsapp": [
        card(IMAGE, TITLE, SUBTITLE, FOOTER, PLAIN, tag="generic", alt="a"),
        card(TITLE, SUBTITLE, PLAIN, tag="generic"),
        card(IMAGE, SUBTITLE, tag="generic"),
        card(_HEADER, _BODY, FOOTER, tag="generic"),
        card(tag="generic"),
    ],
    "twitter": [card(TITLE, card(BUTTON)), _carousel(card(TITLE), {"type": "x"}), {"any": 1}],
    "instagram": [card(TITLE), _carousel(card(IMAGE))],
}

_REPLY = {**PLAIN, "tooltip": "t"}
_QUICK: Document = {"type": "quickReplies", "itemsPerRow": 4, "replies": [_REPLY, PLAIN]}
_METADATA_CLICK = {**PLAIN["click"], "metadata": [{"type": "ExternalId", "id": "a"}]}  # type: ignore[dict-item]
QUICK_REPLIES: dict[str, list[Document]] = {
    name: [_QUICK, {**_QUICK, "replies": [{**PLAIN, "click": _METADATA_CLICK}]}]
    for name in ("web", "facebook", "line", "rcs", "viber", "gbm")
}
QUICK_REPLIES["gbm"].append({**_QUICK, "replies": [{**_ROUTE, "style": 1}, _LINK]})
QUICK_REPLIES["whatsapp"] = [{**_QUICK, "replies": [PLAIN, PLAIN]}]
QUICK_REPLIES["apple"] = [_QUICK]
QUICK_REPLIES["twitter"] = QUICK_REPLIES["instagram"] = [_QUICK]
