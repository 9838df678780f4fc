"""Invocations in buckets of time, by outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from faasctl.emulator.reports import errors
from faasctl.facts.invocation_reports import BUCKETS, FINEST_BUCKET, STATES, SUCCEEDED

if TYPE_CHECKING:
    from faasctl.emulator.functions.state import Functions
    from faasctl.emulator.invocation.recording import Recorder
    from faasctl.emulator.store import Store
    from faasctl.emulator.time_span import Span


class Reports:
    def __init__(self, store: Store, functions: Functions, recorder: Recorder) -> None:
        self._store = store
        self._functions = functions
        self._recorder = recorder

    def invocations(
        self, account: str, uuid: str, span: Span, bucket: int, states: Mapping[str, str]
    ) -> dict[str, Any]:
        """The function's report in buckets of so many seconds; `states` are those to tell, and by which names.

        No states means all of them.
        Buckets begin at whole multiples of their length. All that the span touches are there, empty ones too.
        """
        if bucket not in BUCKETS:
            raise errors.unknown_bucket()
        first = span.start // 1000 // bucket * bucket
        if span.seconds > BUCKETS[bucket]:
            raise errors.span_too_long(bucket)
        function = self._functions.get(account, uuid)
        self._recorder.flush()
        end = span.end // 1000
        shown = {state: states.get(state, state) for state in STATES if state in states or not states}
        counted = {
            (row["start"], row["state"]): row["count"]
            for row in self._store.rows(
                "SELECT bucket / ? * ? AS start, state, sum(count) AS count FROM invocation_counts"
                " WHERE function_uuid = ? AND bucket BETWEEN ? AND ? GROUP BY 1, 2",
                *(bucket, bucket, uuid, first, end),
            )
        }
        return {
            "name": function.name,
            "uuid": uuid,
            "invocationStatistics": [
                {
                    "from": start * 1000,
                    "to": (start + bucket) * 1000,
                    **{name: counted.get((start, state), 0) for state, name in shown.items()},
                }
                for start in range(first, end + 1, bucket)
            ],
        }

    def counts(self, account: str, span: Span) -> list[dict[str, Any]]:
        """Successful and failed invocations of each function that has any, by name."""
        self._recorder.flush()
        rows = self._store.rows(
            "SELECT sum(CASE WHEN i.state = ? THEN i.count ELSE 0 END) AS successful, sum(i.count) AS all_of_them"
            " FROM invocation_counts i JOIN functions f ON f.uuid = i.function_uuid"
            " WHERE f.account = ? AND (i.bucket + ?) * 1000 > ? AND i.bucket * 1000 <= ?"
            " GROUP BY f.uuid ORDER BY f.name",
            *(SUCCEEDED, account, FINEST_BUCKET, span.start, span.end),
        )
        return [
            {
                "successfulInvocations": row["successful"],
                "failedInvocations": row["all_of_them"] - row["successful"],
            }
            for row in rows
        ]
