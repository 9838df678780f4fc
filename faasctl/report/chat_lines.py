"""A conversation as plain lines, the same at every run: for pipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.conversation.connector_events import ActionDone, ConnectorEvent, HookRan, Invoked, Sent, Waited
from faasctl.conversation.offers import offers_of
from faasctl.conversation.replies import PrivateText, QuickReplies, RichContent, Text
from faasctl.durations import show_duration
from faasctl.redaction import redactor
from faasctl.report.chat_words import told
from faasctl.report.drawn_content import content_lines, offer_text
from faasctl.report.streams import printable, to_stdout

if TYPE_CHECKING:
    from collections.abc import Sequence


class ChatLines:
    """Implements ChatView: one line for a text, more for rich content; `--` begins what is no message.

    With `tester`, what the platform's Conversation Tester would log is told as well.
    """

    def __init__(self, *, logs: bool, latency: bool, tester: bool) -> None:
        self.logs, self.latency, self.tester = logs, latency, tester
        self.is_read = True

    def show(self, event: ConnectorEvent, first_offer: int) -> None:
        for line in self._lines(event, first_offer):
            self._put(printable(line))

    def heard(self, text: str) -> None:
        """Who typed it knows."""

    def note(self, text: str) -> None:
        for line in text.splitlines():
            self._put(f"-- {printable(line)}")

    def plain(self, text: str) -> None:
        self._put(text)

    def listing(self, rows: Sequence[tuple[str, str]]) -> None:
        self.plain(listed(rows))

    def _put(self, text: str) -> None:
        self.is_read = to_stdout(redactor.text(text)) and self.is_read

    def _lines(self, event: ConnectorEvent, first_offer: int) -> Sequence[str]:
        if isinstance(event, Sent):
            speaker = "agents" if isinstance(event.item, PrivateText) else "bot"
            return _spoken(speaker, message_lines(event, first_offer))
        lines = [f"-- {sentence}" for sentence in waits_and_words(event, tester=self.tester)]
        if isinstance(event, (Invoked, HookRan, ActionDone)):
            logs = [line for lines in logged(event) for line in _spoken("log", lines)] if self.logs else []
            spent = latency_text(event) if self.latency else None
            lines = [*logs, *([f"-- {spent}"] if spent else []), *lines]
        return lines


def message_lines(event: Sent, first_offer: int) -> list[str]:
    """What the message looks like; what can be clicked is numbered from `first_offer` on."""
    match event.item:
        case Text(text=text) | PrivateText(text=text):
            return text.splitlines() or [""]
        case RichContent(content=content):
            return content_lines(content, first_offer) or [f"({content.get('type', 'rich content')})"]
        case QuickReplies(message=message):
            offers = enumerate(offers_of(event.item), first_offer)
            return [*message.splitlines(), "  ".join(offer_text(offer, number) for number, offer in offers)]


def waits_and_words(event: ConnectorEvent, *, tester: bool) -> list[str]:
    if isinstance(event, Waited):
        return [f"{'types' if event.typing else 'waits'} for {event.seconds} s"]
    sentence = told(event, tester=tester)
    return [] if sentence is None else sentence.splitlines()


def logged(event: Invoked | HookRan | ActionDone) -> list[list[str]]:
    """Each log entry as lines, and last where the function threw."""
    entries = [entry.as_text().split("\n") for entry in event.logs]
    origin = "" if event.failure is None else event.failure.origin
    return [*entries, [f"thrown {origin}"]] if origin else entries


def listed(rows: Sequence[tuple[str, str]]) -> str:
    """Two columns."""
    width = max(len(word) for word, _ in rows)
    return "\n".join(f"{word:<{width}}  {meaning}" for word, meaning in rows)


def latency_text(event: Invoked | HookRan | ActionDone) -> str | None:
    """How long the function of the event took; None where none ran."""
    match event:
        case Invoked():
            return f"the function took {show_duration(event.duration)}"
        case HookRan():
            return f"the {event.role} hook took {show_duration(event.duration)}"
        case ActionDone(duration=duration) if duration:
            return f"the invoked function took {show_duration(duration)}"
    return None


def _spoken(speaker: str, lines: Sequence[str]) -> list[str]:
    indent = " " * (len(speaker) + 2)
    return [(f"{speaker}: " if place == 0 else indent) + line for place, line in enumerate(lines)]
