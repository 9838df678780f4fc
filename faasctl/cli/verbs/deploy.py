"""`faasctl deploy`."""

from __future__ import annotations

from faasctl.cli.step_verb import step_verb

app = step_verb(
    "deploy",
    explanation="Deploy what is created, and wait until the platform says success or failure.",
    example="faasctl deploy --timeout 10m",
)
