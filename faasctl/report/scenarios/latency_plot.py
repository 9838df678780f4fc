"""The distribution of latencies as a picture (SVG): a histogram on a logarithmic scale, with percentiles."""

from __future__ import annotations

import math
from collections.abc import Sequence

from faasctl.conversation.scenarios.latency import percentile
from faasctl.durations import show_duration

_WIDTH, _HEIGHT, _BELOW, _ABOVE = 720, 180, 24, 34
_BARS = 36
_MARKS = ((50, "p50"), (95, "p95"), (99, "p99"))


def latency_plot(durations: Sequence[float]) -> str:
    """An `svg` element; a paragraph where there is nothing to plot."""
    if not durations:
        return "<p>The function was not called.</p>"
    low = math.floor(math.log10(max(min(durations), 1e-5)) * 4) / 4
    high = math.ceil(math.log10(max(max(durations), 1e-5)) * 4) / 4
    high = max(high, low + 0.25)

    def x(seconds: float) -> float:
        return (math.log10(max(seconds, 1e-5)) - low) / (high - low) * _WIDTH

    counts = [0] * _BARS
    for seconds in durations:
        counts[min(_BARS - 1, int(x(seconds) / _WIDTH * _BARS))] += 1
    most = max(counts)
    base = _ABOVE + _HEIGHT
    wide = _WIDTH / _BARS
    parts = []
    for number, count in enumerate(counts):
        tall = count / most * _HEIGHT
        if count:
            parts.append(
                f'<rect x="{number * wide + 1:.1f}" y="{base - tall:.1f}" width="{wide - 2:.1f}" '
                f'height="{tall:.1f}"><title>{count}</title></rect>'
            )
    parts.append(f'<line x1="0" y1="{base}" x2="{_WIDTH}" y2="{base}"/>')
    step = 0.25 if high - low <= 1 else 0.5 if high - low <= 2 else 1.0
    for number in range(int((high - low) / step) + 1):
        seconds = 10 ** (low + number * step)
        anchor = "start" if number == 0 else "end" if x(seconds) > _WIDTH - 20 else "middle"
        parts.append(_label(x(seconds), base + 18, _time(seconds), anchor))
    for row, (percent, name) in enumerate(_MARKS):
        seconds = percentile(durations, percent)
        at = x(seconds)
        parts.append(f'<line class="mark" x1="{at:.1f}" y1="{_ABOVE}" x2="{at:.1f}" y2="{base}"/>')
        anchor = "start" if at < _WIDTH * 0.7 else "end"
        parts.append(_label(at, 10 + row * 11, f"{name} {_time(seconds)}", anchor))
    turns = f"{len(durations)} turn{'s' if len(durations) != 1 else ''}"
    return (
        f'<svg viewBox="0 0 {_WIDTH} {base + _BELOW}" role="img" aria-label="Latency of {turns}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg><p class="place">{turns}</p>'
    )


def _time(seconds: float) -> str:
    """With two digits where whole milliseconds say too little."""
    return f"{max(seconds, 1e-5) * 1000:.2g} ms" if seconds < 0.0095 else show_duration(seconds)


def _label(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'
