"""YAML: what is read, what is refused, and the bounds that keep a made-up file from doing harm."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from tests.definition.conftest import Project


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a:\n  b: x\n\tc: y\n", 3, 1, "a tab indents this line"),
        ("a: [1, 2\nb: 3\n", 1, 4, "a list that starts with [ is not closed"),
        ("a: {b: 1\n", 1, 4, "a mapping that starts with { is not closed"),
        ("a: 'x\n", 1, 4, "a quoted text is not closed"),
        ("a: b: c\n", 1, 5, "a key does not fit here"),
        ("a: @x\n", 1, 4, "a value may not start with this character"),
        ("- a\nb: c\n", 2, 1, "a list entry or the end of a list is wanted here"),
        ('a: "\\q"\n', 1, 5, "an escape that YAML does not know"),
        ("a: ]\n", 1, 4, "a value is wanted here"),
        ("ä: x\r\na:\r\n\tb: x\r\n", 3, 1, "a tab indents this line"),
        ("a: [*.b]\n", 1, 5, "* and & stand for an alias and an anchor, and a name is missing here"),
        ("%YAML 3.0\n---\na: b\n", 1, 1, "this line asks for another YAML than 1.1 or 1.2"),
    ],
)
def test_a_syntax_error_is_told_in_plain_words_where_it_is(
    project: Project, text: str, line: int, column: int, message: str
) -> None:
    finding = project.the_finding(text)
    assert (finding.rule, finding.line, finding.column) == ("yaml-syntax", line, column)
    assert finding.message == message
    assert finding.suggestion


def test_mistakes_before_a_syntax_error_are_reported_with_it(project: Project) -> None:
    assert [f.rule for f in project.findings("version: 1\nversion: 1\nbot: [\n")] == [
        "duplicate-key",
        "yaml-syntax",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", '""\n'])
def test_an_empty_definition_says_so(project: Project, text: str) -> None:
    assert project.the_finding(text).rule == "empty-file"


@pytest.mark.parametrize("text", ["- 1\n", "text\n", "5\n", "null\n"])
def test_a_definition_is_a_mapping(project: Project, text: str) -> None:
    finding = project.the_finding(text)
    assert finding.rule == "wrong-type"
    assert "a mapping is wanted" in finding.message


def test_bytes_that_are_not_utf_8_are_named_with_their_place(project: Project) -> None:
    finding = project.the_finding(b"version: 1\nbot: caf\xe9\n")
    assert (finding.rule, finding.line, finding.column) == ("not-utf-8", 2, 9)


def test_a_binary_file_is_refused(project: Project) -> None:
    finding = project.the_finding(b"version: 1\n\x00\x01")
    assert (finding.rule, finding.line, finding.column) == ("bad-character", 2, 1)


def test_a_second_document_is_refused_and_the_first_is_checked(project: Project) -> None:
    findings = project.findings(project.minimal + "more: 1\n---\nversion: 1\n")
    assert [(f.rule, f.line) for f in findings] == [("unknown-key", 9), ("several-documents", 10)]


@pytest.mark.parametrize("value", ["!!int 1", "!!python/object/apply:os.system [true]", "!mine x", "!!seq {}"])
def test_tags_are_refused(project: Project, value: str) -> None:
    finding = project.the_finding(project.minimal.replace("version: 1", f"version: {value}"))
    assert (finding.rule, finding.line, finding.column) == ("yaml-tag", 1, 10)


def test_the_tag_for_text_makes_text(project: Project) -> None:
    assert project.the_finding(project.minimal.replace("version: 1", "version: !!str 1")).rule == "wrong-type"
    assert project.load(project.minimal.replace("Order bot", "!!str 5")).bot.name == "5"


def test_a_key_that_is_no_text_is_refused(project: Project) -> None:
    assert project.the_finding(project.minimal + "? [a, b]\n: c\n").rule == "bad-key"


def test_a_duplicate_key_names_both_lines(project: Project) -> None:
    finding = project.the_finding(project.minimal + "account: other\n")
    assert (finding.line, finding.column) == (9, 1)
    assert finding.message == "account stands here twice, first in line 3"


def test_aliases_and_merge_keys_bring_values_to_several_places(project: Project) -> None:
    text = project.minimal.replace(
        "code: functions/OrderBot/index.js",
        "code: functions/OrderBot/index.js, environment: &env {A: one, B: two}",
    )
    text += "hooks:\n  pre: {name: Pre, code: functions/OrderBotPre, environment: *env}\n"
    text += "  post: {name: Post, code: functions/OrderBotPost, environment: {<<: *env, B: 2}}\n"
    definition = project.load(text)
    assert definition.hooks["pre"].environment == {"A": "one", "B": "two"}
    assert definition.hooks["post"].environment == {"A": "one", "B": "2"}


def test_a_mistake_behind_an_alias_is_reported_once(project: Project) -> None:
    text = project.minimal.replace("index.js}", "index.js, environment: &env {A: true, B: '${NO}'}}")
    text += "hooks: {pre: {name: Pre, code: functions/OrderBotPre, environment: *env}}\n"
    assert [f.rule for f in project.findings(text)] == ["wrong-type", "unset-variable"]


def test_a_merge_key_takes_mappings_only(project: Project) -> None:
    assert project.the_finding(project.minimal + "<<: 5\n").rule == "bad-merge"


def test_an_unknown_alias_gets_a_suggestion(project: Project) -> None:
    finding = project.the_finding("version: &one 1\ntarget: *onn\n")
    assert (finding.rule, finding.line, finding.column) == ("unknown-alias", 2, 9)
    assert finding.suggestion == "did you mean one?"


def test_an_anchor_that_holds_itself_is_refused(project: Project) -> None:
    assert project.the_finding("version: &a [*a]\n").rule == "unknown-alias"


def test_a_billion_laughs_ends_at_once(project: Project) -> None:
    lines = ["a: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    started = time.monotonic()
    assert project.the_finding("\n".join(lines)).rule == "too-many-aliases"
    assert time.monotonic() - started < 20  # all of it would never end


def test_more_aliases_than_anyone_needs_are_refused(project: Project) -> None:
    text = "a: &a 1\nb: [" + ", ".join(["*a"] * 101) + "]\n"
    assert project.the_finding(text).rule == "too-many-aliases"


@pytest.mark.parametrize("text", ["[" * 200_000, "{a: " * 60_000, "- " * 100_000, "? " * 100_000])
def test_deep_nesting_ends_at_once(project: Project, text: str) -> None:
    assert project.the_finding(text).rule == "too-deep"


def test_depth_counts_through_aliases(project: Project) -> None:
    text = f"a: &a {'[' * 20}{']' * 20}\nb: {'[' * 15}*a{']' * 15}\n"
    assert project.the_finding(text).rule == "too-deep"


def test_a_file_of_many_values_is_refused(project: Project) -> None:
    assert project.the_finding("a: [" + "1," * 20_000 + "]").rule == "too-large"


def test_a_large_file_is_not_even_parsed(project: Project) -> None:
    assert project.the_finding(project.minimal + "#" * 300_000).rule == "too-large"


def test_without_the_c_parser_places_are_the_same(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    text = project.minimal + "more: &a [1]\nless: *a\nless: yes\n"
    with_c = project.findings(text)
    monkeypatch.delattr(yaml, "CBaseLoader")
    assert project.findings(text) == with_c
    assert project.the_finding("a: [1, 2\nb: 3\n").rule == "yaml-syntax"
