"""LivePerson's rich content grammar as a JSON Schema of our own writing (third-party-bots §7.1, C).

There are two states of it. The current one is that of the web channel. The earlier one is what LivePerson's
validator of the other channels still carries: Apple's agents see it, and the web's quick replies use its button.
"""

from __future__ import annotations

from faasctl.conversation.schema_words import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    Schema,
    by,
    in_order,
    listed,
    one_of,
    ref,
    text,
    thing,
    url,
    when,
)

_TYPED = ("text", "image", "button", "map", "linkPreview", "template")
"""Elements that may leave out their type, where nothing else fits."""

_COLORS = ("background-color", "border-color", "color")
_MORE_COLORS = (
    "background-color-active",
    "background-color-hover",
    "border-color-selected",
    "border-color-hover",
    "color-hover",
    "color-active",
    "font-family",
    "fill",
)
_ARIA_CHARACTERS = {
    10: "colcount colindex colspan",
    20: "checked expanded haspopup hidden level multiline multiselectable readonly required rowcount rowindex"
    " rowspan",
    100: "activedescendant atomic autocomplete busy controls current describedby details disabled errormessage"
    " flowto invalid labelledby live modal orientation owns posinset pressed selected setsize sort valuemax"
    " valuemin valuenow",
    1000: "grabbed keyshortcuts label placeholder relevant roledescription valuetext",
}

_PADDING: Schema = {"type": "number", "minimum": 0, "maximum": 10}


def rich_content_schema(*, is_current: bool = True) -> Schema:
    """The grammar of a whole document."""
    return {**ref("element"), "$defs": grammar(is_current=is_current)}


def grammar(*, is_current: bool = True) -> dict[str, Schema]:
    """The definitions of every element and action; `element` is what may stand at the root, and in a card."""
    words = {**_styles(is_current), **_actions(is_current), **_basics(is_current)}
    words |= {**_list_parts(is_current), **_cards(is_current)}
    if is_current:
        words |= _selections()
    basics = [*_TYPED, *(["keyValuePairList"] if is_current else [])]
    cards = [*basics, "horizontal", "vertical"]
    roots = [*cards, "carousel", "list"]
    if is_current:
        roots += ["carouselSelect", "accordionSelect", "tabs"]
    untyped: Schema = {
        "oneOf": [ref(name) for name in _TYPED],
        "says": "without a type, what this is cannot be told",
        "rule": "missing",
    }
    words["card"] = by("type", {name: ref(name) for name in cards}, otherwise=untyped)
    words["element"] = by("type", {name: ref(name) for name in roots}, otherwise=untyped)
    return words


def _named(name: str) -> Schema:
    return {"enum": [name]}


def _web(is_current: bool) -> dict[str, Schema]:
    return {"accessibility": ref("accessibility")} if is_current else {}


def _styles(is_current: bool) -> dict[str, Schema]:
    style = {
        **dict.fromkeys([*_COLORS, *(_MORE_COLORS if is_current else ())], text(256)),
        "border-radius": NUMBER,
        "bold": BOOLEAN,
        "italic": BOOLEAN,
        "size": one_of("small", "medium", "large"),
    }
    aria = {f"aria-{name}": text(most) for most, names in _ARIA_CHARACTERS.items() for name in names.split()}
    display = {
        "aspectRatio": one_of("rectangle", "square", "horizontal"),
        "size": one_of("cover", "contain", "large", "compact", "tall", "full"),
    }
    return {
        "style": thing(style),
        "display": thing(display),
        "accessibility": thing({"web": thing({"role": text(100), "tabindex": text(20), **aria})}),
    }


def _actions(is_current: bool) -> dict[str, Schema]:
    app = thing({"uri": url(1024)})
    kinds: dict[str, Schema] = {
        "publishText": thing({"type": {}, "text": text(256)}, required=("text",)),
        "navigate": thing({"type": {}, "la": NUMBER, "lo": NUMBER, "name": text(256)}, required=("la", "lo")),
        "link": thing(
            {
                "type": {},
                "uri": url(1024),
                "name": text(256),
                "ios": app,
                "android": app,
                "web": app,
                "target": one_of("self", "blank", "slideout"),
                **_web(is_current),
            },
            required=("uri",),
        ),
        "custom": thing({"type": {}, "data": listed(ref("keyValuePair"), most=10)}),
    }
    if is_current:
        product = thing({"productId": text(256), "quantity": INTEGER})
        kinds |= {
            "addToCart": thing({"type": {}, "items": listed(product, most=10)}, required=("items",)),
            "datePicker": thing(
                {
                    "type": {},
                    "class": one_of("single", "range"),
                    "title": text(40),
                    "minDate": INTEGER,
                    "maxDate": INTEGER,
                    "dateFormat": text(100),
                },
                required=("class",),
            ),
            "scheduleSlotList": thing(
                {
                    "type": {},
                    "title": text(40),
                    "slots": listed(_slot(), most=256),
                    "firstDayOfTheWeek": one_of("sun", "mon"),
                }
            ),
        }
    return {
        "action": by("type", kinds),
        "keyValuePair": thing({"key": text(128), "value": text(2048)}, required=("key",)),
        "click": _click(ref("action")),
    }


def _slot() -> Schema:
    return thing(
        {
            "type": _named("scheduleSlot"),
            "id": text(256),
            "start": INTEGER,
            "end": INTEGER,
            "title": text(40),
            "description": text(40),
            "imageUrl": url(1024),
        },
        required=("type", "id", "start"),
    )


def _click(action: Schema) -> Schema:
    return thing({"actions": listed(action, most=4), "metadata": {"type": "array"}})


def _looks(is_current: bool) -> dict[str, Schema]:
    """What every element that a consumer sees may carry."""
    return {
        "rtl": BOOLEAN,
        "tooltip": text(256),
        "tag": text(64),
        "tagVersion": text(64),
        "style": ref("style"),
        **_web(is_current),
    }


def _basics(is_current: bool) -> dict[str, Schema]:
    usual = {**_looks(is_current), "alt": text(2000), "click": ref("click")}
    button: dict[str, Schema] = {"title": text(128)}
    if is_current:
        group = thing({"name": text(200), "type": one_of("carouselSelect", "accordionSelect")})
        button |= {"class": one_of("text", "button"), "subtitle": text(128), "ref": group}

    def element(name: str, own: dict[str, Schema], *required: str) -> Schema:
        return thing({"type": _named(name), **own, **usual}, required=required)

    return {
        "text": element("text", {"text": text(5000)}, "text"),
        "image": element("image", {"url": text(2048), "caption": text(128)}, "url"),
        "button": element("button", button, "title"),
        "map": element("map", {"la": NUMBER, "lo": NUMBER}, "la", "lo"),
        "linkPreview": element("linkPreview", {"url": text(2048), "title": text(128)}, "url"),
        "template": element(
            "template",
            {
                "templateType": one_of("quickReply"),
                "title": text(5000),
                "resp": listed(text(128), least=1, most=32),
            },
            "templateType",
            "title",
            "resp",
        ),
        "keyValuePairList": thing(
            {"type": _named("keyValuePairList"), "elements": listed(ref("keyValuePair"), least=1, most=50)},
            required=("type", "elements"),
        ),
    }


def _list_parts(is_current: bool) -> dict[str, Schema]:
    web, looks = _web(is_current), _looks(is_current)
    named = {"tooltip": text(256), "alt": text(2000)}

    def part(name: str, elements: Schema, extra: dict[str, Schema], *required: str) -> Schema:
        return thing(
            {"type": _named(name), "elements": elements, **named, **extra},
            required=("type", "elements", *required),
        )

    checked = thing({"type": _named("checked"), "publishText": text(250), **web}, required=("type", "publishText"))
    submit = thing({"type": _named("submitAsText"), "submit": BOOLEAN, **web}, required=("type", "submit"))
    return {
        "list": part("list", in_order(ref("text"), ref("sectionList"), ref("buttonList")), {}),
        "sectionList": part("sectionList", listed(ref("section"), least=1, most=256), {}),
        "section": part(
            "section",
            when({"maxItems": 1}, in_order(ref("checklist")), in_order(ref("text"), ref("checklist"))),
            {"padding": _PADDING, "sectionID": text(256), **web},
            "sectionID",
        ),
        "checklist": part("checklist", listed(ref("checkbox"), least=2, most=256), {"padding": _PADDING}),
        "checkbox": thing(
            {
                "type": _named("checkbox"),
                "text": text(5000),
                "borderLine": BOOLEAN,
                "borderColor": text(256),
                "click": _click(checked),
                **looks,
            },
            required=("type", "text", "click"),
        ),
        "buttonList": part(
            "buttonList",
            {
                "type": "array",
                "prefixItems": [ref("submitButton"), ref("button")],
                "minItems": 1,
                "maxItems": 2,
            },
            {"padding": _PADDING},
        ),
        "submitButton": thing(
            {
                "type": _named("submitButton"),
                "title": text(128),
                "disabled": BOOLEAN,
                "alt": text(2000),
                "click": _click(submit),
                **looks,
            },
            required=("type", "title", "click"),
        ),
    }


def _cards(is_current: bool) -> dict[str, Schema]:
    usual: dict[str, Schema] = {
        "elements": listed(ref("element"), most=256),
        "tag": text(64),
        "tagVersion": text(64),
        "alt": text(2000),
        **_web(is_current),
    }
    horizontal: dict[str, Schema] = {}
    vertical: dict[str, Schema] = {"display": ref("display")}
    carousel: dict[str, Schema] = {"tooltip": text(256), "padding": _PADDING, "alt": text(2000)}
    carousel |= {"display": ref("display"), **_web(is_current)}
    if is_current:
        usual |= {"border": one_of("border", "borderLess", "dropShadow"), "metadata": {"type": "array"}}
        horizontal |= {"borderLine": BOOLEAN, "percentages": listed(NUMBER, most=256)}
        vertical |= {"scroll": one_of("disable", "enable"), "style": ref("style")}
        carousel |= {"style": ref("style")}

    def card(name: str, properties: dict[str, Schema]) -> Schema:
        return thing({"type": _named(name), **properties}, required=("type", "elements"))

    return {
        "horizontal": card("horizontal", {**usual, **horizontal}),
        "vertical": card("vertical", {**usual, **vertical}),
        "carousel": card("carousel", {**carousel, "elements": listed(ref("card"), least=2, most=10)}),
    }


def _selections() -> dict[str, Schema]:
    """The elements that let a consumer choose among cards; the current grammar alone has them."""
    usual = {
        "elements": listed(ref("card"), least=1, most=20),
        "tooltip": text(256),
        "padding": _PADDING,
        "alt": text(2000),
        "style": ref("style"),
        "display": ref("display"),
        **_web(is_current=True),
    }
    mode = thing({"name": text(200), "type": one_of("single", "multiple")}, required=("name", "type"))
    title = thing({"name": text(200), "additional": text(200)}, required=("name",))
    return {
        "carouselSelect": thing(
            {"type": _named("carouselSelect"), "selectMode": mode, **usual},
            required=("type", "selectMode", "elements"),
        ),
        "accordionSelect": thing(
            {
                "type": _named("accordionSelect"),
                "selectMode": thing({"name": text(200)}, required=("name",)),
                "titles": listed(title, least=1, most=20),
                **usual,
            },
            required=("type", "selectMode", "titles", "elements"),
        ),
        "tabs": thing(
            {"type": _named("tabs"), "style": ref("style"), "elements": listed(ref("card"), least=1, most=10)},
            required=("type", "elements"),
        ),
    }
