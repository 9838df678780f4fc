"""The section `emulator`: what the local account holds and how it behaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faasctl.definition.model import SecretReference
from faasctl.facts import limits
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from faasctl.findings import Finding
    from tests.definition.conftest import Project

KEYS = """\
emulator:
  platform: v1
  allowed_domains: [api.example.com, "*.example.net"]
  secrets:
    order-key: plain-order-key-value
    number: 12
    kept: ${secret:order-api-key}
  cold_start: 2s
  offline: true
  loose_limits: true
  function_timeout: 10s
"""


def _places(findings: list[Finding]) -> list[tuple[str, int, int]]:
    return [(found.rule, found.line, found.column) for found in findings]


def test_everything_is_taken_over(project: Project) -> None:
    emulator = project.load(project.minimal + KEYS).emulator
    assert (emulator.platform, emulator.cold_start, emulator.offline, emulator.loose_limits) == (
        "v1",
        2.0,
        True,
        True,
    )
    assert emulator.allowed_domains == ("api.example.com", "*.example.net")
    assert emulator.function_timeout == 10.0
    assert emulator.secrets == {
        "order-key": "plain-order-key-value",
        "number": "12",
        "kept": SecretReference(name="order-api-key"),
    }


def test_without_the_section_the_account_is_v2_and_the_verb_decides_about_the_network(project: Project) -> None:
    emulator = project.load(project.minimal).emulator
    assert (emulator.platform, emulator.cold_start, emulator.offline, emulator.loose_limits) == (
        "v2",
        0.0,
        None,
        False,
    )
    assert (emulator.allowed_domains, emulator.secrets, emulator.function_timeout) == ((), {}, 30.0)


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        ("platform: v3", "bad-value", 13),
        ("allowed_domains: [https://a.example.com]", "bad-format", 21),
        ('allowed_domains: ["*.*.example.com"]', "bad-format", 21),
        ('allowed_domains: ["*.com"]', "bad-format", 21),
        ("allowed_domains: [a.example.com, a.example.com]", "duplicate-entry", 36),
        ("secrets: {not a name: x}", "bad-name", 13),
        ("secrets: {LIVEPERSON_DEFAULT_APP_KEY: x}", "reserved-name", 13),
        ("cold_start: soon", "bad-duration", 15),
        ("cold_start: 2d", "bad-duration", 15),
        ("offline: yes", "yaml-1.1-boolean", 12),
        ("loose_limits: 1", "wrong-type", 17),
        ("function_timeout: 0", "bad-duration", 21),
        ("function_timeout: 31", "bad-duration", 21),
        ("function_timeout: 30.1s", "bad-duration", 21),
        ("function_timeout: 1m", "bad-duration", 21),
    ],
)
def test_what_cannot_be_is_told_with_its_place(project: Project, line: str, rule: str, column: int) -> None:
    findings = project.findings(f"{project.minimal}emulator:\n  {line}\n")
    assert _places(findings) == [(rule, 10, column)]


@pytest.mark.parametrize(
    ("platform", "longest"),
    [
        ("v2", limits.SECRET_VALUE_CHARACTERS.value - 2),  # two quotes, as JSON has them
        ("v1", limits.SECRET_VALUE_CHARACTERS.of("v1")),
    ],
)
def test_a_secret_may_be_as_long_as_the_platform_takes(project: Project, platform: str, longest: int) -> None:
    text = f"{project.minimal}emulator:\n  platform: {platform}\n  secrets:\n    a: "
    assert project.findings(text + "x" * longest + "\n") == []
    (found,) = project.findings(text + "x" * (longest + 1) + "\n")
    assert (found.rule, found.line, found.column) == ("too-long", 12, 8)


def test_the_value_of_a_secret_is_never_shown(project: Project) -> None:
    definition = project.load(project.minimal + KEYS)
    assert "plain-order-key-value" not in repr(definition)
    assert "plain-order-key-value" not in redactor.text("it is plain-order-key-value")
    (found,) = project.findings(project.minimal + "emulator:\n  secrets:\n    a: [tell-no-one]\n")
    assert "tell-no-one" not in str(found)
    (found,) = project.findings(project.minimal + "emulator:\n  secrets: {a: true}\n")
    assert str(found).count("true") == 0


def test_a_function_whose_interface_is_not_that_of_the_account_is_a_mistake(project: Project) -> None:
    text = project.minimal.replace("index.js}", "index.js, interface: v2}") + "emulator: {platform: v1}\n"
    (found,) = project.findings(text)
    assert (found.rule, found.line, found.severity) == ("interface-mismatch", 4, "error")
    assert project.findings(text, target="cloud") == []
