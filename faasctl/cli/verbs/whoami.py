"""`faasctl whoami`."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import typer

from faasctl.cli import options
from faasctl.cli.account import AccountOption, account_of
from faasctl.cli.options import OutputForm, TargetName
from faasctl.cli.run import Run, run_verb

if TYPE_CHECKING:
    from pathlib import Path

    from faasctl.liveperson.permission_probe import Permission

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command(epilog="Example: faasctl whoami --account 12345678 --output json | jq .result.permissions")
def whoami(
    account: AccountOption = None,
    file: options.File = options.DEFAULT_FILE,
    output: options.Output = OutputForm.text,
    timeout: options.Timeout = "60s",  # type: ignore[assignment]  # parsed by the option
) -> None:
    """Tell as whom verbs act on an account, for how long yet, from which credentials, and what the user may do."""
    run = Run("whoami", output=output, file=file, target=TargetName.cloud, timeout=timeout)
    run_verb(run, lambda run: _whoami(run, account, file))


def _whoami(run: Run, account: str | None, file: Path) -> None:
    from faasctl.cli.credentials import find_credential, store

    if account is None and not file.exists():
        kept, where = store()
        accounts = kept.accounts()
        run.outcome.result = {"accounts": list(accounts), "stored_in": where}
        listed = ", ".join(accounts) or "none"
        run.outcome.text = f"accounts in the {where}: {listed}\nfor more: faasctl whoami --account ID"
        return
    site = account_of(run, account, file)
    found = find_credential(site, os.environ)

    from faasctl.cli.cloud_target import sign_in
    from faasctl.durations import show_duration
    from faasctl.liveperson.permission_probe import probe_permissions

    platform = sign_in(site, found, deadline=run.deadline, environ=os.environ)
    try:
        permissions = probe_permissions(platform)
        session = platform.session
    finally:
        platform.close()
    left = None if session.expires_at is None else max(0, round(session.expires_at - time.time()))
    run.outcome.result = {
        "account": site,
        "user": session.login_name,
        "user_id": session.user_id,
        "platform": platform.dialect,
        "credentials_from": found.source,
        "seconds_left": left,
        "permissions": [_as_json(permission) for permission in permissions],
    }
    lines = [
        f"{'account':<14} {site} (Functions {platform.dialect.upper()})",
        f"{'user':<14} {session.login_name or 'unknown login name'}, id {session.user_id}",
        f"{'session':<14} {'end unknown' if left is None else f'{show_duration(left)} left'}",
        f"{'credentials':<14} {found.source}",
        *(_line(permission) for permission in permissions),
    ]
    run.outcome.text = "\n".join(lines)


def _as_json(permission: Permission) -> dict[str, Any]:
    return {
        "name": permission.name,
        "held": permission.held,
        "roles": list(permission.roles),
        "verbs": list(permission.verbs),
    }


def _line(permission: Permission) -> str:
    state = {True: "yes", False: "MISSING", None: "unknown"}[permission.held]
    needed = (
        ""
        if permission.held
        else f"; one of {', '.join(permission.roles)} has it; without it, no " + ", ".join(permission.verbs)
    )
    return f"{'may':<14} {permission.name}: {state}{needed}"
