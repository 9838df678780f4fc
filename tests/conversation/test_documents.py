"""Documents told apart by what they look like, and read from text."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faasctl.conversation.documents import KINDS, Kind, NotJson, check_document, kind_of, read_documents
from faasctl.conversation.reply_rules import Surroundings
from faasctl.facts import channels
from tests.conversation.metadata_samples import METADATA
from tests.conversation.samples import BODIES, QUICK_REPLIES

CARD = {"type": "vertical", "elements": []}


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


def test_a_file_holds_one_document_or_one_a_line() -> None:
    assert [item.line for item in read_documents('{"a":\n 1}')] == [None]
    assert [(item.line, item.value) for item in read_documents('{"a": 1}\n\n[2]\n')] == [(1, {"a": 1}), (3, [2])]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ("{", 1, 2),
        ('{"a": 1,\n "b":}', 2, 6),
        ('{"a": 1}\n{"b":}', 2, 6),
        ("[NaN]", 1, 1),
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
    documents = []
    with contextlib.suppress(NotJson):
        documents = read_documents(text)
    for document in documents:
        assert kind_of(document.value) in KINDS
        for problem in check_document(document.value, kind, Surroundings(), channel=channels.APPLE):
            assert problem.message
