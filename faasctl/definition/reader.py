"""YAML text -> tree, within bounds: size, depth, aliases.

The parser's events are read one by one, so that a file that is made to exhaust memory or the stack is given up
as soon as it passes a bound. What can be reported without giving up is reported, and reading goes on.
"""

from __future__ import annotations

from typing import Any, NoReturn

from faasctl.definition.mistakes import START, Mistakes, Place
from faasctl.definition.suggestions import did_you_mean
from faasctl.definition.text import is_printable
from faasctl.definition.tree import Mapping, Node, Scalar, Sequence
from faasctl.definition.yaml_errors import in_plain_words

LARGEST_FILE = 256 * 1024
"""Bytes."""
DEEPEST = 30
MOST_NODES = 10_000
MOST_ALIASES = 100

_STANDARD = "tag:yaml.org,2002:"
_MERGE_KEY = "<<"


class _GivenUp(Exception):
    """What follows in the file cannot be read; the reason is among the findings."""


class _Open:
    """A collection whose end was not reached; `key` waits for its value."""

    __slots__ = ("anchor", "key", "merged", "node", "skip_value")

    def __init__(self, node: Sequence | Mapping, anchor: str | None) -> None:
        self.node = node
        self.anchor = anchor
        self.key: Scalar | None = None
        self.skip_value = False
        self.merged: list[Mapping] = []


def read_tree(
    text: str, mistakes: Mistakes, *, whole: str = "the definition", most_nodes: int = MOST_NODES
) -> Node | None:
    """The first document of `text`; None where there is none that could be used.

    `whole` is how messages call the document.
    """
    if not is_printable(text, mistakes):
        return None
    import yaml

    reader = _Reader(mistakes, most_nodes)
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
            reader.take(event)
    except _GivenUp:
        return reader.root if reader.complete else None
    except yaml.YAMLError as error:
        place, message, suggestion = in_plain_words(error, text)
        mistakes.add("yaml-syntax", place, message, suggestion)
        return None
    if reader.root is None or (isinstance(reader.root, Scalar) and not reader.root.text):
        mistakes.add("empty-file", START, f"{whole} is empty", "`faasctl init` writes one to start from")
        return None
    return reader.root


class _Reader:
    def __init__(self, mistakes: Mistakes, most_nodes: int) -> None:
        self.root: Node | None = None
        self.complete = False
        self._mistakes = mistakes
        self._most_nodes = most_nodes
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._aliases = 0

    def take(self, event: Any) -> None:
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self._place_node(self._scalar(event), event.anchor)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self._start(event, Mapping if kind == "MappingStartEvent" else Sequence)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._end()
        elif kind == "AliasEvent":
            self._place_node(self._alias(event), None)
        elif kind == "DocumentStartEvent" and self.complete:
            self._give_up(
                "several-documents",
                _place(event),
                "a second document starts here",
                "one definition a file: remove the line ---",
            )
        elif kind == "DocumentEndEvent":
            self.complete = True

    def _scalar(self, event: Any) -> Scalar:
        broken = self._refuses_tag(event, "str")
        return Scalar(place=_place(event), text=event.value, plain=bool(event.implicit[0]), broken=broken)

    def _start(self, event: Any, kind: type[Mapping] | type[Sequence]) -> None:
        broken = self._refuses_tag(event, "map" if kind is Mapping else "seq")
        self._open.append(_Open(kind(place=_place(event), broken=broken), event.anchor))
        self._check_depth(len(self._open), _place(event))

    def _end(self) -> None:
        done = self._open.pop()
        if isinstance(done.node, Mapping):
            for merged in done.merged:
                for name, entry in merged.entries.items():
                    done.node.entries.setdefault(name, entry)
        self._place_node(done.node, done.anchor)

    def _alias(self, event: Any) -> Node:
        node = self._anchors.get(event.anchor)
        place = _place(event)
        if node is None:
            self._give_up(
                "unknown-alias",
                place,
                f"no anchor &{event.anchor} comes before this alias",
                did_you_mean(event.anchor, self._anchors) or 'text that starts with * needs quotes: "*…"',
            )
        self._aliases += 1
        if self._aliases > MOST_ALIASES:
            self._give_up("too-many-aliases", place, f"more than {MOST_ALIASES} aliases", "write the values out")
        self._check_depth(len(self._open) + node.height, place)
        return node

    def _place_node(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.node.size += node.size
        parent.node.height = max(parent.node.height, node.height + 1)
        if parent.node.size > self._most_nodes:
            rule = "too-many-aliases" if self._aliases else "too-large"
            self._give_up(rule, node.place, f"the file holds more than {self._most_nodes} values", None)
        if isinstance(parent.node, Sequence):
            parent.node.items.append(node)
        elif parent.key is None and not parent.skip_value:
            self._take_key(parent, node)
        else:
            self._take_value(parent, node)

    def _take_key(self, parent: _Open, node: Node) -> None:
        assert isinstance(parent.node, Mapping)  # noqa: S101 - only mappings have keys
        if not isinstance(node, Scalar):
            self._mistakes.add("bad-key", node.place, "a key must be plain text", "is a quote missing?")
            parent.skip_value = True
            return
        first = parent.node.entries.get(node.text)
        if first is not None:
            line = first[0].place[0]
            self._mistakes.add(
                "duplicate-key", node.place, f"{node.text} stands here twice, first in line {line}", "keep one"
            )
            parent.skip_value = True
            return
        parent.key = node

    def _take_value(self, parent: _Open, node: Node) -> None:
        assert isinstance(parent.node, Mapping)  # noqa: S101 - only mappings have keys
        key, parent.key = parent.key, None
        if parent.skip_value or key is None:
            parent.skip_value = False
        elif key.plain and key.text == _MERGE_KEY:
            self._merge(parent, node)
        else:
            parent.node.entries[key.text] = (key, node)

    def _merge(self, parent: _Open, node: Node) -> None:
        for source in node.items if isinstance(node, Sequence) else [node]:
            if isinstance(source, Mapping):
                parent.merged.append(source)
            else:
                self._mistakes.add("bad-merge", source.place, "<< takes a mapping", "write for example <<: *name")

    def _check_depth(self, depth: int, place: Place) -> None:
        if depth > DEEPEST:
            self._give_up("too-deep", place, f"values are nested more than {DEEPEST} levels deep", None)

    def _refuses_tag(self, event: Any, kind: str) -> bool:
        """Whether the node has a tag that says more than its own kind; then a finding was added."""
        if event.tag in (None, _STANDARD + kind):
            return False
        tag = str(event.tag).replace(_STANDARD, "!!")
        self._mistakes.add(
            "yaml-tag", _place(event), f"the tag {tag} is not taken", "remove it; quotes make a value text"
        )
        return True

    def _give_up(self, rule: str, place: Place, message: str, suggestion: str | None) -> NoReturn:
        self._mistakes.add(rule, place, message, suggestion)
        raise _GivenUp


def _place(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1
