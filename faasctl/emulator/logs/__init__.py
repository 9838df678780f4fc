"""Log entries of invocations, exported as CSV (functions-api §8)."""
