"""The Context Session Store: properties in sessions in namespaces, for functions and their toolbelt."""
