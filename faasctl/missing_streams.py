"""Standard streams that whoever started this process had closed."""

from __future__ import annotations

import os
import sys


def open_missing() -> None:
    """Opens each of them on nothing. Otherwise the next file to be opened would take its descriptor, and get what
    is written to the stream."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            os.set_inheritable(number, True)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
