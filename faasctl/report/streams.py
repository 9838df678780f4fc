"""Writing to stdout and stderr in any encoding, and without harm where nobody reads any more."""

from __future__ import annotations

import os
import re
import sys
from typing import TextIO

from faasctl.redaction import redactor

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all but tab and line feed


_lost: list[OSError] = []


def to_stdout(text: str) -> bool:
    """Writes data, which must be redacted: JSON text is no longer what it was before. False: nobody gets it."""
    try:
        _put(sys.stdout, text)
    except OSError as error:
        not_written(error)
        return False
    return True


def to_stderr(line: str) -> None:
    """Writes a line for a person; where that is not possible the work goes on without."""
    try:
        _put(sys.stderr, printable(redactor.text(line)))
    except OSError:
        _abandon(sys.stderr)


def not_written(error: OSError) -> None:
    """stdout did not take what it was given. That nobody reads any more is no failure; lost data is one."""
    _abandon(sys.stdout)
    if not isinstance(error, BrokenPipeError):
        _lost.append(error)
        to_stderr(f"error: standard output cannot be written: {error.strerror}")
        to_stderr("  hint: Check the space on the disk that it goes to.")


def data_was_lost() -> bool:
    """Whether something that this process had to say could not be written to stdout."""
    return bool(_lost)


def printable(text: str) -> str:
    """The same text with control characters as escapes: what a function logs must not steer the terminal."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _put(stream: TextIO, text: str) -> None:
    """A character that the stream's encoding lacks (half a surrogate pair in UTF-8) becomes its escape."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    stream.flush()


def _abandon(stream: TextIO) -> None:
    """What is written from now on goes nowhere: neither the work nor the exit may stumble over it again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
