"""The log entries that the platform keeps of a function: the query, and the CSV that comes (functions-api §8)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from faasctl.facts.log_export import COLUMNS, SEPARATOR
from faasctl.liveperson.exchange import unreadable
from faasctl.liveperson.model import KeptEntry
from faasctl.log_entry import LogEntry

if TYPE_CHECKING:
    from faasctl.liveperson.exchange import Answer

ACCEPT = "text/csv, */*"
_LONGEST_NUMBER = 20


def export_query(start: int, end: int, levels: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The query of one export; times are Unix time in milliseconds."""
    times = (("startTimestamp", str(start)), ("endTimestamp", str(end)))
    return (*times, *(("filterLevels", level) for level in levels))


def parse_export(answer: Answer, purpose: str) -> tuple[KeptEntry, ...]:
    """The entries of an export by time; UnreadableAnswer when it is not the documented CSV."""
    text = answer.body.decode("utf-8-sig", "replace").replace(
        "\0", "\N{REPLACEMENT CHARACTER}"
    )  # Python 3.10 takes none
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATOR)
    try:
        heads = next(rows, None)
        if heads is None or not set(COLUMNS) <= set(heads):
            raise unreadable(answer, purpose, f"is no log export: its first line should name {', '.join(COLUMNS)}")
        entries = [_entry(dict(zip(heads, row, strict=False)), answer, purpose) for row in rows if row]
    except csv.Error as error:
        raise unreadable(answer, purpose, f"is not CSV: {error}") from None
    return tuple(sorted(entries, key=lambda kept: kept.entry.timestamp))


def _entry(fields: dict[str, str], answer: Answer, purpose: str) -> KeptEntry:
    moment = _milliseconds(fields.get("timestamp", ""))
    if moment is None or len(fields) < len(COLUMNS):
        raise unreadable(answer, purpose, f"is no log export: a line is not of the form {SEPARATOR.join(COLUMNS)}")
    return KeptEntry(
        request_id=fields["requestID"],
        entry=LogEntry(
            level=fields["level"],
            message=fields["message"],
            extras=_extras(fields["extras"]),
            timestamp=moment,
        ),
    )


def _milliseconds(text: str) -> int | None:
    """Unix time in milliseconds. Dates as in HTTP headers, which the pages' sample has (§18, 21), and those of ISO
    8601, which all other calls have (§3), are read too."""
    if text.isascii() and text.isdecimal():
        return int(text) if len(text) <= _LONGEST_NUMBER else None
    for read in (_iso, parsedate_to_datetime):
        try:
            moment = read(text)
        except ValueError:
            continue
        return round((moment if moment.tzinfo else _utc(moment)).timestamp() * 1000)
    return None


def _iso(text: str) -> datetime:
    return datetime.fromisoformat(f"{text[:-1]}+00:00" if text.endswith("Z") else text)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=timezone.utc)


def _extras(text: str) -> tuple[Any, ...]:
    """The extras of an entry; what is no JSON array is kept as it stands, for logs are never worth an error."""
    if not text:
        return ()
    try:
        extras = json.loads(text)
    except (ValueError, RecursionError):
        return (text,)
    return tuple(extras) if isinstance(extras, list) else (extras,)
