"""One key of what a step expects, and how a judge tells that it is not so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from faasctl.conversation.scenarios.matching import Difference, list_differences, part_difference, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is wanted under a key. With `any_order` a list may come in another order, with `others` more may come
    than it names."""

    key: str
    wanted: Any
    any_order: bool = False
    others: bool = False

    @property
    def is_bool(self) -> bool:
        """Whether all that is asked is that something came, or that nothing did."""
        return isinstance(self.wanted, bool)

    def not_so(
        self, message: str | None, *, part: str = "", wanted: Any = None, found: Any = None
    ) -> list[Difference]:
        """A difference, in `part` of the key, where there is something to tell."""
        if message is None:
            return []
        return [
            Difference(
                key=f"{self.key}.{part}" if part else self.key,
                message=message,
                wanted=None if wanted is None else shown(wanted),
                found=None if found is None else shown(found),
            )
        ]

    def came(
        self, came: bool, what: str, *, found: str = "", part: str = "", wanted: bool | None = None
    ) -> list[Difference]:
        """That `what` came is wanted or, where `wanted` (this key's own, unless it is given) is false, is not."""
        if wanted is None:
            wanted = bool(self.wanted)
        if wanted is came:
            return []
        told = f": {found}" if found else ""
        return self.not_so(f"{what} did not come{told}" if wanted else f"{what} came{told}", part=part)

    def times(self, found: int, what: str) -> list[Difference]:
        """So many are wanted, or some, or none."""
        if self.is_bool:
            return self.came(found > 0, what)
        return [] if self.wanted == found else self.not_so(f"{found}, not {self.wanted}")

    def among(
        self, found: list[Any], compare: Callable[[Any, Any], str | None], show: Callable[[Any], str]
    ) -> list[Difference]:
        """Some are wanted, none, those of a list, or a single one."""
        if self.wanted is True:
            return [] if found else self.not_so("none came")
        if self.wanted is False:
            return self.as_listed([], found, compare, show, others=False)
        if isinstance(self.wanted, list):
            return self.as_listed(self.wanted, found, compare, show, others=self.others)
        return self.as_listed([self.wanted], found, compare, show, others=True)

    def as_listed(
        self,
        entries: list[Any],
        found: list[Any],
        compare: Callable[[Any, Any], str | None],
        show: Callable[[Any], str],
        *,
        others: bool,
    ) -> list[Difference]:
        return list_differences(
            self.key, entries, found, compare, show=show, any_order=self.any_order, others=others
        )

    def part_of_any(self, found: list[Any], nothing: str) -> list[Difference]:
        """What is wanted is a part of one that was found; `nothing` tells that none was."""
        differences = [part_difference(self.wanted, value) for value in found]
        if None in differences:
            return []
        return self.not_so(
            differences[-1] if differences else nothing, wanted=self.wanted, found=found[-1] if found else None
        )
