"""Which account the verbs about credentials mean: the one that is named, else the definition's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from faasctl.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from faasctl.cli.run import Run

AccountOption = Annotated[
    str | None,
    typer.Option(
        "--account",
        "-a",
        envvar="FAASCTL_ACCOUNT",
        metavar="ID",
        help="The site id; the definition's if not given.",
    ),
]


def account_of(run: Run, account: str | None, file: Path) -> str:
    """UsageError where neither says it; InvalidDefinition where the definition is none."""
    if account is None:
        if not file.exists():
            raise UsageError(
                f"which account? there is no {file} that names one", hint="Give --account ID (or FAASCTL_ACCOUNT)."
            )
        account = run.definition(with_code=False).account
    if not account or not all(sign.isalnum() or sign in "_-" for sign in account):
        raise UsageError(f"{account!r} is no site id", hint="A site id is made of letters, digits, - and _.")
    run.outcome.account = account
    run.outcome.target = "cloud"
    return account
