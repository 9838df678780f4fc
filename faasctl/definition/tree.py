"""A YAML document as a tree that knows where each node stands.

Plain classes: a dataclass costs half a millisecond each at import, and `validate` counts those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faasctl.definition.mistakes import Place


class Scalar:
    """`plain` tells an unquoted scalar, `broken` a node of any kind that was reported already."""

    __slots__ = ("broken", "place", "plain", "text")

    size = 1
    height = 0

    def __init__(self, *, place: Place, text: str, plain: bool, broken: bool) -> None:
        self.place = place
        self.text = text
        self.plain = plain
        self.broken = broken


class Sequence:
    """`size` counts nodes with aliases expanded, `height` the levels from here down."""

    __slots__ = ("broken", "height", "items", "place", "size")

    def __init__(self, *, place: Place, broken: bool) -> None:
        self.place = place
        self.broken = broken
        self.items: list[Node] = []
        self.size = 1
        self.height = 1


class Mapping:
    """`entries` holds the node of the key and of the value by the key's text; the rest is as for Sequence."""

    __slots__ = ("broken", "entries", "height", "place", "size")

    def __init__(self, *, place: Place, broken: bool) -> None:
        self.place = place
        self.broken = broken
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.size = 1
        self.height = 1


Node = Scalar | Sequence | Mapping
