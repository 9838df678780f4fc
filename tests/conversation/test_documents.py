"""Documents told apart by what they look like, and read from text."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faasctl.conversation.document_reading import Document, read_documents
from faasctl.conversation.documents import KINDS, Kind, check_document, kind_of
from faasctl.conversation.reply_rules import Surroundings
from faasctl.facts import channels
from faasctl.json_reading import NotJson
from tests.conversation.metadata_samples import METADATA
from tests.conversation.samples import BODIES, QUICK_REPLIES

CARD: dict[str, Any] = {"type": "vertical", "elements": []}
SOUND_REPLIES: dict[str, Any] = QUICK_REPLIES["web"][0]


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"messages": ["x"]}, "reply"),
        ({"context": {}}, "reply"),
        ({}, "reply"),
        ("x", "reply"),
        (None, "reply"),
        ({"structuredContent": CARD, "metadata": []}, "rich-content"),
        ({"structuredContent": {"message": "x", "quickReplies": {}}}, "quick-replies"),
        ({"type": "text", "text": "x"}, "rich-content"),
        ({"structuredContent": "{}"}, "rich-content"),
        ({"type": "quickreplies", "replies": []}, "quick-replies"),
        ([], "metadata"),
        ([{"type": "OurOwn"}, 7], "metadata"),
        (["Hello"], "reply"),
        ([{"messages": ["x"]}], "reply"),
        ([{"structuredContent": CARD}], "reply"),
        ([CARD, CARD], "rich-content"),
        ([{"type": "button", "title": "x"}], "rich-content"),
        ([{"quickReplies": {}}], "quick-replies"),
    ],
)
def test_a_document_is_told_by_its_keys(document: Any, kind: Kind) -> None:
    assert kind_of(document) == kind


def test_all_sound_samples_are_told_apart() -> None:
    assert {kind_of(item) for items in QUICK_REPLIES.values() for item in items} == {"quick-replies"}
    bodies = [item for channel, items in BODIES.items() for item in items if channel != "twitter"]
    assert {kind_of(item) for item in bodies} == {"rich-content"}
    assert {kind_of(item) for items in METADATA.values() for item in items if item is not None} == {"metadata"}


def test_paths_begin_where_the_document_does() -> None:
    around = Surroundings()
    quick = {"structuredContent": {"message": "x", "quickReplies": {"type": "quickReplies", "itemsPerRow": 1}}}
    [problem] = check_document(quick, "quick-replies", around, channel=None)
    assert problem.place == "structuredContent.quickReplies"
    card = {"structuredContent": {"type": "vertical"}}
    [problem] = check_document(card, "rich-content", around, channel=None)
    assert problem.place == "structuredContent"


@pytest.mark.parametrize("kind", ["rich-content", "quick-replies"])
def test_what_is_unlike_its_kind_is_no_sound_document(kind: Kind) -> None:
    quick = {"structuredContent": {"message": "x", "quickReplies": SOUND_REPLIES}}
    card = {"structuredContent": CARD}
    sound, unlike = (card, quick) if kind == "rich-content" else (quick, card)
    assert check_document(sound, kind, Surroundings(), channel=None) == []
    assert all(
        problem.path[0] == "structuredContent"
        for problem in check_document(unlike, kind, Surroundings(), channel=None)
    )
    assert check_document(unlike, kind, Surroundings(), channel=None)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (
            {"structuredContent": {"quickReplies": SOUND_REPLIES}},
            "structuredContent: quick replies need a message",
        ),
        ({"quickReplies": SOUND_REPLIES}, "quick replies need a message"),
        ({"structuredContent": CARD, "metadata": [{"type": "ExternalId"}]}, "metadata[0]: id is missing"),
        ({"structuredContent": CARD, "encodedMetadata": "{}"}, "encodedMetadata: the text is not base64"),
        ({"structuredContent": CARD, "tooltip": "x"}, "there may be no tooltip here"),
        ({"structuredContent": "{}"}, 'structuredContent: "{}" is not an object'),
        (
            {"structuredContent": json.loads('{"elements":' * 300 + "1" + "}" * 300)},
            "the document cannot be read: it is nested too deeply",
        ),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_what_stands_around_rich_content_counts_too(document: Any, said: str) -> None:
    problems = check_document(document, kind_of(document), Surroundings(), channel=None)
    assert [str(problem).startswith(said) for problem in problems] == [True]


def _read(text: str) -> list[tuple[int | None, Any]]:
    return [(item.line, str(item) if isinstance(item, NotJson) else item.value) for item in read_documents(text)]


def test_a_file_holds_one_document_or_one_a_line() -> None:
    assert _read('{"a":\n 1}') == [(None, {"a": 1})]
    assert _read('{"a": 1}\n\n[2]\n') == [(1, {"a": 1}), (3, [2])]
    assert _read('{"a": 1}\r\n[2]\r{}') == [(1, {"a": 1}), (2, [2]), (3, {})]


def test_only_line_ends_of_json_end_a_line() -> None:
    said = "a\u2028b\x85c\u2029"
    assert _read(f'["{said}"]\n["{said}"]\n') == [(1, [said]), (2, [said])]


def test_a_bad_line_does_not_hide_the_others() -> None:
    assert _read('{}\n{"b":}\n[7]') == [(1, {}), (2, "a value is missing here"), (3, [7])]


def test_a_key_that_stands_twice_is_a_warning_with_its_place() -> None:
    [document] = read_documents('{"a": [{"b": 1, "c": {}, "b": 2}, {"b": 1}], "d": 1, "d": {"e": 1, "e": 2}}')
    assert isinstance(document, Document)
    assert document.value == {"a": [{"b": 2, "c": {}}, {"b": 1}], "d": {"e": 2}}
    assert [(slip.place, slip.rule, slip.severity) for slip in document.slips] == [
        ("d", "key-twice", "warning"),
        ("a[0].b", "key-twice", "warning"),
        ("d.e", "key-twice", "warning"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        (" \n", 1, 1, "there is nothing in it"),
        ('{"a": [\n 1,\n]}', 3, 1, "a comma stands before the closing ]"),
        ('{"a": 1, }', 1, 10, "a comma stands before the closing }"),
        ("{'a': 1}", 1, 2, "' is no quotation mark of JSON, which are all \""),
        ("{\u201ca\u201d: 1}", 1, 2, '\u201c is no quotation mark of JSON, which are all "'),
        ('{\n "a": 1 // x\n}', 2, 9, "JSON has no comments"),
        ("{}\n# x", 2, 1, "JSON has no comments"),
        ("{a: 1}", 1, 2, "a key in double quotes is missing here"),
        ("{} {}", 1, 4, "a second value begins here"),
        ('["a" "b"]', 1, 6, "a comma is missing here"),
        ('{"a" 1}', 1, 6, "a colon is missing here"),
        ('["a', 1, 2, "the text that begins here does not end"),
        ('["a\nb"]', 1, 4, "a text holds a line break or another control character; \\n is a line break"),
        ('["NaN", NaN]', 1, 9, "NaN is no number in JSON"),
        ('{"-Infinity":\n-Infinity}', 2, 1, "-Infinity is no number in JSON"),
        ('{"a":\n 1e999}', 2, 2, "the number is too large"),
        (f"[1, {'9' * 5000}]", 1, 5, "the number is too large"),
    ],
)
def test_what_is_wrong_with_the_text_is_said_in_words(text: str, line: int, column: int, said: str) -> None:
    try:
        [*_, error] = read_documents(text)
    except NotJson as caught:
        error = caught
    assert isinstance(error, NotJson)
    assert (error.line, error.column, error.message) == (line, column, said)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ("{", 1, 2),
        ('{"a": 1,\n "b":}', 2, 6),
        ("[NaN]", 1, 2),
        ("[" * 100_000, 1, 1),
    ],
)
def test_text_that_is_no_json_is_told_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(NotJson) as caught:
        read_documents(text)
    assert (caught.value.line, caught.value.column) == (line, column)


@given(st.text(max_size=40) | st.text(st.sampled_from('{}[]":,\n1 a'), max_size=40), st.sampled_from(KINDS))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str, kind: Kind) -> None:
    documents: list[Document | NotJson] = []
    with contextlib.suppress(NotJson):
        documents = read_documents(text)
    for document in documents:
        if isinstance(document, NotJson):
            continue
        assert kind_of(document.value) in KINDS
        for problem in check_document(document.value, kind, Surroundings(), channel=channels.APPLE):
            assert problem.message
