"""The form in which the platform exports log entries (functions-api §8, C)."""

from __future__ import annotations

SEPARATOR = ";"
COLUMNS = ("lambdaUUID", "requestID", "timestamp", "level", "message", "extras")
"""`timestamp` is Unix time in milliseconds (M), `extras` a JSON array; quotes are doubled."""

LEVELS = ("Info", "Warn", "Error")
"""What can be filtered by: the official client's choice (C). Debug entries are never kept (D)."""
