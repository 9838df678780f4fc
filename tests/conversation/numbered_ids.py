"""Ids for conversations that are the same at every run."""

from __future__ import annotations

import uuid
from collections.abc import Callable


def numbered_ids(seed: str) -> Callable[[], str]:
    """UUIDs that follow from `seed`, each another."""
    number = 0

    def give() -> str:
        nonlocal number
        number += 1
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{seed}/{number}"))

    return give
