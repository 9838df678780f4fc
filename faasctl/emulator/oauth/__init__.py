"""Sentinel: app tokens for the invocation gateway (functions-api §2.5)."""
