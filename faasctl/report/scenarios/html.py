"""A run of scenarios as one HTML file: transcripts, and how long the function took."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from faasctl.conversation.scenarios.transcript import transcript
from faasctl.durations import show_duration
from faasctl.redaction import redactor
from faasctl.report.scenarios.failures import budget_line, summary
from faasctl.report.scenarios.latency_plot import latency_plot

if TYPE_CHECKING:
    from faasctl.conversation.scenarios.results import ScenarioResult, SuiteResult

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #d5dae0; --dim: #5b6570;
  --good: #1a7f37; --bad: #b3261e; --warn: #8a5a00; --bot: #eef2f7; --me: #dcebff; --bar: #4a78b5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --paper: #14171a; --line: #343a41; --dim: #9aa4ae;
  --good: #57c274; --bad: #ff8a80; --warn: #e0b040; --bot: #22272d; --me: #1d3350; --bar: #7ba7e0; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto;
  max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
details { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; padding: .4rem .8rem; }
summary { cursor: pointer; } .place, .note, .log { color: var(--dim); font-size: .85em; }
.passed { color: var(--good); } .failed, .error, .difference { color: var(--bad); }
.not-run, .undecided { color: var(--warn); }
ol { list-style: none; padding: 0; display: flex; flex-direction: column; gap: .3rem; }
li { white-space: pre-wrap; overflow-wrap: anywhere; }
.bot, .consumer { border-radius: 12px; padding: .35rem .8rem; max-width: 75%; }
.bot { background: var(--bot); align-self: flex-start; } .consumer { background: var(--me); align-self: flex-end; }
svg { max-width: 100%; height: auto; } svg text { fill: var(--dim); font: 12px system-ui, sans-serif; }
svg rect { fill: var(--bar); } svg line { stroke: var(--line); } svg .mark { stroke: var(--bad); }
"""

_WORDS = {"passed": "passed", "failed": "failed", "error": "could not run", "not-run": "not run"}


def html_page(suite: SuiteResult, *, title: str) -> str:
    """The page; it loads nothing from elsewhere."""
    order = ("failed", "error", "not-run", "passed")
    results = sorted(suite.results, key=lambda result: order.index(result.status))
    parts = [
        f"<h1>{_text(title)}</h1>",
        f"<p>{_text(summary(suite))}</p>",
        *(f'<p class="{budget.status}">{_text(budget_line(budget))}</p>' for budget in suite.budgets),
        "<h2>How long the function took</h2>",
        latency_plot(suite.durations),
        "<h2>Scenarios</h2>",
        *map(_scenario, results),
    ]
    head = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{_text(title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n"
    )
    return head + "\n".join(parts) + "\n</body></html>\n"


def _scenario(result: ScenarioResult) -> str:
    step = result.failed_step
    place = result.scenario.place if step is None else step.step.place
    is_open = " open" if result.status in ("failed", "error") else ""
    lines = "".join(f'<li class="{line.who}">{_text(line.text)}</li>' for line in transcript(result))
    return (
        f'<details{is_open}><summary><span class="{result.status}">{_WORDS[result.status]}</span> '
        f'{_text(result.name)} <span class="place">{_text(str(place))} · {show_duration(result.seconds)}</span>'
        f"</summary><ol>{lines}</ol></details>"
    )


def _text(text: str) -> str:
    return escape(redactor.text(text).encode("utf-8", "replace").decode())
