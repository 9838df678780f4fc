"""How the emulator tells where a function threw. Ours: the platform's answers hold no stack trace."""

from __future__ import annotations

HEADER = "Faasctl-Stack"
"""On the answer of a test invocation that failed: the stack trace, percent-encoded."""
LONGEST = 4000
"""Characters of the trace; headers have limits on their way."""
