"""The table of limits, with what happens past each."""

from __future__ import annotations

from tables import table

from faasctl.facts import events, limits


def limits_table() -> str:
    rows = [
        (
            limit.what,
            limit.unit,
            "" if limit.only == "v1" else f"{limit.value:,}",
            "" if limit.only == "v2" else f"{limit.of('v1'):,}",
            _looser(limit),
            limit.beyond.happens,
            _answer(limit.beyond, limit.only),
            limit.source,
        )
        for limit in limits.ALL
    ]
    refused = (limits.NAME_CHARACTERS.beyond.happens, _answer(limits.NAME_CHARACTERS.beyond))
    names = ("letters, digits, `_`", "letters, digits", "V2: spaces too; V1: `_` too")
    rows.append(("name of a function", "made of", *names, *refused, "C, D, M §4.6"))
    rows += [
        ("functions on an event", "functions", most, most, "", *refused, f"M §5.1: {which}")
        for most, which in _functions_of_events().items()
    ]
    return table(("What", "Counted in", "V2", "V1", "Looser", "Past it", "Answer", "Source"), rows)


def _functions_of_events() -> dict[str, str]:
    """The events by how many functions they take."""
    found: dict[str, list[str]] = {}
    for event in events.CATALOGUE:
        most = "1, or one for each skill" if event.supports_skills else str(event.function_limit)
        found.setdefault(most, []).append(f"`{event.event_id}`")
    return {most: ", ".join(which) for most, which in found.items()}


def _looser(limit: limits.Limit) -> str:
    v2 = None if limit.looser is None else f"V2: {limit.looser:,}"
    v1 = None if limit.looser_v1 is None else f"V1: {limit.looser_v1:,}"
    return "; ".join(filter(None, (v2, v1)))


def _answer(beyond: limits.Beyond, only: str | None = None) -> str:
    """The status, V2's code, and V1's where it is another one."""
    codes = [beyond.code] if only != "v1" else []
    if only != "v2" and beyond.code_v1 not in codes:
        codes.append(beyond.code_v1)
    told = " V1: ".join(f"`{code}`" for code in codes if code is not None)
    return " ".join(filter(None, (str(beyond.status or ""), told)))
