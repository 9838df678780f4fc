"""Signing users in, and telling who a bearer belongs to (functions-api §2.1 to §2.4)."""
