"""What a message offers to click: the buttons of rich content, and quick replies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from faasctl.conversation.consumer import Clicked
from faasctl.conversation.replies import QuickReplies, RichContent

BELOW = ("elements", "replies")
"""Where elements hold others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """`publishes` is the text that a click sends, None where it sends none; `opens` is what else it does, such as
    an address. `metadata` is that of the click."""

    title: str
    publishes: str | None = None
    opens: str | None = None
    metadata: tuple[Mapping[str, Any], ...] = ()

    @property
    def click(self) -> Clicked | None:
        """What the connector hears when it is clicked; None for nothing."""
        return None if self.publishes is None else Clicked(text=self.publishes, metadata=self.metadata)


def offers_of(item: object) -> list[Offer]:
    """The offers of an item of a reply, in their order; [] for one that offers none."""
    if isinstance(item, QuickReplies):
        return list(_offers(item.replies))
    if isinstance(item, RichContent):
        return list(_offers(item.content))
    return []


def offer_of(element: Mapping[str, Any]) -> Offer | None:
    """What an element of rich content offers by itself, without those that it holds."""
    click = element.get("click")
    if not isinstance(click, dict):
        return None
    publishes, opens = None, None
    actions = click.get("actions")
    for action in actions if isinstance(actions, list) else ():
        if not isinstance(action, dict):
            continue
        match action.get("type"):
            case "publishText":
                publishes = str(action.get("text", ""))
            case "checked":
                publishes = str(action.get("publishText", ""))
            case "link":
                opens = str(action.get("uri", ""))
            case "navigate":
                opens = f"{action.get('la')}, {action.get('lo')}"
            case other:
                opens = str(other)
    metadata = click.get("metadata")
    return Offer(
        title=title_of(element) or str(element.get("type", "")),
        publishes=publishes,
        opens=opens,
        metadata=tuple(item for item in metadata if isinstance(item, dict)) if isinstance(metadata, list) else (),
    )


def title_of(element: Mapping[str, Any]) -> str:
    """What a consumer reads on an element."""
    names = ("title", "text", "caption", "alt", "tooltip")
    return next((str(element[name]) for name in names if element.get(name)), "")


def _offers(element: Any) -> Iterator[Offer]:
    """Of everything that can be clicked, from the top."""
    if isinstance(element, list):
        for child in element:
            yield from _offers(child)
    elif isinstance(element, dict):
        own = offer_of(element)
        if own is not None:
            yield own
        for key in BELOW:
            yield from _offers(element.get(key))
