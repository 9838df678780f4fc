"""Ends a function's process when faasctl is killed, even where the function never listens."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal


class Lifeline:
    """A pipe on which nothing is ever sent. Its reading end lies with the child, its writing end only with us.

    When we die, the kernel closes our end and, as `tie` asked for, signals the child's process group (Linux:
    F_SETSIG chooses SIGKILL). A function in an endless loop would not see that its stdin ended. Elsewhere there is
    no such signal; there a child that still takes requests ends by the end of its stdin.
    """

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()

    @property
    def inherited(self) -> tuple[int, ...]:
        """What the child must inherit."""
        return (self._reading,)

    def tie(self, group: int) -> None:
        """Lets the process group die with us."""
        if hasattr(fcntl, "F_SETSIG"):
            with contextlib.suppress(ProcessLookupError):  # it ended already
                fcntl.fcntl(self._reading, fcntl.F_SETOWN, -group)
                fcntl.fcntl(self._reading, fcntl.F_SETSIG, signal.SIGKILL)
                fcntl.fcntl(self._reading, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
        os.close(self._reading)
        self._reading = -1

    def cut(self) -> None:
        """Closes our end; idempotent. Call it when the process has ended."""
        for end in (self._reading, self._writing):
            if end != -1:
                os.close(end)
        self._reading = self._writing = -1
