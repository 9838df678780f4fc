"""Asking a person for the consent to the data disclaimer."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

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
    sys.stderr.write(
        f"Messages of consumers will go to function {definition.function.name} of bot {definition.bot.name}.\n"
        "LivePerson asks whoever connects a bot to agree to its Data Disclaimer (vendor settings of the bot).\n"
    )
    if not agrees("Do you agree to the Data Disclaimer?"):
        return None
    name = accepted_by or login_name()
    return Consent(by=answer(f"Your name or e-mail [{name}]: ") or name, on=today)


def agrees(question: str) -> bool:
    while True:
        said = answer(f"{question} [y/N]: ").lower()
        if said in ("y", "yes"):
            return True
        if said in ("", "n", "no"):
            return False


def answer(question: str) -> str:
    """What a person types; empty at the end of the input. Prompts of the standard library write to stdout."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip()
