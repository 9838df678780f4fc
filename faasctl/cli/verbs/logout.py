"""`faasctl logout`."""

from __future__ import annotations

import typer

from faasctl.cli import options
from faasctl.cli.account import AccountOption, account_of
from faasctl.cli.options import OutputForm, TargetName
from faasctl.cli.run import Run, run_verb

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command(epilog="Example: faasctl logout --account 12345678")
def logout(
    account: AccountOption = None,
    file: options.File = options.DEFAULT_FILE,
    output: options.Output = OutputForm.text,
) -> None:
    """Forget what `login` kept of an account. LivePerson publishes no call that ends a session: it runs out."""
    run = Run("logout", output=output, file=file, target=TargetName.cloud)

    def body(run: Run) -> None:
        from faasctl.cli.credentials import store

        site = account_of(run, account, file)
        kept, where = store()
        removed = kept.delete(site)
        run.outcome.result = {"account": site, "removed": removed, "stored_in": where}
        run.outcome.text = (
            f"the credentials of account {site} are gone from the {where}"
            if removed
            else f"the {where} held nothing of account {site}"
        )

    run_verb(run, body)
