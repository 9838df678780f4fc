"""The secret store of each account: LivePerson publishes no path for it (functions-api §9), so these are ours."""
