"""A conversation drawn on a terminal: the bot on the left, the consumer on the right, real waits between."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.align import Align
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Words

from faasctl.conversation.connector_events import (
    ActionDone,
    ErrorRecorded,
    Escalated,
    HookRan,
    Invoked,
    ProblemFound,
    Sent,
    Waited,
)
from faasctl.conversation.replies import PrivateText
from faasctl.redaction import redactor
from faasctl.report.chat_lines import latency_text, logged, message_lines
from faasctl.report.chat_words import told
from faasctl.report.streams import printable

if TYPE_CHECKING:
    from faasctl.conversation.connector_events import ConnectorEvent

_WIDEST = 72
_BAD = (ErrorRecorded, Escalated, ProblemFound)


class ChatBubbles:
    """Implements ChatView. `sleep` waits where the bot does, until Ctrl-C; None shows at once."""

    is_read = True

    def __init__(
        self,
        *,
        logs: bool,
        latency: bool,
        tester: bool,
        sleep: Callable[[float], None] | None = time.sleep,
        console: Console | None = None,
    ) -> None:
        self.logs, self.latency, self.tester = logs, latency, tester
        self._sleep = sleep
        self.console = console or Console(highlight=False)

    def show(self, event: ConnectorEvent, first_offer: int) -> None:
        match event:
            case Sent():
                self._bubble(event, first_offer)
            case Waited():
                self._wait(event)
            case _:
                if isinstance(event, (Invoked, HookRan, ActionDone)):
                    self._call(event)
                sentence = told(event, tester=self.tester)
                if sentence is not None:
                    self._aside(sentence, "red" if isinstance(event, _BAD) else "cyan")

    def heard(self, text: str) -> None:
        bubble = Panel(Words(_clean(text)), box=box.ROUNDED, border_style="blue", expand=False)
        self.console.print(Align.right(bubble, width=self._width(text)))

    def note(self, text: str) -> None:
        self._aside(text, "yellow")

    def plain(self, text: str) -> None:
        self.console.print(Words(printable(redactor.text(text))))

    def listing(self, rows: Sequence[tuple[str, str]]) -> None:
        table = Table.grid(padding=(0, 2))
        table.add_column(max_width=self.console.width // 2)
        table.add_column()
        for word, meaning in rows:
            table.add_row(Words(word), Words(meaning))
        self.console.print(table)

    def _bubble(self, event: Sent, first_offer: int) -> None:
        text = "\n".join(message_lines(event, first_offer))
        is_private = isinstance(event.item, PrivateText)
        self.console.print(
            Panel(
                Words(_clean(text)),
                box=box.ROUNDED,
                title="agents only" if is_private else "platform" if event.by_connector else None,
                title_align="left",
                border_style="magenta" if is_private else "yellow" if event.by_connector else "green",
                width=self._width(text),
            )
        )

    def _wait(self, event: Waited) -> None:
        if self._sleep is None:
            self._aside(f"{'types' if event.typing else 'waits'} for {event.seconds} s", "dim")
            return
        dots = self.console.status("typing", spinner="simpleDots") if event.typing else contextlib.nullcontext()
        with contextlib.suppress(KeyboardInterrupt), dots:
            self._sleep(event.seconds)

    def _call(self, event: Invoked | HookRan | ActionDone) -> None:
        if self.logs:
            for lines in logged(event):
                self._aside("\n".join(lines), "dim")
        spent = latency_text(event) if self.latency else None
        if spent is not None:
            self._aside(spent, "dim")

    def _aside(self, text: str, style: str) -> None:
        self.console.print(Padding(Words(_clean(text), style=style), (0, 0, 0, 2), expand=False))

    def _width(self, text: str) -> int:
        """Of the bubble around the text, which is wrapped where it is too long."""
        from rich.cells import cell_len

        longest = max((cell_len(line) for line in _clean(text).splitlines()), default=0)
        return min(max(longest, 12) + 4, _WIDEST, max(self.console.width - 8, 20))


def _clean(text: str) -> str:
    return printable(redactor.text(text))
