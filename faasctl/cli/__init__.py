"""What a person types: one file a verb, which parses, calls and shows."""
