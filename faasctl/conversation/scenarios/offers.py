"""What a consumer can click on: buttons of rich content and quick replies that the bot has sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faasctl.conversation.replies import QuickReplies, RichContent
from faasctl.conversation.scenarios.matching import part_difference

if TYPE_CHECKING:
    from faasctl.conversation.connector_events import Sent

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """`text` is what a click publishes; None for one that sends the bot nothing, such as a link."""

    title: str
    text: str | None
    metadata: tuple[Json, ...] = ()


def offers_of(sent: Sequence[Sent]) -> list[Offer]:
    """All offers of messages, in order."""
    offers: list[Offer] = []
    for event in sent:
        if isinstance(event.item, QuickReplies):
            offers.extend(_offers(event.item.replies))
        elif isinstance(event.item, RichContent):
            offers.extend(_offers(event.item.content))
    return offers


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


def _offers(content: Any) -> Iterator[Offer]:
    if isinstance(content, list):
        for item in content:
            yield from _offers(item)
    if not isinstance(content, dict):
        return
    click = content.get("click")
    if isinstance(click, dict):
        actions = click.get("actions")
        texts = [
            action.get("text")
            for action in (actions if isinstance(actions, list) else [])
            if isinstance(action, dict) and action.get("type") == "publishText"
        ]
        metadata = click.get("metadata")
        items = [metadata] if isinstance(metadata, dict) else metadata if isinstance(metadata, list) else []
        yield Offer(
            title=str(content.get("title") or content.get("tooltip") or content.get("alt") or ""),
            text=str(texts[0]) if texts and texts[0] is not None else None,
            metadata=tuple(item for item in items if isinstance(item, dict)),
        )
    for key, value in content.items():
        if key not in ("click", "metadata") and isinstance(value, (dict, list)):
            yield from _offers(value)
