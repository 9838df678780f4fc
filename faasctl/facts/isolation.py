"""How a caller asks the emulator for functions of its own. Ours: the platform has nothing like it."""

from __future__ import annotations

HEADER = "Faasctl-Isolation"
"""Names an isolation: its functions run in processes of their own, with fresh module state, until it is ended."""
ONCE = "once"
"""The isolation that ends with its one invocation."""
PATH = "/emulator/isolations/{isolation}"
"""PUT {"coverage": true} has V8 count what runs in it, DELETE ends it."""
COVERAGE_PATH = "/emulator/isolations/{isolation}/coverage"
"""GET tells what V8 counted since it was asked last, by function."""
DURATION_HEADER = "Faasctl-Function-Seconds"
"""What the function itself took; the answer of a test invocation in an isolation says it: the process is new."""
