"""How a caller asks the emulator for functions of its own. Ours: the platform has nothing like it."""

from __future__ import annotations

HEADER = "Faasctl-Isolation"
"""Names an isolation: its functions run in processes of their own, with fresh module state, until it is ended."""
ONCE = "once"
"""The isolation that ends with its one invocation."""
PATH = "/emulator/isolations/{isolation}"
"""DELETE ends an isolation."""
