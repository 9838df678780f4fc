"""What shows a conversation as it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faasctl.conversation.connector_events import ConnectorEvent


class ChatView(Protocol):
    """`logs` and `latency` may be switched while it runs. `is_read` is false once nobody reads what is shown."""

    logs: bool
    latency: bool
    is_read: bool

    def show(self, event: ConnectorEvent, first_offer: int) -> None:
        """`first_offer` is the number of the first thing to click in it."""
        ...

    def heard(self, text: str) -> None:
        """What the consumer typed, or clicked."""
        ...

    def note(self, text: str) -> None:
        """Something that is no part of the conversation."""
        ...

    def plain(self, text: str) -> None:
        """Text that was asked for, such as JSON."""
        ...

    def listing(self, rows: Sequence[tuple[str, str]]) -> None:
        """Words, and what each of them means."""
        ...
