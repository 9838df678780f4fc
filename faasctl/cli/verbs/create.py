"""`faasctl create`."""

from __future__ import annotations

from faasctl.cli.step_verb import step_verb

app = step_verb(
    "create",
    explanation="Create the function and its hooks on their events, with code and environment, or update them.",
    example="faasctl create --file bot.yaml",
)
