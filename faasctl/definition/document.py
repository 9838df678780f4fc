"""A tree -> the plain value that the schema is asked about, with the place of every part of it.

On the way scalars get their type, and `${…}` is replaced. What the schema wants decides where a choice is left:
an interpolated text becomes a boolean or a number where one of these is wanted, and a number stays as it was
written where text is wanted that looks like one (a site id, a variable's value).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from faasctl.definition import interpolation, tree
from faasctl.definition.mistakes import START, Mistakes, Place
from faasctl.definition.model import SecretReference
from faasctl.definition.scalars import plain_value
from faasctl.definition.schema import child, types_of
from faasctl.definition.schema_parts import AS_WRITTEN, SECRET_ALLOWED, Schema

Path = tuple[str | int, ...]


class Document:
    """`data` is the value; `faulty` holds the paths about which a finding was made already.

    Without `environ`, `${…}` is text like any other.
    """

    def __init__(
        self, root: tree.Node, *, schema: Schema, environ: Mapping[str, str] | None, mistakes: Mistakes
    ) -> None:
        self.faulty: set[Path] = set()
        self.secrets: dict[Path, SecretReference] = {}
        self._places: dict[Path, Place] = {}
        self._key_places: dict[Path, Place] = {}
        self._written: dict[Path, str] = {}
        self._interpolated: set[Path] = set()
        self._environ = environ
        self._mistakes = mistakes
        self.data: Any = self._value(root, (), schema)

    def place(self, path: Path) -> Place:
        """Where the value stands."""
        return self._places.get(path, START)

    def key_place(self, path: Path) -> Place:
        """Where the value's key stands; for an entry of a list, the entry."""
        return self._key_places.get(path) or self.place(path)

    def written(self, path: Path) -> str:
        """The scalar as the file has it, which unlike its value shows nothing of the environment."""
        return self._written.get(path, "")

    def is_interpolated(self, path: Path) -> bool:
        return path in self._interpolated

    def get(self, *path: str | int) -> Any:
        """The value at `path`; None where it is missing, or where it or something above it is faulty."""
        value = self.data
        for depth in range(len(path) + 1):
            if path[:depth] in self.faulty:
                return None
            if depth == len(path):
                break
            try:
                value = value[path[depth]]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def entries(self, *path: str | int) -> Iterator[tuple[Path, Any]]:
        """Every entry of the list or mapping at `path` that is not faulty, with its own path."""
        value = self.get(*path)
        keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        for key in keys:
            if (*path, key) not in self.faulty:
                yield (*path, key), value[key]

    def _value(self, node: tree.Node, path: Path, schema: Schema | None) -> Any:
        self._places[path] = node.place
        if node.broken:
            self.faulty.add(path)
        if isinstance(node, tree.Mapping):
            value = {}
            for name, (key, entry) in node.entries.items():
                self._key_places[(*path, name)] = key.place
                value[name] = self._value(entry, (*path, name), child(schema, name))
            return value
        if isinstance(node, tree.Sequence):
            return [
                self._value(item, (*path, index), child(schema, index)) for index, item in enumerate(node.items)
            ]
        return self._scalar(node, path, schema or {})

    def _scalar(self, node: tree.Scalar, path: Path, schema: Schema) -> Any:
        self._written[path] = node.text
        if self._environ is not None and interpolation.has_marks(node.text):
            self._interpolated.add(path)
            return self._interpolate(node, path, schema, self._environ)
        if not node.plain:
            return node.text
        value = plain_value(node.text)
        if schema.get(AS_WRITTEN) and isinstance(value, (int, float)) and not isinstance(value, bool):
            return node.text
        return value

    def _interpolate(self, node: tree.Scalar, path: Path, schema: Schema, environ: Mapping[str, str]) -> Any:
        value, problems = interpolation.expand(node.text, environ)
        for rule, message, suggestion in problems:
            self._mistakes.add(rule, node.place, message, suggestion)
        if value is None:
            self.faulty.add(path)
        elif isinstance(value, SecretReference):
            if schema.get(SECRET_ALLOWED):
                self.secrets[path] = value
            else:
                self.faulty.add(path)
                self._mistakes.add(
                    "secret-not-allowed",
                    node.place,
                    "a secret may not stand here",
                    "only values under environment and emulator.secrets can be secrets",
                )
        else:
            wanted = types_of(schema)
            typed = plain_value(value)
            if "boolean" in wanted and isinstance(typed, bool):
                return typed
            number = isinstance(typed, (int, float)) and not isinstance(typed, bool)
            if number and not schema.get(AS_WRITTEN) and ("number" in wanted or "integer" in wanted):
                return typed
            return value
        return ""
