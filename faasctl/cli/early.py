"""Starts Node before the slow imports, for the verbs that read code, so that the two overlap."""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faasctl.javascript.inspector import Inspector

_READING_CODE = frozenset({"up", "create", "deploy", "attach", "plan", "validate", "chat", "test"})
_kept: list[Inspector] = []


def start_node_for(arguments: Sequence[str]) -> None:
    """Starts it where the verb will read code; a Node that is missing is told later, in its place."""
    if not arguments or arguments[0] not in _READING_CODE or "--help" in arguments:
        return
    from faasctl.errors import FaasctlError

    try:
        inspector().start()
    except FaasctlError:
        return


def inspector() -> Inspector:
    """The one inspector of this process; ends with it."""
    if not _kept:
        from faasctl.javascript.inspector import Inspector

        _kept.append(Inspector())
        atexit.register(_kept[0].close)
    return _kept[0]
