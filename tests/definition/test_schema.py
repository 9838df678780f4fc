"""The schema for editors says the same as the loader, and tells enough to write the docs from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator, meta

from faasctl.definition.schema import definition_schema

if TYPE_CHECKING:
    from tests.definition.conftest import Project

STRUCTURAL = {
    *("unknown-key", "missing-key", "wrong-type", "yaml-1.1-boolean", "bad-value", "bad-format", "bad-duration"),
    *("bad-date", "bad-name", "too-long", "too-many", "duplicate-entry"),
}

TEXTS = st.text(
    alphabet=st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"], exclude_characters="$"), max_size=60
)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.sampled_from(["yes", "", " ", "v1", "S"])
    | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
SPANS = st.sampled_from(["1s", "500ms", "2 m", 5, 1.5, -1, 86_401, "x", "1:30", "", None])


def complete() -> dict[str, Any]:
    return {
        "version": 1,
        "target": "local",
        "account": "demo",
        "function": {
            "name": "OrderBot",
            "description": "d",
            "code": "functions/OrderBot",
            "environment": {"A": "x"},
            "skills": [],
            "size": "M",
            "interface": "v2",
        },
        "hooks": {"pre": {"name": "Pre", "code": "functions/OrderBotPre", "environment": {"B": 5}}},
        "bot": {
            "name": "Order bot",
            "agent": "a",
            "conversation": "messaging",
            "welcome_message": True,
            "engagement_attributes": False,
            "escalation": {"skill": "s", "message_to_agent": "m"},
            "data_disclaimer": {"accepted_by": "j", "accepted_on": "2026-11-20"},
        },
        "test_connection": {"timeout": "3s", "budget": 1},
        "conversations": "conversations",
        "emulator": {"skills": ["s"], "agents": ["a"], "image_hosts": ["cdn.example.com"], "deploy_delay": 0},
        "protected": False,
    }


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*path, key)
        yield from places(value[key], (*path, key))


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A complete definition in which some values were replaced, removed or added."""
    document = complete()
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(list(places(document))))
        parent: Any = document
        for step in path[:-1]:
            parent = parent[step]
        what = draw(st.sampled_from(["replace", "remove", "add"]))
        if what == "remove":
            del parent[path[-1]]
        elif what == "replace":
            span = path[-1] in ("timeout", "budget", "deploy_delay")
            parent[path[-1]] = draw(SPANS if span else ANYTHING)
        elif isinstance(parent, dict):
            parent[draw(TEXTS | st.sampled_from(["size", "event", "A1"]))] = draw(ANYTHING)
        else:
            parent.append(draw(ANYTHING))
    return document


VALIDATOR = Draft202012Validator(definition_schema())


@settings(max_examples=400, deadline=None)
@given(documents())
def test_the_schema_and_the_loader_agree(shared_project: Project, document: dict[str, Any]) -> None:
    findings = shared_project.findings(json.dumps(document), {})
    structural = [finding for finding in findings if finding.rule in STRUCTURAL]
    assert VALIDATOR.is_valid(document) == (not structural), findings


def test_the_schema_is_a_schema() -> None:
    schema = definition_schema()
    meta.validate(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "x-" not in json.dumps(schema).replace("x-1", "")


def test_the_schema_is_a_copy_that_may_be_changed() -> None:
    definition_schema()["properties"]["bot"]["properties"].clear()
    assert definition_schema()["properties"]["bot"]["properties"]


@pytest.mark.parametrize(
    "path",
    [("target",), ("account",), ("protected",), ("bot", "welcome_message"), ("bot", "conversation")],
)
def test_an_editor_takes_an_interpolation_for_any_value(path: tuple[str, ...]) -> None:
    document = complete()
    parent = document
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = "${VALUE:-x}"
    assert VALIDATOR.is_valid(document)


def every_key(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any], bool]]:
    for name, part in schema.get("properties", {}).items():
        yield f"{path}{name}", part, name in schema["required"]
        yield from every_key(part, f"{path}{name}.")


def test_every_key_has_a_description_an_example_and_a_default_or_a_reason_for_none() -> None:
    schema = definition_schema()
    found = [*every_key(schema), *every_key(schema["$defs"]["function"], "function.")]
    assert len(found) > 35
    # No value stands for these: without them the thing is not there, or the description says what happens.
    without = {
        *("hooks.pre", "hooks.post", "hooks.error", "bot.data_disclaimer", "conversations", "function.event"),
        *("function.description", "function.size", "function.interface", "emulator.skills", "emulator.agents"),
        *(
            "emulator.image_hosts",
            "emulator.offline",
            "bot.escalation.message_to_customer",
            "bot.escalation.message_to_agent",
        ),
        *("bot.escalation.failure_message", "test_connection.budget"),
        *("bot.combine_messages", "bot.combine_messages.after_typing"),
    }
    for name, part, required in found:
        assert len(part["description"]) > 8, name
        assert part["examples"], name
        assert ("default" in part) == (not required and name not in without), name


def test_every_example_is_valid() -> None:
    schema = definition_schema()
    definitions = {"$defs": schema["$defs"]}
    for name, part, _ in [*every_key(schema), *every_key(schema["$defs"]["function"], "function.")]:
        for example in part["examples"]:
            assert Draft202012Validator({**definitions, **part}).is_valid(example), (name, example)
