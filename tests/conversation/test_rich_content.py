"""Rich content by itself: what is said, with which codes, for which channel (third-party-bots §7)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faasctl.conversation.problems import Problem
from faasctl.conversation.rich_content import check_rich_content
from faasctl.conversation.urls import is_url, what_is_wrong
from faasctl.facts import channels
from faasctl.facts.connector_errors import CHAT_SEND_MESSAGE, MESSAGING_SEND_MESSAGE
from faasctl.facts.tester_codes import INVALID_RICH_CONTENT

TEXT = {"type": "text", "text": "x"}


def _card(*elements: Any, **more: Any) -> dict[str, Any]:
    return {"type": "vertical", "elements": list(elements), **more}


def _said(document: Any, **more: Any) -> list[str]:
    return [str(problem) for problem in check_rich_content(document, **more)]


ACTIONS = "publishText, navigate, link, custom, addToCart, datePicker, scheduleSlotList"


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (_card({"type": "txt"}), 'elements[0].type: "txt" is not one of text, image, button, map, linkPreview,'),
        (_card({"type": "text", "txt": "x"}), "elements[0]: text is missing"),
        (_card({**TEXT, "tooltp": "x"}), "elements[0]: there may be no tooltp here; did you mean tooltip?"),
        (
            _card({"type": "text", "text": "x" * 5001}),
            "elements[0].text: the text is longer than 5,000 characters",
        ),
        (_card(5), "elements[0]: 5 is not an object"),
        (_card({"url": "https://a.example"}), "elements[0]: without a type, what this is cannot be told"),
        ({"type": "carousel", "elements": [_card()]}, "elements: 1 are fewer than 2"),
        (_card(*[TEXT] * 257), "elements: 257 are more than 256"),
        ({"type": "carousel", "elements": [_card()] * 2, "padding": 11}, "padding: 11 is more than 10"),
        (
            _card({"type": "button", "title": "x", "click": {"actions": [{"type": "link", "uri": "x y"}]}}),
            'elements[0].click.actions[0].uri: "x y" is not the address of a link: " " must be',
        ),
    ],
)
def test_a_mistake_is_said_with_its_place(document: Any, said: str) -> None:
    assert any(line.startswith(said) for line in _said(document)), _said(document)


def test_every_mistake_is_told() -> None:
    document = _card({"type": "text"}, {"type": "button", "title": 5, "more": 1})
    assert {(problem.place, problem.rule) for problem in check_rich_content(document)} == {
        ("elements[0]", "missing"),
        ("elements[1]", "unknown-key"),
        ("elements[1].title", "wrong-type"),
    }


@pytest.mark.parametrize(
    ("conversation", "error"), [("messaging", MESSAGING_SEND_MESSAGE), ("chat", CHAT_SEND_MESSAGE)]
)
def test_what_breaks_the_grammar_is_refused_when_sent(conversation: Any, error: Any) -> None:
    [problem] = check_rich_content(_card({"type": "text"}), conversation=conversation)
    assert (problem.error, problem.tester, problem.effect) == (error, INVALID_RICH_CONTENT, "escalation")


def test_what_only_the_channel_refuses_drops_the_message() -> None:
    [problem] = check_rich_content(_card(TEXT), channel=channels.GBM)
    assert (str(problem), problem.error, problem.effect) == (
        "tag is missing; it is generic",
        None,
        "message dropped",
    )


def test_what_the_channel_takes_and_the_platform_refuses_is_a_warning() -> None:
    title = {"type": "text", "tag": "title", "text": "x"}
    inner = {"type": "vertical", "elements": [title, {"type": "image", "url": "https://a.example/b", "more": 1}]}
    document = {"type": "vertical", "tag": "generic", "elements": [inner]}
    [problem] = check_rich_content(document, channel=channels.RCS)
    assert (problem.place, problem.severity, problem.rule) == ("elements[0].elements[1]", "warning", "unknown-key")
    assert problem.message.endswith("refuses this: there may be no more here")
    [problem] = check_rich_content(document)
    assert (problem.place, problem.severity) == ("elements[0].elements[1]", "error")


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ({"type": "button", "lable": "x"}, "there may be no lable here"),
        (
            {"type": "text", "text": "x", "style": {"backgroundColor": "red", "fontFamily": "y", "px": 1}},
            "there may be no backgroundColor, fontFamily, px here; did you mean background-color, font-family?",
        ),
        ({"type": "button", "title": "x", "Title": "y"}, "there may be no Title here"),
        (
            {"type": "button", "title": "x", "click": {"actions": [{"text": "y"}]}},
            f"type is missing; it is one of {ACTIONS}",
        ),
    ],
)
def test_what_may_have_been_meant_is_said(element: Any, said: str) -> None:
    assert said in [problem.message for problem in check_rich_content(_card(element))]


def test_fifteen_thousand_bytes_are_a_warning() -> None:
    document = _card(*[{"type": "text", "text": "x" * 4990}] * 3)
    [problem] = check_rich_content(document)
    assert (problem.rule, problem.severity) == ("too-large", "warning")
    assert "15,000" in problem.message


@pytest.mark.parametrize(
    ("url", "hosts", "found"),
    [
        ("https://cdn.example.com/a.png", ("cdn.example.com",), []),
        ("https://CDN.example.com/a.png", ("cdn.EXAMPLE.com",), []),
        ("https://cdn.example.com/a.png", None, []),
        ("https://cdn.example.com/a.png", (), [("image-host", "error")]),
        ("https://x.cdn.example.com/a.png", ("cdn.example.com", "*.example.com"), [("image-host", "error")]),
        ("https://cdn.example.com@evil.example/a", ("cdn.example.com",), [("image-host", "error")]),
        ("http://cdn.example.com/a.png", ("cdn.example.com",), [("not-https", "error")]),
        ("http://cdn.example.com/a.png", None, [("not-https", "warning")]),
        ("https://[", ("cdn.example.com",), [("image-host", "error")]),
    ],
)
def test_an_images_host_must_be_on_the_list(url: str, hosts: Any, found: list[tuple[str, str]]) -> None:
    problems = check_rich_content(_card(_card({"type": "image", "url": url})), image_hosts=hosts)
    assert [(problem.rule, problem.severity) for problem in problems] == found
    assert all(problem.place == "elements[0].elements[0].url" for problem in problems)


def test_the_image_of_a_slot_counts_and_the_address_of_a_preview_does_not() -> None:
    slot = {"type": "scheduleSlot", "id": "1", "start": 1, "imageUrl": "https://x.example/i"}
    button = {
        "type": "button",
        "title": "x",
        "click": {"actions": [{"type": "scheduleSlotList", "slots": [slot]}]},
    }
    preview = {"type": "linkPreview", "url": "https://y.example"}
    problems = check_rich_content(_card(button, preview), image_hosts=("cdn.example.com",))
    assert [problem.place for problem in problems] == ["elements[0].click.actions[0].slots[0].imageUrl"]


def test_more_than_two_buttons_in_a_carousel_on_rcs_are_a_warning() -> None:
    button = {"type": "button", "title": "x", "click": {"actions": []}}
    title = {"type": "text", "tag": "title", "text": "x"}
    card = _card(title, button, button, button, tag="generic")
    problems = check_rich_content({"type": "carousel", "elements": [card, card]}, channel=channels.RCS)
    assert [(problem.place, problem.severity) for problem in problems] == [
        ("elements[0].elements", "warning"),
        ("elements[1].elements", "warning"),
    ]


@pytest.mark.parametrize(
    ("channel", "elements", "says"),
    [
        (
            channels.FACEBOOK,
            ["title", "button", "button", "button", "button"],
            "a card holds at most three buttons",
        ),
        (channels.FACEBOOK, ["title"], "a card holds at least one button"),
        (channels.LINE, ["title", "button"], "a card holds exactly one subtitle"),
    ],
)
def test_what_a_card_of_a_channel_holds_is_said_in_words(
    channel: channels.Channel, elements: list[str], says: str
) -> None:
    button = {"type": "button", "title": "x", "click": {"actions": []}}
    kinds = {"button": button, "title": {"type": "text", "tag": "title", "text": "x"}}
    document = _card(_card(*(kinds[name] for name in elements)), tag="generic", alt="x")
    assert _said(document, channel=channel) == [f"elements[0].elements: {says}"]


def test_the_order_of_texts_matters_where_no_tag_tells_it() -> None:
    title, plain = {"type": "text", "tag": "title", "text": "x"}, {"type": "text", "text": "y"}
    wrong = check_rich_content(_card(plain, title, tag="generic"), channel=channels.GBM)
    assert [(problem.place, problem.rule) for problem in wrong] == [("elements", "order")]
    assert check_rich_content(_card(title, plain, tag="generic"), channel=channels.GBM) == []


@pytest.mark.parametrize(
    "document",
    [
        {"\ud800": 1},
        {"type": "vertical", "elements": [{"type": "text", "text": "\ud800"}]},
        _card({"type": "\udc00"}),
    ],
)
@pytest.mark.parametrize("channel", channels.ALL, ids=lambda channel: channel.name)
def test_half_a_surrogate_pair_is_judged_without_an_error(channel: channels.Channel, document: Any) -> None:
    assert all(isinstance(problem, Problem) for problem in check_rich_content(document, channel=channel))


def test_many_levels_are_a_problem_and_not_an_error() -> None:
    document: Any = TEXT
    for _ in range(600):
        document = _card(document)
    assert [problem.rule for problem in check_rich_content(document)] == ["unreadable"]


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("https://example.com/a?b=c#d", True),
        ("tel:+49123", True),
        ("mailto:a@example.com", True),
        ("http://[::1]:80/", True),
        ("http://[fe80::1%25eth0]/", False),
        ("http://[v1.x]/", True),
        ("http://[1::2::3]/", False),
        ("https://example.com/a b", False),
        ("https://exämple.com", False),
        ("//example.com", False),
        ("example.com", False),
        ("https:", False),
        ("", False),
        ("http://a%zz", False),
        ("\u212attp://x", False),
    ],
)
def test_the_address_of_a_link(text: str, whether: bool) -> None:
    assert is_url(text) is whether


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ", being empty"),
        ("www.example.com", ": its beginning is missing, such as https://"),
        ("https://a.example/b c", ': " " must be written as %20'),
        ("https://a.example/{id}", ': "{" must be written as %7B'),
        ("https://a.example/?q=ü", ': "ü" must be written as %C3%BC'),
        ("https://a.example/100%", ': "%" must be written as %25'),
        ("https://a.example/#a#b", ""),
        ("http://[1::2::3]", ""),
    ],
)
def test_what_is_wrong_with_an_address_is_said(text: str, said: str) -> None:
    assert not is_url(text)
    assert what_is_wrong(text) == said


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_text_is_judged_as_an_address(text: str) -> None:
    assert is_url(text) or len(what_is_wrong(text)) < 60
