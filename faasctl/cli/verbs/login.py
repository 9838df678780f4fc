"""`faasctl login`."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from faasctl.cli import options
from faasctl.cli.account import AccountOption, account_of
from faasctl.cli.options import OutputForm, TargetName
from faasctl.cli.run import Run, run_verb

if TYPE_CHECKING:
    from faasctl.liveperson.credentials import Credential, SessionToken
    from faasctl.liveperson.stored import Way

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

Username = Annotated[
    str | None, typer.Option("--username", "-u", envvar="FAASCTL_USERNAME", metavar="NAME", help="Who signs in.")
]
PasswordFile = Annotated[
    str | None,
    typer.Option(
        "--password-file", metavar="FILE|-", help="Read the password from a file, or - for standard input."
    ),
]
ApiKeyFile = Annotated[
    str | None,
    typer.Option(
        "--api-key-file",
        metavar="FILE|-",
        help='A bot user\'s API key as JSON: {"appKey", "secret", "accessToken", "accessTokenSecret"}.',
    ),
]
TokenFile = Annotated[
    str | None,
    typer.Option(
        "--token-file", metavar="FILE|-", help="A bearer token of a browser session (SSO), beside --user-id."
    ),
]
UserId = Annotated[
    str | None,
    typer.Option("--user-id", envvar="FAASCTL_USER_ID", metavar="ID", help="The user that the token belongs to."),
]


@app.command(epilog="Example: faasctl login --account 12345678 --username jane@example.com")
def login(
    account: AccountOption = None,
    username: Username = None,
    password_file: PasswordFile = None,
    api_key_file: ApiKeyFile = None,
    token_file: TokenFile = None,
    user_id: UserId = None,
    file: options.File = options.DEFAULT_FILE,
    output: options.Output = OutputForm.text,
    no_input: options.NoInput = False,
    timeout: options.Timeout = "60s",  # type: ignore[assignment]  # parsed by the option
) -> None:
    """Sign in to an account and keep the session (and an API key, never a password) in the keyring."""
    if sum(given is not None for given in (password_file, api_key_file, token_file)) > 1:
        raise typer.BadParameter("give one of --password-file, --api-key-file and --token-file")
    if token_file is not None and not user_id:
        raise typer.BadParameter("--token-file needs --user-id: the token's user")
    run = Run("login", output=output, file=file, target=TargetName.cloud, no_input=no_input, timeout=timeout)

    def body(run: Run) -> None:
        site = account_of(run, account, file)
        way, credential = _credential(run, username, password_file, api_key_file, token_file, user_id)
        _login(run, site, way, credential)

    run_verb(run, body)


def _login(run: Run, account: str, way: Way, credential: Credential) -> None:
    from faasctl.cli.cloud_target import network
    from faasctl.cli.connection import chosen
    from faasctl.cli.credentials import store
    from faasctl.durations import show_duration
    from faasctl.liveperson.connect import connect
    from faasctl.liveperson.credentials import ApiKey
    from faasctl.liveperson.stored import Stored

    platform = connect(account, credential, network=network(os.environ), dialect=chosen.api, deadline=run.deadline)
    try:
        if way == "token":
            platform.functions()  # a token that was copied is proven by nothing else (functions-api §2.3)
        session = platform.session
        kept, where = store()
        api_key = credential if isinstance(credential, ApiKey) else None
        kept.write(account, Stored(way=way, session=session, api_key=api_key))
        run.outcome.result = {
            "account": account,
            "user": session.login_name,
            "user_id": session.user_id,
            "platform": platform.dialect,
            "stored_in": where,
            "seconds_left": _left(session),
        }
    finally:
        platform.close()
    left = _left(session)
    lasts = "as long as the browser's session" if left is None else show_duration(left)
    renewed = "; it is renewed by itself" if api_key is not None else ""
    run.outcome.text = (
        f"signed in to account {account} ({platform.dialect.upper()}) as {session.login_name or session.user_id}; "
        f"kept in the {where}, lasts {lasts}{renewed}"
    )


def _left(session: SessionToken) -> float | None:
    return None if session.expires_at is None else round(session.expires_at - time.time())


def _credential(
    run: Run,
    username: str | None,
    password_file: str | None,
    api_key_file: str | None,
    token_file: str | None,
    user_id: str | None,
) -> tuple[Way, Credential]:
    from faasctl.cli.credentials import from_environment
    from faasctl.errors import NotSignedIn, UsageError
    from faasctl.liveperson.credentials import ApiKey, SessionToken, UserPassword

    if token_file is not None:
        return "token", SessionToken(user_id=user_id or "", bearer=_secret(token_file, "the token"))
    if api_key_file is None and password_file is None:
        found = from_environment({**os.environ, **({"FAASCTL_USERNAME": username} if username else {})})
        if found is not None:
            way: Way = "password"
            if isinstance(found.credential, (SessionToken, ApiKey)):
                way = "token" if isinstance(found.credential, SessionToken) else "api-key"
            return way, found.credential
    if username is None:
        if not run.asks:
            raise UsageError("who signs in?", hint="Give --username NAME (or FAASCTL_USERNAME).")
        username = _ask(run, "User name: ")
    if api_key_file is not None:
        return "api-key", _api_key(username, api_key_file)
    if password_file is not None:
        return "password", UserPassword(username=username, password=_secret(password_file, "the password"))
    if not run.asks:
        raise NotSignedIn(
            "no password, and nobody to ask for one",
            hint="Give --password-file FILE (- for standard input), --api-key-file or --token-file; or set "
            "FAASCTL_PASSWORD.",
        )
    return "password", UserPassword(username=username, password=_ask_password(run, username))


def _ask(run: Run, question: str) -> str:
    from faasctl.cli.consent import answer

    run.reporter.paused()
    return answer(question)


def _ask_password(run: Run, username: str) -> str:
    import getpass

    from faasctl.errors import RunInterrupted
    from faasctl.redaction import redactor

    run.reporter.paused()
    try:
        return redactor.register(getpass.getpass(f"Password of {username}: ", stream=sys.stderr))
    except EOFError:
        raise RunInterrupted("no password was typed", hint="Nothing was stored.") from None


def _secret(source: str, what: str) -> str:
    from faasctl.cli.named_input import read_input
    from faasctl.errors import UsageError
    from faasctl.redaction import redactor

    secret = read_input(source, what=f"{what} from {source}", hint="Give a file, or -.").strip("\r\n")
    if not secret:
        raise UsageError(f"{source} holds nothing for {what}", hint="Put the secret on its first line.")
    return redactor.register(secret)


def _api_key(username: str, source: str) -> Any:
    from faasctl.errors import UsageError
    from faasctl.liveperson.credentials import ApiKey
    from faasctl.redaction import redactor

    try:
        key = json.loads(_secret(source, "the API key"))
    except ValueError:
        key = None
    parts = ("appKey", "secret", "accessToken", "accessTokenSecret")
    if not isinstance(key, dict) or not all(isinstance(key.get(part), str) and key[part] for part in parts):
        raise UsageError(
            f"{source} holds no API key", hint=f"It must be a JSON object with the texts {', '.join(parts)}."
        )
    app_key, secret, access_token, access_token_secret = (redactor.register(key[part]) for part in parts)
    return ApiKey(
        username=username,
        app_key=app_key,
        secret=secret,
        access_token=access_token,
        access_token_secret=access_token_secret,
    )
