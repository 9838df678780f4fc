"""Scenarios: conversations written down as YAML, with what the bot must do in them."""
