"""The program: its verbs by name, each loaded only when it is typed."""

from __future__ import annotations

import difflib
import importlib
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from faasctl import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

VERBS: dict[str, str] = {
    "up": "Everything below, in order, as far as it is not so already; then the test connection.",
    "create": "Create the function and its hooks on their events, with code and environment.",
    "deploy": "Deploy what is created, and wait for success or failure.",
    "attach": "Save the bot's configuration with the function selected in its vendor settings.",
    "accept-disclaimer": "Record a person's consent to the data disclaimer; the bot goes online.",
    "test-connection": "Check what the connector would find, one line a check.",
    "status": "Show what the account holds now.",
    "plan": "Show what `up` would change, and change nothing.",
    "validate": "Check the definition, the function's code and the scenarios, without any account.",
    "test": "Run the scenarios: conversations, and what the bot must do in them.",
    "check": "Check replies, rich content, quick replies or metadata by themselves, without a bot.",
    "invoke": "Run the deployed function once, and show result, logs and duration.",
    "chat": "Talk to the bot as a consumer does.",
    "logs": "Show what the function logged.",
    "metrics": "Show how often the function was invoked, and how that ended.",
    "login": "Sign in to an account, and keep the session in the keyring.",
    "logout": "Forget what `login` kept.",
    "whoami": "Tell as whom verbs act on an account, and what that user may do.",
    "init": "Write a new bot.yaml with a function and a first scenario.",
    "schema": "Print the JSON Schema of bot.yaml or of scenarios, for editors.",
    "emulator": "Start, stop, look at or reset the local platform.",
}


class LazyGroup(TyperGroup):
    """Lists verbs from the table above and imports one only to run it, or to show its own help."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in VERBS:
            return None
        return TyperCommand(cmd_name, help=VERBS[cmd_name], short_help=VERBS[cmd_name])

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        if args and args[0] in VERBS:
            return args[0], load_verb(args[0]), args[1:]
        near = difflib.get_close_matches(args[0], VERBS, n=1) if args else []
        if near:
            ctx.fail(f"no verb {args[0]!r}; did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)


def load_verb(name: str) -> Any:
    """The command of a verb, imported now."""
    module = importlib.import_module(f"faasctl.cli.verbs.{name.replace('-', '_')}")
    command = typer.main.get_command(module.app)
    command.name = name
    from faasctl.cli.connection import add_options

    add_options(name, command)
    for each in getattr(command, "commands", {"": command}).values():
        _take_no_input(each)
    return command


def _take_no_input(command: Any) -> None:
    """A pipeline may give --no-input to every verb; the help of those that never ask need not tell."""
    if all(parameter.name != "no_input" for parameter in command.params):
        command.params.append(
            TyperOption(param_decls=["no_input", "--no-input"], is_flag=True, hidden=True, expose_value=False)
        )


app = typer.Typer(
    name="faasctl",
    cls=LazyGroup,
    help="Take a LivePerson bot from bot.yaml to a bot that answers.",
    epilog="Start with `faasctl init`, then `faasctl up`. Each verb has its own --help with an example.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=True,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"faasctl {__version__}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option(
        "--version", "-V", callback=_show_version, is_eager=True, show_default=False, help="Show the version."
    ),
]


@app.callback()
def _root(version: Version = False) -> None:
    """Take a LivePerson bot from bot.yaml to a bot that answers."""


def run(arguments: Sequence[str]) -> Any:
    """Runs the program; raises what typer raises on a wrong command line."""
    return typer.main.get_command(app).main(list(arguments), prog_name="faasctl", standalone_mode=False)
