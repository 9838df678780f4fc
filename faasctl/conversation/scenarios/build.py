"""A checked document -> scenarios; a scenario with a table of cases becomes one for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.conversation.connector_settings import Combining
from faasctl.conversation.scenarios.model import Budget, Place, Scenario, ScenarioFile, Setup, Step
from faasctl.conversation.scenarios.schema import STEP_KEYS
from faasctl.conversation.scenarios.variables import filled
from faasctl.durations import parse_duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from faasctl.definition.document import Document

_PLAIN = ("conversation", "channel", "welcome_message", "engagement_attributes", "encoded_metadata", "skill")
_PLAIN_TOO = ("open_conversations", "hooks", "transfer_to_agent", "visitor_session", "faults")
_LISTS = ("skills", "agents", "image_hosts", "failing_skills", "metadata")


def build(document: Document, file: str) -> ScenarioFile:
    """The scenarios of a document without mistakes."""
    data = document.data
    scenarios: list[Scenario] = []
    names: set[str] = set()
    for index, written in enumerate(data["scenarios"]):
        path = ("scenarios", index)
        line, column = document.place(path)
        place = Place(file=file, line=line, column=column)
        shared = {**data.get("variables", {}), **written.get("variables", {})}
        rows = written.get("cases") or [{}]
        for number, row in enumerate(rows, 1):
            variables = {name: filled(text_of(value), {}) for name, value in {**shared, **row}.items()}
            name = str(filled(written["name"], variables))
            if "cases" in written and name == written["name"]:
                name = f"{name} [{', '.join(map(text_of, row.values())) or number}]"
            if name in names:
                name = f"{name} [case {number}]"
            names.add(name)
            scenarios.append(
                Scenario(
                    name=name,
                    written_name=written["name"],
                    tags=frozenset([*data.get("tags", ()), *written.get("tags", ())]),
                    setup=_setup({**data.get("setup", {}), **written.get("setup", {})}, variables),
                    variables=variables,
                    budgets=budgets_of(written.get("latency")),
                    steps=tuple(
                        _step(document, file, (*path, "steps", step), item)
                        for step, item in enumerate(written["steps"])
                    ),
                    place=place,
                )
            )
    return ScenarioFile(file=file, scenarios=tuple(scenarios), budgets=budgets_of(data.get("latency")))


def text_of(value: Any) -> str:
    """A variable's value as it stands in a text."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def budgets_of(written: Any) -> tuple[Budget, ...]:
    if written is None:
        return ()
    spans = written if isinstance(written, dict) else {"max": written}
    return tuple(
        Budget(percentile=100.0 if name == "max" else float(name[1:]), seconds=seconds_of(span))
        for name, span in spans.items()
    )


def seconds_of(span: str | float) -> float:
    """A span of time as the schema takes it."""
    return parse_duration(span) if isinstance(span, str) else float(span)


def _setup(written: Mapping[str, Any], variables: Mapping[str, str]) -> Setup:
    written = filled(written, variables)
    known: dict[str, Any] = {name: written[name] for name in (*_PLAIN, *_PLAIN_TOO) if name in written}
    known |= {name: tuple(written[name]) for name in _LISTS if name in written}
    if "combine" in written:
        combine = written["combine"]
        window = seconds_of(combine["window"])
        after = combine.get("after_typing")
        known["combine"] = Combining(
            most=combine["max"],
            window=window,
            after_typing=window if after is None else seconds_of(after),
        )
    return Setup(**known)


def _step(document: Document, file: str, path: tuple[str | int, ...], written: Mapping[str, Any]) -> Step:
    kind: Any = next(key for key in STEP_KEYS if key in written)
    line, column = document.place(path)
    value = written[kind]
    return Step(
        kind=kind,
        value=seconds_of(value) if kind == "waits" else value,
        expect=written.get("expect", {}),
        capture=written.get("capture", {}),
        metadata=tuple(written.get("metadata", ())),
        place=Place(file=file, line=line, column=column),
        path=path,
    )
