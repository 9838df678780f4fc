"""`faasctl chat`."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb
from faasctl.facts import channels
from faasctl.facts.payloads import ConversationType

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

_CONVERSATIONS: tuple[str, ...] = get_args(ConversationType)


def _as(name: str) -> str:
    if name.lower() not in _CONVERSATIONS and name.lower() not in channels.BY_NAME:
        known = ", ".join([*_CONVERSATIONS, *(channel.name for channel in channels.ALL)])
        raise typer.BadParameter(f"{name!r} is neither a type of conversation nor a channel; there are {known}")
    return name.lower()


As = Annotated[
    list[str] | None,
    typer.Option(
        "--as",
        parser=_as,
        metavar="KIND",
        help="messaging or chat, or the consumer's channel, such as whatsapp; may be given for both.",
        show_default=False,
    ),
]
Fast = Annotated[
    bool, typer.Option("--fast", help="Do not wait where the bot waits or types.", show_default=False)
]
Logs = Annotated[bool, typer.Option("--logs", help="Show what the functions log.", show_default=False)]
Latency = Annotated[bool, typer.Option("--latency", help="Show what each call took.", show_default=False)]
WithoutHooks = Annotated[
    bool,
    typer.Option(
        "--without-hooks",
        help="As the platform's Conversation Tester: no hooks, and its codes.",
        show_default=False,
    ),
]


@app.command(epilog="Example: faasctl chat --latency   or: echo hello | faasctl chat")
def chat(
    kinds: As = None,
    fast: Fast = False,
    logs: Logs = False,
    latency: Latency = False,
    without_hooks: WithoutHooks = False,
    file: options.File = options.DEFAULT_FILE,
    target: options.Target = None,
    output: options.Output = OutputForm.text,
    timeout: options.Timeout = options.DEFAULT_TIMEOUT,  # type: ignore[assignment]  # parsed by the option
) -> None:
    """Talk to the bot as a consumer does; in a pipe, a line in is a message. On the local target, the files as
    they are now are deployed first, and again whenever they change."""
    from faasctl.cli.chat.running import Wish, hold_talk

    given = kinds or []
    conversations: list[ConversationType] = [kind for kind in get_args(ConversationType) if kind in given]
    wish = Wish(
        conversation=conversations[-1] if conversations else None,
        channel=next((channels.BY_NAME[kind] for kind in given if kind in channels.BY_NAME), None),
        fast=fast,
        logs=logs,
        latency=latency,
        hooks=not without_hooks,
    )

    def new_run() -> Run:
        return Run("chat", file=file, target=target, output=output, timeout=timeout)

    run_verb(new_run(), lambda run: hold_talk(run, new_run, file, wish))
