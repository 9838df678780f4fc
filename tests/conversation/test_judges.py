"""Our verdict on rich content, quick replies and metadata is that of LivePerson's own validators."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faasctl.conversation.metadata import check_metadata
from faasctl.conversation.quick_replies import check_quick_replies
from faasctl.conversation.rich_content import check_rich_content
from faasctl.facts import validator_differences
from faasctl.facts.channels import ALL, BY_NAME, Channel
from tests.conversation.metadata_samples import METADATA
from tests.conversation.samples import BODIES, QUICK_REPLIES, Document
from tests.conversation.soup import elements
from tests.conversation.spoiling import spoilt

if TYPE_CHECKING:
    from faasctl.conversation.problems import Problem
    from faasctl.facts.validator_differences import Difference
    from tests.conversation.conftest import Judge

pytestmark = pytest.mark.npm

CHECKS: dict[str, Callable[..., list[Problem]]] = {
    "rich-content": check_rich_content,
    "quick-replies": check_quick_replies,
    "metadata": check_metadata,
}
SOUND = {"rich-content": BODIES, "quick-replies": QUICK_REPLIES, "metadata": METADATA}
PAIRS = [(kind, channel) for kind in SOUND for channel in ALL]
_IDS = [f"{kind} on {channel.name}" for kind, channel in PAIRS]
_SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

sound_pairs = pytest.mark.parametrize(("kind", "channel"), PAIRS, ids=_IDS)


def _errors(kind: str, channel: Channel, document: Document) -> list[Problem]:
    return [item for item in CHECKS[kind](document, channel=channel) if item.severity == "error"]


def _known(kind: str, channel: Channel, errors: list[Problem], *, accepted: bool, document: Document) -> bool:
    """Whether a difference of the table explains that the verdicts differ."""
    for difference in validator_differences.ALL:
        if difference.kind != kind or channel.name not in difference.channels:
            continue
        if not accepted and not errors:
            return difference.we_accept and _has_sized_cards(document)
        if accepted and all(_explains(difference, problem) for problem in errors):
            return True
    return False


def _explains(difference: Difference, problem: Problem) -> bool:
    rules = difference.rules
    return (not rules or problem.rule in rules) and bool(re.fullmatch(difference.places, problem.place))


def _has_sized_cards(document: Document) -> bool:
    return any("display" in card for card in document["elements"])


def _assert_same(judge: Judge, kind: str, channel: Channel, document: Document) -> None:
    errors = _errors(kind, channel, document)
    accepted = judge.accepts(kind, channel, document)
    if accepted == bool(errors):
        assert _known(kind, channel, errors, accepted=accepted, document=document), (
            f"the official validator {'accepts' if accepted else 'refuses'} {document!r}, we say "
            f"{[str(error) for error in errors]}"
        )


@sound_pairs
def test_sound_documents_are_sound_for_both(judge: Judge, kind: str, channel: Channel) -> None:
    for document in SOUND[kind][channel.name]:
        refused_by_design = kind == "quick-replies" and channel.name == "apple"
        assert judge.accepts(kind, channel, document) is not refused_by_design
        assert bool(_errors(kind, channel, document)) is refused_by_design


@sound_pairs
def test_spoilt_documents_have_the_same_verdict(judge: Judge, kind: str, channel: Channel) -> None:
    documents = SOUND[kind][channel.name]

    @given(st.sampled_from(documents), st.randoms(use_true_random=False))
    @_SETTINGS
    def verdicts_are_the_same(document: Document, random: Random) -> None:
        _assert_same(judge, kind, channel, spoilt(document, random))

    verdicts_are_the_same()


@pytest.mark.parametrize("channel", ALL, ids=lambda channel: channel.name)
def test_documents_of_the_other_channels_have_the_same_verdict(judge: Judge, channel: Channel) -> None:
    for kind, by_channel in SOUND.items():
        for documents in by_channel.values():
            for document in documents:
                _assert_same(judge, kind, channel, document)


@pytest.mark.parametrize("channel", ALL, ids=lambda channel: channel.name)
def test_generated_rich_content_has_the_same_verdict(judge: Judge, channel: Channel) -> None:
    @given(elements())
    @_SETTINGS
    def verdicts_are_the_same(document: Any) -> None:
        _assert_same(judge, "rich-content", channel, document)

    verdicts_are_the_same()


@pytest.mark.parametrize("difference", validator_differences.ALL, ids=lambda item: item.what)
def test_every_difference_of_the_table_is_one(judge: Judge, difference: Difference) -> None:
    examples: dict[tuple[str, str], Document] = {
        ("quick-replies", "facebook"): 5,
        ("rich-content", "whatsapp"): _whatsapp_with_action(5),
        ("rich-content", "twitter"): [],
        ("rich-content", "gbm"): _compact_carousel(),
        ("metadata", "web"): [{"type": "ExternalId", "id": "x" * 65}],
        ("metadata", "facebook"): [{"type": "ExternalId", "id": 5}],
    }
    document = examples[difference.kind, difference.channels[0]]
    channel = BY_NAME[difference.channels[0]]
    assert judge.accepts(difference.kind, channel, document) == bool(_errors(difference.kind, channel, document))


def _whatsapp_with_action(action: Any) -> Document:
    button = {"type": "button", "title": "Go", "click": {"actions": [action]}}
    title = {"type": "text", "tag": "title", "text": "x"}
    return {"type": "vertical", "tag": "generic", "elements": [title, button]}


def _compact_carousel() -> Document:
    title = {"type": "text", "tag": "title", "text": "x"}
    card = {"type": "vertical", "tag": "generic", "display": {"size": "compact"}, "elements": [title]}
    return {"type": "carousel", "elements": [card, card]}
