"""Deploying, redeploying and undeploying (functions-api §6)."""
