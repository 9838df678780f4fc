"""Faults on purpose: which calls of an account go wrong, how, and how often. All ours."""
