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
    """`text` is what a click publishes, None for one that sends the bot nothing; `opens` is what else it does,
    such as an address. `metadata` is that of the click.
    """

    title: str
    text: str | None = None
    opens: str | None = None
    metadata: tuple[Mapping[str, Any], ...] = ()

    @property
    def click(self) -> Clicked | None:
        """What the connector hears when it is clicked; None for nothing."""
        return None if self.text is None else Clicked(text=self.text, metadata=self.metadata)


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
    text, opens = None, None
    actions = click.get("actions")
    for action in actions if isinstance(actions, list) else ():
        if not isinstance(action, dict):
            continue
        match action.get("type"):
            case "publishText":
                text = str(action.get("text", ""))
            case "checked":
                text = str(action.get("publishText", ""))
            case "link":
                opens = str(action.get("uri", ""))
            case "navigate":
                opens = f"{action.get('la')}, {action.get('lo')}"
            case other:
                opens = str(other)
    metadata = click.get("metadata")
    entries = [metadata] if isinstance(metadata, dict) else metadata if isinstance(metadata, list) else []
    return Offer(
        title=title_of(element) or str(element.get("type", "")),
        text=text,
        opens=opens,
        metadata=tuple(entry for entry in entries if isinstance(entry, dict)),
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
