"""`${…}`: what it becomes, and that it never changes structure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faasctl.definition.interpolation import expand
from faasctl.definition.model import SecretReference

if TYPE_CHECKING:
    from tests.definition.conftest import Project

ENVIRON = {"NAME": "Ada", "EMPTY": "", "YAML": "{a: [b, c]}\n- x: ${NAME}", "BROKEN": "\udcff"}


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("Hello ${NAME}!", "Hello Ada!"),
        ("${NAME}${NAME}", "AdaAda"),
        ("${EMPTY}", ""),
        ("${EMPTY:-x}", "x"),
        ("${NONE:-}", ""),
        ("${NONE:-a:-b $ c}", "a:-b $ c"),
        ("${NAME:-x}", "Ada"),
        ("$${NAME}", "${NAME}"),
        ("$NAME $ $$ {NAME}", "$NAME $ $$ {NAME}"),
        ("${YAML}", ENVIRON["YAML"]),
        ("$${secret:x} ${NAME}", "${secret:x} Ada"),
        ("${secret:order-api_key2}", SecretReference(name="order-api_key2")),
    ],
)
def test_marks_are_replaced(text: str, expanded: object) -> None:
    assert expand(text, ENVIRON) == (expanded, [])


@pytest.mark.parametrize(
    ("text", "rule", "suggested"),
    [
        ("${NONE}", "unset-variable", "${NONE:-default}"),
        ("${NAMES}", "unset-variable", "did you mean NAME?"),
        ("${}", "bad-interpolation", "${NAME}"),
        ("${1A}", "bad-interpolation", "${NAME}"),
        ("${NAME", "bad-interpolation", "a closing } is missing"),
        ("${NAME-x}", "bad-interpolation", "did you mean ${NAME:-x}?"),
        ("${A:-${NAME}}", "bad-interpolation", "defaults hold no braces"),
        ("${secret:}", "bad-interpolation", "a secret's name"),
        ("${secret:a b}", "bad-interpolation", "a secret's name"),
        ("x${secret:a}", "secret-not-allowed", "the whole value"),
    ],
)
def test_a_mark_that_cannot_be_replaced_is_explained(text: str, rule: str, suggested: str) -> None:
    value, problems = expand(text, ENVIRON)
    assert value is None
    assert problems[0][0] == rule
    assert suggested in (problems[0][2] or "")


def test_a_variable_that_is_not_utf_8_is_refused() -> None:
    assert expand("${BROKEN}", ENVIRON)[1][0][0] == "not-utf-8"


def test_every_unset_variable_of_a_text_is_named() -> None:
    assert [problem[1] for problem in expand("${FIRST} ${SECOND}", {})[1]] == [
        "the environment variable FIRST is not set",
        "the environment variable SECOND is not set",
    ]


@given(st.text())
def test_text_without_marks_stays_as_it_is(text: str) -> None:
    if "${" not in text:
        assert expand(text, {}) == (text, [])


@given(st.text(), st.text(alphabet=st.characters(codec="utf-8")))
def test_a_value_is_put_in_as_it_is_and_never_read_again(before: str, value: str) -> None:
    if "$" not in before:
        assert expand(f"{before}${{X}}", {"X": value}) == (before + value, [])


@given(st.text(alphabet="${}:-secretNAME "))
def test_any_text_is_either_replaced_or_explained(text: str) -> None:
    value, problems = expand(text, ENVIRON)
    assert (value is None) == bool(problems)


@settings(deadline=None)
@given(value=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=50))
def test_a_value_never_changes_structure(shared_project: Project, value: str) -> None:
    text = shared_project.minimal.replace("index.js}", "index.js, environment: {A: '${X}', B: b}}")
    assert shared_project.load(text, {"X": value}).function.environment == {"A": value, "B": "b"}


def test_booleans_and_numbers_come_from_the_environment_where_they_are_wanted(project: Project) -> None:
    text = project.minimal + "protected: ${P}\ntest_connection: {timeout: '${T}', budget: '${B}'}\n"
    definition = project.load(text, {"P": "true", "T": "12", "B": "200ms"})
    assert definition.protected is True
    assert (definition.test_connection.timeout, definition.test_connection.budget) == (12.0, 0.2)


def test_a_number_from_the_environment_stays_text_where_text_is_wanted(project: Project) -> None:
    assert project.load(project.minimal.replace("demo", "${ID}"), {"ID": "0123"}).account == "0123"
    assert project.load(project.minimal.replace("Order bot", "${N}"), {"N": "42"}).bot.name == "42"


def test_a_secret_may_stand_in_an_environment_only(project: Project) -> None:
    finding = project.the_finding(project.minimal.replace("demo", "${secret:account}"))
    assert (finding.rule, finding.line, finding.column) == ("secret-not-allowed", 3, 10)


def test_an_unset_variable_is_the_only_finding_at_its_place(project: Project) -> None:
    finding = project.the_finding(project.minimal.replace("local", "${TARGET}"))
    assert (finding.rule, finding.line, finding.column) == ("unset-variable", 2, 9)


def test_nothing_is_replaced_in_comments_and_code(project: Project) -> None:
    project.write("async function lambda() { return `${x}`; }", "functions/OrderBot/index.js")
    assert "${x}" in project.load(project.minimal + "# ${NOT_SET}\n").function.code
