"""Whatever a file holds: a Definition or findings, never anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from faasctl.definition.rules import RULES

if TYPE_CHECKING:
    from tests.definition.conftest import Project

PIECES = [
    *"\n :-,[]{}&*!|>'\"%@#?~\t${}",
    *("a", "&a ", "*a", "<<: ", "\n  ", "version: 1\n", "target: local\n", "bot:\n  ", "name: ", "function: "),
    *("environment: ", "${HOME}", "${secret:x}", "!!str ", "---\n", "yes", "012", "1:30", "2026-11-20"),
]


def assert_findings_are_in_order(project: Project, text: str | bytes) -> None:
    findings = project.findings(text, {"HOME": "/root"})
    assert findings == sorted(findings, key=lambda f: (f.file != str(project.path), f.file, f.line, f.column))
    assert all(finding.rule in RULES and finding.line > 0 and finding.column > 0 for finding in findings)
    lines = (text if isinstance(text, str) else text.decode("utf-8", "replace")).count("\n") + 2
    assert all(finding.line <= lines or finding.file != str(project.path) for finding in findings)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(shared_project: Project, raw: bytes) -> None:
    assert_findings_are_in_order(shared_project, raw.replace(b"\xe2\x80", b"").replace(b"\xc2\x85", b""))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3, alphabet="ab1é"), max_size=40).map("".join))
def test_anything_like_yaml(shared_project: Project, text: str) -> None:
    assert_findings_are_in_order(shared_project, text)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_definition_with_a_piece_put_anywhere(shared_project: Project, data: st.DataObject) -> None:
    text = shared_project.minimal
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 8))
    piece = data.draw(st.sampled_from(PIECES))
    assert_findings_are_in_order(shared_project, text[:at] + piece + text[at + cut :])
