"""Functions and their manifests (functions-api §4.2)."""
