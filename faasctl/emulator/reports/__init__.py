"""How often functions were invoked, and how that ended (functions-api §8)."""
