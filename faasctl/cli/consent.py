"""Asking a person for the consent to the data disclaimer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import typer

from faasctl.cli.run import login_name
from faasctl.rollout.consent import Consent

if TYPE_CHECKING:
    from faasctl.cli.run import Run
    from faasctl.definition.model import Definition


def find_consent(run: Run, definition: Definition, *, accepted: bool, accepted_by: str | None) -> Consent | None:
    """The consent that the definition holds, the command line gives, or a person at the terminal gives now."""
    if definition.bot.disclaimer is not None:
        given = definition.bot.disclaimer
        return Consent(by=given.accepted_by, on=given.accepted_on)
    today = date.today()  # noqa: DTZ011 - the day that the person's own calendar shows
    if accepted:
        return Consent(by=accepted_by or login_name(), on=today)
    if not run.asks:
        return None
    run.reporter.paused()
    typer.echo(
        f"Messages of consumers will go to function {definition.function.name} of bot {definition.bot.name}.\n"
        "LivePerson asks whoever connects a bot to agree to its Data Disclaimer (vendor settings of the bot).",
        err=True,
    )
    if not typer.confirm("Do you agree to the Data Disclaimer?", default=False, err=True):
        return None
    return Consent(by=typer.prompt("Your name or e-mail", default=accepted_by or login_name(), err=True), on=today)
