"""Metadata by itself (third-party-bots §7.4)."""

from __future__ import annotations

from typing import Any

import pytest

from faasctl.conversation.metadata import TYPES, check_metadata
from faasctl.conversation.metadata_schemas import documented
from faasctl.facts import channels
from tests.conversation.metadata_samples import METADATA

ID = {"type": "ExternalId", "id": "x"}


@pytest.mark.parametrize("document", [ID, [ID], [ID, {"type": "OfMyOwn", "any": 1}], [], {"any": 1}])
def test_known_types_as_documented_and_unknown_ones_pass(document: Any) -> None:
    assert check_metadata(document) == []


@pytest.mark.parametrize("documents", METADATA.values(), ids=METADATA)
def test_what_a_channel_takes_is_as_documented(documents: list[Any]) -> None:
    assert [
        problem for document in documents if document is not None for problem in check_metadata(document)
    ] == []


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({**ID, "id": "x" * 65}, "id: the text is longer than 64 characters"),
        ([ID, {"type": "ExternalId"}], "[1]: id is missing"),
        ([5], "[0]: 5 is not an object"),
        ("x", '"x" is not an array or an object'),
        (
            [{"type": "SocialMessagingEventData", "channel": "public", "event": {"source": "Instagram"}}],
            '[0].channel: "public" is not one of Public, Private; did you mean Public?',
        ),
        (
            [{"type": "BusinessEvent", "timing": {"startTime": "tomorrow"}}],
            "[0].timing.startTime: the time is not as in 2026-02-19T08:27:55Z",
        ),
    ],
)
def test_a_mistake_is_said_with_its_place(document: Any, said: str) -> None:
    problems = check_metadata(document)
    assert [str(problem) for problem in problems] == [said]
    assert {problem.effect for problem in problems} == {"message dropped"}


@pytest.mark.parametrize(
    ("document", "place"),
    [([ID, {"type": "ExternalID"}], "[1].type"), ({"type": "external_id"}, "type"), ([{"type": "OurOwn"}], None)],
)
def test_a_type_that_is_almost_a_documented_one_is_a_warning(document: Any, place: str | None) -> None:
    problems = [(problem.place, problem.severity) for problem in check_metadata(document)]
    assert problems == ([] if place is None else [(place, "warning")])


def test_a_channel_with_types_of_its_own_takes_no_others() -> None:
    assert [problem.place for problem in check_metadata([ID], channel=channels.WHATSAPP)] == ["[0].type"]
    assert check_metadata([ID], channel=channels.WEB) == []


def test_every_known_type_has_its_form() -> None:
    conditions = documented()["then"]["items"]["allOf"]
    assert {condition["if"]["properties"]["type"]["enum"][0] for condition in conditions} == set(TYPES)
