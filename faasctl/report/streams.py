"""Writing to stdout and stderr in any encoding, and without harm where nobody reads any more."""

from __future__ import annotations

import os
import re
import sys
from typing import TextIO

from faasctl.redaction import redactor

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all but tab and line feed


def to_stdout(text: str) -> bool:
    """Writes data, which must be redacted: JSON text is no longer what it was before. False: nobody reads it."""
    return _put(sys.stdout, text)


def to_stderr(line: str) -> None:
    """Writes a line for a person."""
    _put(sys.stderr, printable(redactor.text(line)))


def printable(text: str) -> str:
    """The same text with control characters as escapes: what a function logs must not steer the terminal."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _put(stream: TextIO, text: str) -> bool:
    """A character that the stream's encoding lacks (half a surrogate pair in UTF-8) becomes its escape."""
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()
    except BrokenPipeError:
        # Whoever read has seen enough; the work goes on, and neither it nor the exit may stumble over this again.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        return False
    return True
