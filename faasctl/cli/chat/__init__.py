"""What `faasctl chat` does."""
