"""How long the verdict on a typical rich content document takes: `python benchmarks/rich_content.py [--check]`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.measure import Table, interleaved, run_benchmark
from faasctl.conversation.reply_reading import parse_reply
from faasctl.conversation.rich_content import check_rich_content
from faasctl.facts import channels

BOUND_MS = 1.0
_CALLS = 50


def _typical() -> dict[str, Any]:
    """A carousel of five cards, each with image, two texts and two buttons."""

    def card(number: int) -> dict[str, Any]:
        return {
            "type": "vertical",
            "elements": [
                {"type": "image", "url": f"https://cdn.example.com/{number}.png", "tooltip": f"Picture {number}"},
                {
                    "type": "text",
                    "text": f"Product {number}",
                    "tag": "title",
                    "style": {"bold": True, "size": "large"},
                },
                {"type": "text", "text": "A few words on it. " * 5, "tag": "subtitle"},
                {
                    "type": "button",
                    "title": "Open",
                    "click": {"actions": [{"type": "link", "uri": f"https://example.com/products/{number}?a=b"}]},
                },
                {
                    "type": "button",
                    "title": "Buy",
                    "click": {
                        "actions": [{"type": "publishText", "text": f"buy {number}"}],
                        "metadata": [{"type": "ExternalId", "id": f"buy-{number}"}],
                    },
                },
            ],
        }

    return {"type": "carousel", "padding": 5, "elements": [card(number) for number in range(5)]}


def _timed(call: Callable[[], object]) -> Callable[[], float]:
    def run() -> float:
        started = time.perf_counter()
        for _ in range(_CALLS):
            call()
        return (time.perf_counter() - started) / _CALLS

    return run


def measure(table: Table, rounds: int) -> None:
    document = _typical()
    bad = {**document, "colour": "red"}
    hosts = ("cdn.example.com",)
    reply = {"messages": ["Our products", {"structuredContent": document}]}
    assert check_rich_content(document, image_hosts=hosts) == []
    table.title("a carousel of five cards")
    medians = interleaved(
        {
            "rich content, web": _timed(lambda: check_rich_content(document, image_hosts=hosts)),
            "rich content with a mistake, web": _timed(lambda: check_rich_content(bad, image_hosts=hosts)),
            "rich content, apple": _timed(lambda: check_rich_content(document, channel=channels.APPLE)),
            "a whole reply with it": _timed(lambda: parse_reply(reply)),
        },
        rounds=rounds,
    )
    for name, milliseconds in medians.items():
        table.value(name, milliseconds, "ms", bound=BOUND_MS)


if __name__ == "__main__":
    sys.exit(run_benchmark("rich content", measure, rounds=21))
