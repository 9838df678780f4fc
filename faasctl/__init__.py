"""From a YAML file to a LivePerson bot that answers."""

__version__ = "0.1.0"
