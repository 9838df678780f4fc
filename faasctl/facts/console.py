"""The console of a function (functions-api §10)."""

from __future__ import annotations

LEVELS = {"debug": "Debug", "info": "Info", "log": "Info", "warn": "Warn", "error": "Error"}
"""V2's console methods and the log level each writes (D). Any other method crashes the function (D)."""

V1_METHODS = frozenset({"debug", "info", "warn", "error"})
"""V1 has no `console.log` (D)."""
