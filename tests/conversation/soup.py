"""Rich content that is put together at random: mostly near to the grammar, seldom all right."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

_WORD = st.sampled_from(["", "x", "https://a.example/b", "x" * 21, "x" * 129, "x" * 257, "x" * 641])
_SCALAR = st.one_of(_WORD, st.booleans(), st.integers(-1, 12), st.sampled_from([2.5, None]))
_ACTION = st.one_of(
    st.fixed_dictionaries({"type": st.just("publishText"), "text": _WORD}, optional={"more": _SCALAR}),
    st.fixed_dictionaries({"type": st.just("link"), "uri": _WORD}, optional={"name": _WORD, "target": _WORD}),
    st.fixed_dictionaries(
        {"type": st.just("navigate"), "la": _SCALAR, "lo": st.integers()}, optional={"x": _SCALAR}
    ),
    st.fixed_dictionaries({"type": st.sampled_from(["custom", "addToCart", "datePicker", "scheduleSlotList"])}),
)
_CLICK = st.fixed_dictionaries(
    {"actions": st.lists(_ACTION, max_size=5)}, optional={"metadata": st.lists(_SCALAR, max_size=2)}
)
_LOOKS: dict[str, st.SearchStrategy[Any]] = {
    "tag": st.sampled_from(["title", "subtitle", "generic", "button", "body", "footer", "header", "list"]),
    "tooltip": _WORD,
    "alt": _WORD,
    "rtl": _SCALAR,
    "style": st.fixed_dictionaries({}, optional={"bold": _SCALAR, "color": _WORD, "type": _WORD}),
}


def _element(name: str, required: dict[str, st.SearchStrategy[Any]], **more: Any) -> st.SearchStrategy[Any]:
    typed = st.fixed_dictionaries({"type": st.just(name), **required}, optional={**_LOOKS, **more})
    return st.one_of(typed, typed, typed, st.fixed_dictionaries(required, optional=more))


_BASIC: st.SearchStrategy[Any] = st.one_of(
    _element("text", {"text": _WORD}),
    _element("image", {"url": _WORD}, caption=_WORD),
    _element("button", {"title": _WORD}, click=_CLICK),
    _element("map", {"la": st.integers(), "lo": st.integers()}),
    _element("linkPreview", {"url": _WORD}, title=_WORD),
    _element("template", {"templateType": st.just("quickReply"), "title": _WORD, "resp": st.lists(_WORD)}),
    _element("keyValuePairList", {"elements": st.lists(st.fixed_dictionaries({"key": _WORD}), max_size=3)}),
    _SCALAR,
)
_CARD_TYPES = ("vertical", "horizontal", "carousel", "tabs", "carouselSelect", "list")


def elements() -> st.SearchStrategy[Any]:
    """Documents; a card in a card, and so on."""
    return st.recursive(
        _BASIC,
        lambda inner: st.sampled_from(_CARD_TYPES).flatmap(
            lambda name: st.fixed_dictionaries(
                {"type": st.just(name), "elements": st.lists(inner, max_size=4)},
                optional={**_LOOKS, "padding": _SCALAR, "display": st.just({"size": "compact"})},
            )
        ),
        max_leaves=8,
    )
