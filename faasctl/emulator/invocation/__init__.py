"""Invoking functions: the test call and the gateway (functions-api §7)."""
