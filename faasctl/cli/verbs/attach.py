"""`faasctl attach`."""

from __future__ import annotations

from faasctl.cli.step_verb import step_verb

app = step_verb(
    "attach",
    explanation="Save the bot's configuration, with function and hooks selected in its vendor settings. "
    "It stays a draft until the data disclaimer is accepted.",
    example="faasctl attach",
)
