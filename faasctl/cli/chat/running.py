"""`faasctl chat` from its options to its end, on a terminal and in a pipe."""

from __future__ import annotations

import functools
import io
import sys
import time
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from faasctl.cli.chat.live_bot import LiveBot, live_bot, reasons
from faasctl.cli.chat.session import Session
from faasctl.cli.chat.talk import Talk
from faasctl.cli.options import OutputForm
from faasctl.conversation.clocks import ManualClock
from faasctl.errors import CredentialsError, FaasctlError, RunInterrupted
from faasctl.facts import channels

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from faasctl.cli.run import Run
    from faasctl.conversation.connector_settings import ConnectorSettings
    from faasctl.definition.model import Definition
    from faasctl.facts.channels import Channel
    from faasctl.facts.payloads import ConversationType
    from faasctl.report.chat_view import ChatView

_PAUSE_SECONDS = 1.0
"""Between two lines of a pipe, so that they are not taken for spam."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the command line asks for; None leaves it to the definition."""

    conversation: ConversationType | None = None
    channel: Channel | None = None
    fast: bool = False
    logs: bool = False
    latency: bool = False
    hooks: bool = True

    def settings(self, settings: ConnectorSettings) -> ConnectorSettings:
        changed = replace(
            settings,
            conversation=self.conversation or settings.conversation,
            channel=self.channel or settings.channel,
        )
        return changed if self.hooks else changed.without_hooks()

    def setup(self, definition: Definition) -> dict[str, Any]:
        """What a scenario needs to be held in the same way."""
        setup: dict[str, Any] = {}
        if self.conversation not in (None, definition.bot.conversation):
            setup["conversation"] = self.conversation
        if self.channel not in (None, channels.WEB):
            setup["channel"] = self.channel.name
        if not self.hooks:
            setup["hooks"] = False
        return setup


def hold_talk(run: Run, new_run: Callable[[], Run], file: Path, wish: Wish) -> None:
    """Talks until the input ends, or nobody reads what comes out any more."""
    try:
        _hold(run, new_run, file, wish)
    except KeyboardInterrupt:
        raise RunInterrupted("interrupted") from None


def _hold(run: Run, new_run: Callable[[], Run], file: Path, wish: Wish) -> None:
    if run.output is OutputForm.json:
        from faasctl.report.chat_ndjson import ChatNdjson, NdjsonReporter

        events = ChatNdjson()
        run.reporter = NdjsonReporter(events)
        _hold_piped(run, new_run, file, wish, events)
    elif sys.stdin.isatty() and sys.stdout.isatty():
        _hold_typed(run, new_run, file, wish)
    else:
        from faasctl.report.chat_lines import ChatLines

        lines = ChatLines(logs=wish.logs, latency=wish.latency, tester=not wish.hooks)
        _hold_piped(run, new_run, file, wish, lines)


def _hold_piped(run: Run, new_run: Callable[[], Run], file: Path, wish: Wish, view: ChatView) -> None:
    """Each line is answered before the next one is read; no time passes but the conversation's own."""
    from faasctl.rollout.events import Noted

    clock = ManualClock(int(time.time() * 1000))
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a line that is no UTF-8 is still a message
    with live_bot(run, new_run, file) as bot:
        talk, session = _begin(bot, wish, view, clock)
        for note in bot.notes:
            run.tell(Noted(text=note))
        talk.start()
        for line in sys.stdin:
            if not view.is_read:
                return
            clock.reach(talk.ends_at)
            clock.advance(_PAUSE_SECONDS)
            if bot.changed():
                _reload(bot, talk, wish, lambda note: run.tell(Noted(text=note)))
            if not session.take(line.removeprefix("\ufeff").strip()):
                break
            talk.settle()


def _hold_typed(run: Run, new_run: Callable[[], Run], file: Path, wish: Wish) -> None:
    from faasctl.cli.chat.typed import Typed, unechoed
    from faasctl.cli.target import state_folder
    from faasctl.report.chat_bubbles import ChatBubbles

    view = ChatBubbles(
        logs=wish.logs, latency=wish.latency, tester=not wish.hooks, sleep=None if wish.fast else time.sleep
    )
    with live_bot(run, new_run, file) as bot:
        talk, session = _begin(bot, wish, view, lambda: int(time.time() * 1000))
        for note in bot.notes:
            view.note(note)
        definition = bot.definition
        typed = Typed(
            state_folder(definition.path) / "chat_history",
            prompt="you > ",
            below=f" {definition.bot.name} on {definition.target}   /help lists commands, Ctrl-D ends",
            wake=lambda: bot.changed() or _is_due(talk),
        )
        with unechoed():
            _attempt(view, talk.start)
            goes_on = True
            while goes_on:
                try:
                    line = typed.next()
                except EOFError:
                    return
                if bot.changed():
                    _attempt(view, lambda: _reload(bot, talk, wish, view.note))
                if line:
                    goes_on = _attempt(view, functools.partial(session.take, line)) is not False
                if _is_due(talk):
                    _attempt(view, talk.tick)


def _is_due(talk: Talk) -> bool:
    due = talk.due()
    return due is not None and due <= time.time() * 1000


def _begin(bot: LiveBot, wish: Wish, view: ChatView, clock: Callable[[], int]) -> tuple[Talk, Session]:
    talk = Talk(wish.settings(bot.settings), bot.invoker, view, clock=clock, ids=lambda: str(uuid.uuid4()))
    return talk, Session(talk, view, save=lambda name: _save(name, talk, bot.definition, wish))


def _save(name: str, talk: Talk, definition: Definition, wish: Wish) -> list[str]:
    from faasctl.cli.chat.saving import save

    folder = definition.conversations or definition.folder / "conversations"
    path = save(name, talk.turns, folder, setup={**wish.setup(definition), **talk.setup})
    if definition.conversations is not None:
        return [f"saved as {path}"]
    return [
        f"saved as {path}",
        f"`faasctl test` finds it with `conversations: {folder.name}/` in {definition.path.name}",
    ]


def _reload(bot: LiveBot, talk: Talk, wish: Wish, note: Callable[[str], None]) -> None:
    """New code answers from the next turn on, new settings from the next conversation on."""
    try:
        bot.reload()
    except CredentialsError:
        raise
    except FaasctlError as error:
        for line in reasons(error):
            note(line)
        note("the version before goes on")
        return
    talk.invoker = bot.invoker
    talk.settings = wish.settings(bot.settings)
    for line in bot.notes:
        note(line)


def _attempt(view: ChatView, deed: Callable[[], Any]) -> Any:
    """Does it; what went wrong, or took a person too long, is shown, and the talk goes on."""
    try:
        return deed()
    except KeyboardInterrupt:
        view.note("broken off; Ctrl-C on an empty line ends")
        return None
    except FaasctlError as error:
        for line in reasons(error):
            view.note(line)
        return None
