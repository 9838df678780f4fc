"""bot.yaml: reading it with the place of every value, checking it, and the Definition that comes of it."""
