"""What a command line names to be read: a file, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from faasctl.errors import UsageError


def read_input(source: str, *, what: str, hint: str) -> str:
    """The text of a file, or of standard input where `source` is `-`; UsageError where it cannot be read."""
    try:
        return sys.stdin.read() if source == "-" else Path(source).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"cannot read {what}: {reason}", hint=hint) from None
