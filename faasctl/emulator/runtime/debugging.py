"""A function under a debugger: Node's inspector, on the lines of the user's own file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# A byte order mark, a #! line, comments and a directive have to stay before everything else.
_BEFORE_CODE = re.compile(
    r"\ufeff?(?:#![^\n]*\n)?(?:\s|//[^\n]*(?:\n|$)|/\*[\s\S]*?\*/)*(?P<directive>(['\"])use strict\2[ \t]*;?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Debugging:
    """Which function is debugged, and how.

    `file` is what the debugger shows as the source. The inspector listens on 127.0.0.1 at `port` (0 takes a free
    one); `on_waiting` is called, on the emulator's thread, with its address (`ws://…`) when the function's process
    waits for a debugger to attach.
    """

    function: str
    file: Path
    port: int
    on_waiting: Callable[[str], None]


def stopping(code: str) -> str:
    """The code with a stop before its first statement. Lines stay; columns of that one line do not."""
    found = _BEFORE_CODE.match(code)
    at = 0 if found is None else found.end()
    directive = found is not None and found["directive"]
    return f"{code[:at]}{';' if directive else ''}debugger;{code[at:]}"


def named_as(file: Path) -> str:
    """The comment, to stand in the last line, that gives code the address of a file (Node 20 to 24)."""
    return f"//# sourceURL={file.as_uri()}\n"
