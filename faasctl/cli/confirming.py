"""Asking a person whether a step in the browser is done, and for the account's id where it is protected."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from faasctl.cli.connection import chosen
from faasctl.cli.consent import agrees, answer
from faasctl.cli.run import login_name
from faasctl.errors import ConsentNeeded, UsageError
from faasctl.report.streams import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from faasctl.cli.run import Run
    from faasctl.definition.model import Definition
    from faasctl.rollout.guided_bots import Guidance


def confirmer(run: Run) -> Callable[[Guidance], str | None]:
    """Shows steps and asks; None where there is nobody to ask, or the answer is no."""

    def confirm(guidance: Guidance) -> str | None:
        if not run.asks:
            return None
        run.reporter.paused()
        lines = [guidance.title, *(f"  {step}" for step in guidance.numbered)]
        sys.stderr.write("".join(f"{printable(line)}\n" for line in lines))
        return login_name() if agrees(guidance.question) else None

    return confirm


def confirm_protected(run: Run, definition: Definition) -> None:
    """Nothing is written to a protected account before its id is typed; ConsentNeeded otherwise."""
    if not definition.protected:
        return
    account, given = definition.account, chosen.confirm
    if given is None and run.asks:
        run.reporter.paused()
        sys.stderr.write(f"Account {account} is protected: `faasctl {run.verb}` writes to it.\n")
        given = answer("Type the account's id to go on: ")
    if given == account:
        return
    if given:
        raise UsageError(
            f"the confirmation names account {given}; the definition's is {account}", hint="Nothing was written."
        )
    raise ConsentNeeded(
        f"account {account} is protected, and nobody confirmed that `faasctl {run.verb}` may write to it",
        hint=f"Run on a terminal and type the account's id, or pass --confirm {account}.",
    )
