"""`faasctl metrics`."""

from __future__ import annotations

import time
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from faasctl.cli import options
from faasctl.cli.chosen_function import Function
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb
from faasctl.facts.invocation_reports import BUCKETS, SHORTEST_SPAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faasctl.liveperson.model import InvocationBucket

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

_MOST_CALLS = 50
"""A finer bucket needs more calls of the platform; past this it is no question for it any more."""


class Bucket(str, Enum):
    minutes = "5m"
    hour = "1h"
    day = "1d"


_SECONDS = dict(zip(Bucket, BUCKETS, strict=True))

Last = Annotated[
    float,
    typer.Option("--last", parser=options.days_back, metavar="DURATION", help="How far back: 15m up to 30d."),
]
BucketOption = Annotated[
    Bucket | None,
    typer.Option("--bucket", help="In spans this long; chosen by --last if not given.", show_default=False),
]


@app.command(epilog="Example: faasctl metrics --last 7d --bucket 1d")
def metrics(
    function: Function = None,
    last: Last = "24h",  # type: ignore[assignment]  # parsed by the option
    bucket: BucketOption = None,
    file: options.File = options.DEFAULT_FILE,
    target: options.Target = None,
    output: options.Output = OutputForm.text,
    timeout: options.Timeout = "60s",  # type: ignore[assignment]  # parsed by the option
) -> None:
    """Show how often the function was invoked, and how that ended; test invocations do not count."""
    if last < SHORTEST_SPAN:
        raise typer.BadParameter(f"--last must be at least {SHORTEST_SPAN // 60}m")
    end = int(time.time() * 1000)
    start = end - int(last * 1000)
    seconds = _SECONDS[bucket] if bucket else next(size for size, span in BUCKETS.items() if last <= span)

    from faasctl.liveperson.whole_spans import report_calls

    if len(report_calls(start, end, seconds)) > _MOST_CALLS:
        raise typer.BadParameter("--bucket is too short for so long a time; choose a longer one")
    run = Run("metrics", file=file, target=target, output=output, timeout=timeout)
    run_verb(run, lambda run: _metrics(run, function, start, end, seconds))


def _metrics(run: Run, function: str | None, start: int, end: int, seconds: int) -> None:
    definition = run.definition(with_code=False)

    from faasctl.cli.chosen_function import chosen_function, function_there
    from faasctl.cli.target import open_account
    from faasctl.liveperson.whole_spans import read_report
    from faasctl.report.log_lines import utc

    spec = chosen_function(definition, function)
    with open_account(definition, deadline=run.deadline) as account:
        uuid = function_there(spec, account.platform).uuid
        buckets = read_report(account.platform, uuid, start=start, end=end, bucket=seconds)
    run.outcome.result = {
        "function": {"role": spec.role, "name": spec.name, "uuid": uuid},
        "from": utc(start),
        "to": utc(end),
        "bucket_seconds": seconds,
        "total": _counts(buckets),
        "buckets": [{"from": utc(item.start), "to": utc(item.end), **_counts([item])} for item in buckets],
    }
    from faasctl.report.metrics_table import metrics_table

    run.outcome.text = metrics_table(spec.name, run.outcome.result)


def _counts(buckets: Sequence[InvocationBucket]) -> dict[str, Any]:
    from faasctl.facts.invocation_reports import STATES

    return {state.lower(): sum(bucket.counts[state] for bucket in buckets) for state in STATES}
