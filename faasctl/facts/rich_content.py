"""Limits of rich content that hold on every channel (third-party-bots §7.1, §7.2)."""

from __future__ import annotations

ELEMENTS = (
    "text",
    "image",
    "button",
    "map",
    "linkPreview",
    "template",
    "keyValuePairList",
    "horizontal",
    "vertical",
    "carousel",
    "list",
    "carouselSelect",
    "accordionSelect",
    "tabs",
)
"""The types of what a document may be, and what may stand in a card (C §7.1)."""

BYTES = 15_000
"""Of a document as JSON: documented for the Public API, assumed for functions (D §1.10, §13, 19). A warning."""

ITEMS_PER_ROW = (1, 8)
"""Of quick replies: meant by the official schemas, yet enforced by none (C §7.2). A warning."""

RCS_CAROUSEL_BUTTONS = 2
"""Buttons on a card within a carousel on RCS: in the official validator's words, not in its schema (C §7.3). A
warning."""
