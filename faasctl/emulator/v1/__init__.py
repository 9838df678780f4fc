"""Accounts of the platform's first generation: lambdas in place of functions (functions-api, columns V1)."""
