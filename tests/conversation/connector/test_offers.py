"""What can be clicked, and how the numbers of a drawing agree with it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from faasctl.conversation.consumer import Clicked
from faasctl.conversation.offers import offers_of
from faasctl.conversation.replies import QuickReplies, RichContent, Text
from faasctl.report.drawn_content import content_lines


def _button(title: str, *actions: dict[str, Any], **click: Any) -> dict[str, Any]:
    return {"type": "button", "title": title, "click": {"actions": list(actions), **click}}


BUY = _button("Buy", {"type": "publishText", "text": "buy it"}, metadata=[{"type": "ExternalId", "id": "b"}])
OPEN = _button("Open", {"type": "link", "uri": "https://example.com"})
WHERE = _button("Where", {"type": "navigate", "la": 52.5, "lo": 13.4})
CARD: dict[str, Any] = {
    "type": "carousel",
    "elements": [
        {"type": "vertical", "elements": [{"type": "image", "url": "https://a.b/c.png", "tooltip": "shoe"}, BUY]},
        {
            "type": "vertical",
            "elements": [
                {"type": "text", "text": "Two\nlines"},
                {"type": "horizontal", "elements": [OPEN, WHERE]},
            ],
        },
        {"type": "keyValuePairList", "elements": [{"key": "Size", "value": "42"}]},
        {"type": "map", "la": 1, "lo": 2},
        {"type": "linkPreview", "url": "https://example.com", "title": "Site"},
    ],
}


def test_buttons_are_offered_in_their_order() -> None:
    offers = offers_of(RichContent(path=(), content=CARD))
    assert [(offer.title, offer.text, offer.opens) for offer in offers] == [
        ("Buy", "buy it", None),
        ("Open", None, "https://example.com"),
        ("Where", None, "52.5, 13.4"),
    ]
    assert offers[0].click == Clicked(text="buy it", metadata=({"type": "ExternalId", "id": "b"},))
    assert offers[1].click is None


def test_quick_replies_are_offered() -> None:
    replies = QuickReplies(path=(), message="Pick", replies={"type": "quickReplies", "replies": [BUY]})
    assert [offer.title for offer in offers_of(replies)] == ["Buy"]


def test_a_text_offers_nothing() -> None:
    assert offers_of(Text(path=(), text="Hi")) == []


def test_a_drawing_shows_everything_with_the_same_numbers() -> None:
    assert content_lines(CARD, 4) == [
        "(image shoe: https://a.b/c.png)",
        "[4] Buy",
        "- - -",
        "Two",
        "lines",
        "[5] Open -> https://example.com",
        "[6] Where -> 52.5, 13.4",
        "- - -",
        "Size: 42",
        "- - -",
        "(map: 1, 2)",
        "- - -",
        "(link Site: https://example.com)",
    ]


@pytest.mark.parametrize(
    "content",
    [{}, {"elements": "x"}, {"click": {}}, {"click": {"actions": [1]}}, {"elements": [None, 3, [BUY]]}],
)
def test_what_is_no_rich_content_is_drawn_as_far_as_it_goes(content: Any) -> None:
    drawn = [line for line in content_lines(content) if re.match(r"\s*\[\d", line)]
    assert len(drawn) == len(offers_of(RichContent(path=(), content=content)))
