"""A LivePerson platform on this machine: HTTP services, store, function runtime."""
