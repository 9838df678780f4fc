"""What is expected, held against values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.conversation.scenarios.matching import list_differences, part_difference, same, text_difference

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("wanted", "found", "fits"),
    [
        ("Hi", "Hi", True),
        ("Hi", "hi", False),
        (7, "7", True),
        ({"equals": "HI", "ignore_case": True}, "hi", True),
        ({"contains": "el"}, "hello", True),
        ({"contains": ["el", "xx"]}, "hello", False),
        ({"contains": "EL", "ignore_case": True}, "hello", True),
        ({"lacks": "err"}, "no error", False),
        ({"matches": r"^order \d+$"}, "order 17", True),
        ({"matches": "a.b"}, "a\nb", True),
        ({"matches": "^x"}, "order", False),
        ({"contains": "a", "lacks": "b"}, "ab", False),
    ],
)
def test_texts(wanted: Any, found: str, fits: bool) -> None:
    assert (text_difference(wanted, found) is None) is fits


def test_of_long_texts_the_place_is_shown_where_they_begin_to_differ() -> None:
    told = text_difference("a" * 500 + "xyz", "a" * 500 + "abc")
    assert told == f"from character 501 on '…{'a' * 30}abc' is not '…{'a' * 30}xyz'"


@pytest.mark.parametrize(
    ("wanted", "found", "message"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, None),
        ({"a": {"b": [3]}}, {"a": {"b": [1, 3]}}, None),
        ([{"id": "x"}], [{"id": "y"}, {"id": "x", "type": "E"}], None),
        ({"a": 1}, {"a": 2}, "a: 2 is not 1"),
        ({"a": True}, {"a": 1}, "a: 1 is not true"),
        ({"c": 1}, {"a": 1}, "there is no c"),
        ({"a": {"b": 1}}, {"a": []}, "a: [] is no mapping"),
        ([1], {"a": 1}, '{"a": 1} is no list'),
        ([4], [1, 2], "[0]: 1 is not 4"),
        ([4], [], "4 is not in the list"),
    ],
)
def test_a_part_of_json(wanted: Any, found: Any, message: str | None) -> None:
    assert part_difference(wanted, found) == message


@given(value=JSON)
def test_json_is_a_part_of_itself(value: Any) -> None:
    assert part_difference(value, value) is None
    assert same(value, value)


def _compare(wanted: str, found: str) -> str | None:
    return None if found.startswith(wanted) else f"{found} is no {wanted}"


def _differences(wanted: list[str], found: list[str], **modes: bool) -> list[str]:
    return [str(item) for item in list_differences("texts", wanted, found, _compare, show=str, **modes)]


def test_a_list_counts_in_order_and_whole() -> None:
    assert _differences(["a", "b"], ["a1", "b1"]) == []
    assert _differences(["a", "b"], ["b1", "a1"]) == ["texts[0]: b1 is no a", "texts[1]: a1 is no b"]
    assert _differences(["a"], ["a1", "x"]) == ["texts: one too many: x"]
    assert _differences(["a", "b"], ["a1"]) == ["texts[1]: 'b' is missing, nothing more came"]


def test_others_may_stand_between() -> None:
    assert _differences(["a", "b"], ["x", "a1", "y", "b1"], others=True) == []
    assert _differences(["b", "a"], ["a1", "b1"], others=True) == [
        "texts[1]: 'a' is not there; nothing came after b1"
    ]
    assert _differences(["a"], [], others=True) == ["texts[0]: 'a' is not there; nothing came"]


def test_any_order_pairs_as_many_as_possible() -> None:
    assert _differences(["", "a"], ["a1", "x"], any_order=True) == []
    assert _differences(["a", "a"], ["a1", "x", "y"], any_order=True) == [
        "texts[1]: 'a' is not there among x, y",
        "texts: one too many: x",
        "texts: one too many: y",
    ]


def test_of_a_single_candidate_it_is_told_what_differs() -> None:
    assert _differences(["a", "a"], ["a1", "x"], any_order=True) == ["texts[1]: x is no a"]
    assert _differences(["a"], ["x"], others=True) == ["texts[0]: x is no a"]


def test_any_order_with_others() -> None:
    assert _differences(["a"], ["x", "a1"], any_order=True, others=True) == []


@given(
    words=st.lists(st.sampled_from(["a", "b", "ab", "abc"]), max_size=5), seed=st.randoms(use_true_random=False)
)
def test_any_order_takes_every_order(words: list[str], seed: Any) -> None:
    shuffled = list(words)
    seed.shuffle(shuffled)
    assert _differences(words, shuffled, any_order=True) == []
