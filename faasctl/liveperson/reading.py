"""Reading the JSON of an answer field by field; what is missing or of a wrong type is an UnreadableAnswer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.liveperson.exchange import Answer, unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping


class Fields:
    """A JSON object of an answer, `values`. `place` is where it stands in the body, for messages."""

    def __init__(self, value: Any, answer: Answer, purpose: str, place: str = "") -> None:
        self._answer = answer
        self._purpose = purpose
        self._place = place
        if not isinstance(value, dict):
            raise self._wrong(place or "the body", "an object", value)
        self.values: Mapping[str, Any] = value

    def __contains__(self, key: str) -> bool:
        return self.values.get(key) is not None

    def value(self, key: str) -> Any:
        return self.values.get(key)

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str):
            raise self._wrong(self._at(key), "a text", value)
        return value

    def filled_text(self, key: str) -> str:
        """A text that is not empty, such as an identifier."""
        value = self.text(key)
        if not value:
            raise self._wrong(self._at(key), "a text", None)
        return value

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if key in self else None

    def whole_number(self, key: str) -> int:
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(self._at(key), "a whole number", value)
        return value

    def optional_whole_number(self, key: str) -> int | None:
        return self.whole_number(key) if key in self else None

    def number(self, key: str) -> float:
        value = self.values.get(key)
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise self._wrong(self._at(key), "a number", value)
        return float(value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self._wrong(self._at(key), "true or false", value)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; absent or null is none."""
        value = self.values.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(self._at(key), "a list of texts", value)
        return tuple(value)

    def text_map(self, key: str) -> dict[str, str]:
        """An object of texts; absent or null is empty."""
        value = self.values.get(key) or {}
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise self._wrong(self._at(key), "an object of texts", value)
        return dict(value)

    def child(self, key: str) -> Fields:
        return Fields(self.values.get(key), self._answer, self._purpose, self._at(key))

    def children(self, key: str) -> tuple[Fields, ...]:
        """A list of objects; absent or null is none."""
        return _objects(self.values.get(key) or [], self._answer, self._purpose, self._at(key))

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def _wrong(self, place: str, wanted: str, value: Any) -> Exception:
        return wrong_type(self._answer, self._purpose, place, wanted, value)


def read_object(answer: Answer, purpose: str) -> Fields:
    return Fields(answer.json(purpose), answer, purpose)


def read_objects(answer: Answer, purpose: str) -> tuple[Fields, ...]:
    return _objects(answer.json(purpose), answer, purpose, "")


def wrong_type(answer: Answer, purpose: str, place: str, wanted: str, value: Any) -> Exception:
    """The error for `place` holding something else than `wanted`; the value itself may be private."""
    found = "missing" if value is None else f"a {type(value).__name__}"
    return unreadable(answer, purpose, f"is not as documented: {place} should be {wanted} and is {found}")


def _objects(value: Any, answer: Answer, purpose: str, place: str) -> tuple[Fields, ...]:
    if not isinstance(value, list):
        raise wrong_type(answer, purpose, place or "the body", "a list", value)
    return tuple(Fields(item, answer, purpose, f"{place}[{index}]") for index, item in enumerate(value))
