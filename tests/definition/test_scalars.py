"""Types by the core schema of YAML 1.2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.definition.scalars import plain_value, yaml_1_1_boolean

if TYPE_CHECKING:
    from tests.definition.conftest import Project


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("nULL", "nULL"),
        ("true", True),
        ("TRUE", True),
        ("false", False),
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("12", 12),
        ("-3", -3),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        ("1.5", 1.5),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1:30", "1:30"),
        ("2026-11-20", "2026-11-20"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("+", "+"),
        ("١٢", "١٢"),
    ],
)
def test_a_plain_scalar_has_the_type_of_the_core_schema(text: str, value: object) -> None:
    found = plain_value(text)
    assert (found, type(found)) == (value, type(value))


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_back_as_they_were_written(number: float) -> None:
    assert plain_value(str(number)) == number or abs(number) >= 10**18


@given(st.text())
def test_every_text_has_a_value(text: str) -> None:
    value = plain_value(text)
    assert value == text or not isinstance(value, str)


@pytest.mark.parametrize(("text", "meant"), [("Yes", True), ("OFF", False), ("y", True), ("true", None)])
def test_the_booleans_of_yaml_1_1_are_known(text: str, meant: bool | None) -> None:
    assert yaml_1_1_boolean(text) is meant


@pytest.mark.parametrize(("written", "meant"), [("no", "false"), ("On", "true"), ("'yes'", "true")])
def test_a_boolean_of_yaml_1_1_is_explained(project: Project, written: str, meant: str) -> None:
    finding = project.the_finding(f"{project.minimal}protected: {written}\n")
    assert (finding.rule, finding.suggestion) == ("yaml-1.1-boolean", f"write {meant}")


def test_a_country_code_stays_text(project: Project) -> None:
    text = project.minimal.replace("index.js}", "index.js, environment: {COUNTRY: no, DAY: 2026-11-20}}")
    assert project.load(text).function.environment == {"COUNTRY": "no", "DAY": "2026-11-20"}
