"""What a consumer can click on: buttons of rich content and quick replies that the bot has sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from faasctl.conversation.offers import Offer
from faasctl.conversation.offers import offers_of as offers_of_item
from faasctl.conversation.scenarios.matching import part_difference

if TYPE_CHECKING:
    from faasctl.conversation.connector_events import Sent

Json = dict[str, Any]


def offers_of(sent: Sequence[Sent]) -> list[Offer]:
    """All offers of messages, in order."""
    return [offer for event in sent for offer in offers_of_item(event.item)]


def chosen(wanted: Any, offers: Sequence[Offer]) -> Offer | None:
    """The offer that a step clicks: a title, a number from 1, or the mapping of a scenario file."""
    if isinstance(wanted, int):
        return offers[wanted - 1] if wanted <= len(offers) else None
    asked = wanted if isinstance(wanted, dict) else {"title": wanted}
    if "number" in asked:
        numbered = chosen(asked["number"], offers)
        offers = [] if numbered is None else [numbered]
    return next((offer for offer in offers if _is(offer, asked)), None)


def _is(offer: Offer, asked: Json) -> bool:
    if "title" in asked and offer.title != asked["title"]:
        return False
    if "external_id" in asked and asked["external_id"] not in [item.get("id") for item in offer.metadata]:
        return False
    return "metadata" not in asked or part_difference([asked["metadata"]], list(offer.metadata)) is None
