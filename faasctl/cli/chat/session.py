"""The loop of `faasctl chat`: what is typed goes to the bot or is a command; what happens is shown."""

from __future__ import annotations

import json
import mimetypes
from typing import TYPE_CHECKING

from faasctl.cli.chat.commands import Command, Unclear, help_rows, read_attributes, read_command, read_object
from faasctl.conversation.consumer import Said, SentFile, SentPayload, SentRichContent
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from collections.abc import Callable

    from faasctl.cli.chat.talk import Talk
    from faasctl.report.chat_view import ChatView


class Session:
    """`save` writes the conversation as a scenario of a name, and tells what a person should know of it."""

    def __init__(self, talk: Talk, view: ChatView, *, save: Callable[[str], list[str]]) -> None:
        self._talk = talk
        self._view = view
        self._save = save

    def take(self, line: str) -> bool:
        """Does what a line says; False when it ends the session. What makes no sense is told, and is no error."""
        try:
            command = read_command(line)
            if command is not None:
                return self._do(command)
            if line.isascii() and line.isdigit() and self._talk.offer(int(line)) is not None:
                self._click(line)
            else:
                self._say(line)
        except Unclear as error:
            self._view.note(str(error))
        return True

    def _do(self, command: Command) -> bool:
        talk, view, rest = self._talk, self._view, command.rest
        match command.name:
            case "quit":
                return False
            case "help":
                view.listing(help_rows())
            case "welcome":
                talk.start(welcome=True, last_message=rest or None)
            case "new":
                talk.start()
            case "say":
                self._say(_given(rest, "say"))
            case "click":
                self._click(rest)
            case "file":
                self._send_file(rest)
            case "rich":
                self._view.heard("(rich content)")
                talk.hear(SentRichContent(content=read_object(_given(rest, "rich"), "what follows /rich")))
            case "type":
                talk.typing()
            case "close":
                talk.close()
            case _:
                self._do_besides(command)
        return True

    def _do_besides(self, command: Command) -> None:
        """What is about the talk, and no part of it."""
        talk, view, rest = self._talk, self._view, command.rest
        match command.name:
            case "sde":
                self._set_attributes(_given(rest, "sde"))
            case "json" if rest:
                view.heard("(payload)")
                talk.hear(SentPayload(payload=read_object(rest, "what follows /json")))
            case "json":
                self._show_last()
            case "save":
                for note in self._save(rest):
                    view.note(note)
            case "logs":
                view.logs = not view.logs
                view.note(f"logs are {'shown' if view.logs else 'not shown'}")
            case "latency":
                view.latency = not view.latency
                view.note(f"latency is {'shown' if view.latency else 'not shown'}")

    def _say(self, text: str) -> None:
        if not text:
            return
        was_open = self._talk.is_open
        self._view.heard(text)
        self._talk.hear(Said(text=text))
        if not was_open:
            self._view.note("/new begins another conversation")

    def _click(self, given: str) -> None:
        offer = self._talk.offer(int(given)) if given.isascii() and given.isdigit() else None
        if offer is None:
            raise Unclear("nothing is offered under this number")
        click = offer.click
        if click is None:
            raise Unclear(f"{offer.title} sends the bot nothing; it opens {offer.opens}")
        self._view.heard(offer.title)
        self._talk.hear(click, step={"clicks": self._talk.words_for(int(given))})

    def _send_file(self, rest: str) -> None:
        name, _, caption = _given(rest, "file").partition(" ")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self._view.heard(f"(file {name})" + (f" {caption}" if caption else ""))
        self._talk.hear(SentFile(path=name, file_type=kind.rpartition("/")[2].upper(), caption=caption.strip()))

    def _set_attributes(self, given: str) -> None:
        self._talk.attributes = read_attributes(given)
        if not self._talk.settings.engagement_attributes:
            self._view.note("bot.engagement_attributes is off in the definition: the function does not get them")
        self._talk.start()

    def _show_last(self) -> None:
        call = self._talk.last_call
        if call is None:
            raise Unclear("the function was not called yet")
        shown = {"payload": call.payload, "reply": call.reply}
        if call.failure is not None:
            shown["failure"] = {"code": call.failure.code, "message": call.failure.message}
        self._view.plain(json.dumps(redactor.data(shown), indent=2, ensure_ascii=False))


def _given(rest: str, command: str) -> str:
    if not rest:
        raise Unclear(f"/{command} needs something: see /help")
    return rest
