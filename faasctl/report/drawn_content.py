"""Rich content as lines of text: what a consumer would see of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from faasctl.conversation.offers import BELOW, Offer, offer_of, title_of

_INDENT = "  "
_CONTAINERS = (
    *("vertical", "horizontal", "carousel", "list", "sectionList", "section", "checklist", "buttonList"),
    *("keyValuePairList", "quickReplies"),
)
_PLAIN = ("text", "button", "submitButton", "checkbox")


def content_lines(content: Any, first: int = 1) -> list[str]:
    """The element with all below it. What can be clicked is numbered from `first` on, as `offers_of` orders it."""
    return list(_Drawing(first).lines(content, ""))


def offer_text(offer: Offer, number: int) -> str:
    opens = f" -> {offer.opens}" if offer.opens else ""
    return f"[{number}] {offer.title}{opens}"


class _Drawing:
    def __init__(self, first: int) -> None:
        self._next = first

    def lines(self, element: Any, indent: str) -> Iterator[str]:
        if isinstance(element, list):
            for child in element:
                yield from self.lines(child, indent)
            return
        if not isinstance(element, dict):
            return
        offer = offer_of(element)
        words = _words(element)
        if offer is not None:
            opens = f" -> {offer.opens}" if offer.opens else ""
            words = f"[{self._next}] {words or offer.title}{opens}"
            self._next += 1
        for line in words.splitlines():
            yield indent + line
        is_card_list = element.get("type") in ("carousel", "carouselSelect", "accordionSelect", "tabs")
        deeper = indent + _INDENT if words and not is_card_list else indent
        for key in BELOW:
            below = element.get(key)
            for place, child in enumerate(below if isinstance(below, list) else ()):
                if is_card_list and place:
                    yield f"{indent}- - -"
                yield from self.lines(child, deeper)


def _words(element: dict[str, Any]) -> str:
    """What is read on the element itself."""
    kind, title = element.get("type"), title_of(element)
    if kind in _PLAIN:
        subtitle = element.get("subtitle")
        return f"{title}\n{subtitle}" if subtitle else title
    if kind in _CONTAINERS:
        return ""
    match kind:
        case "image":
            return f"(image {title}: {element.get('url', '')})" if title else f"(image: {element.get('url', '')})"
        case "map":
            return f"(map: {element.get('la')}, {element.get('lo')})"
        case "linkPreview":
            return f"(link {title}: {element.get('url', '')})" if title else f"(link: {element.get('url', '')})"
        case None if "key" in element:
            return f"{element['key']}: {element.get('value', '')}"
    return f"({kind})" if not title else f"({kind}) {title}"
