"""Scenario files become data, or every mistake in them is told with its place."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.conversation.scenarios.load import load_scenarios, read_scenarios, scenario_files
from faasctl.conversation.scenarios.model import Budget
from faasctl.conversation.scenarios.rule_table import RULES
from faasctl.errors import InvalidDefinition, UsageError
from tests.conversation.scenarios.conftest import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from faasctl.conversation.scenarios.model import ScenarioFile

SAMPLES = [Path("faasctl/scaffold/scenario.yaml"), Path("examples/conversations/order-bot.yaml")]
ROOT = Path(__file__).parents[3]


def _mistakes(tmp_path: Path, text: str) -> list[tuple[int, int, str]]:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    return [(found.line, found.column, found.rule) for found in read_scenarios([path])[1]]


@pytest.mark.parametrize("path", SAMPLES, ids=str)
def test_the_samples_that_are_shipped_are_right(path: Path) -> None:
    (file,) = load_scenarios([ROOT / path])
    assert file.scenarios


def test_the_examples_of_the_docs_are_right(load: Callable[[str], ScenarioFile]) -> None:
    page = (ROOT / "docs/scenarios.md").read_text("utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        load(example if example.startswith("scenarios:") else f"scenarios:\n{example}")


def test_a_table_of_cases_becomes_a_scenario_for_each_row(load: Callable[[str], ScenarioFile]) -> None:
    file = load(
        "variables: {shop: ours}\n"
        "scenarios:\n"
        "  - name: order {{order}}\n"
        "    cases: [{order: 1001, answer: sent}, {order: 1002, answer: packed}]\n"
        "    steps: [{says: '{{order}}'}]\n"
        "  - name: plain\n"
        "    cases: [{a: x}, {a: y}]\n"
        "    steps: [{says: '{{a}} {{shop}}'}]\n"
    )
    assert [scenario.name for scenario in file.scenarios] == ["order 1001", "order 1002", "plain [x]", "plain [y]"]
    assert file.scenarios[0].variables == {"shop": "ours", "order": "1001", "answer": "sent"}


def test_tags_setup_and_budgets_of_the_file_hold_for_its_scenarios(load: Callable[[str], ScenarioFile]) -> None:
    file = load(
        "tags: [all]\nsetup: {conversation: chat, hooks: false}\nlatency: {p95: 1s, max: 2}\n"
        "scenarios:\n"
        "  - {name: a, tags: [one], setup: {hooks: true}, latency: 300ms, steps: [{waits: 1m}]}\n"
    )
    (scenario,) = file.scenarios
    assert scenario.tags == {"all", "one"}
    assert (scenario.setup.conversation, scenario.setup.hooks) == ("chat", True)
    assert file.budgets == (Budget(percentile=95, seconds=1), Budget(percentile=100, seconds=2))
    assert [budget.title for budget in scenario.budgets] == ["max"]
    assert scenario.steps[0].value == 60


_DEEP = "(" * 5000 + ")" * 5000


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("", [(1, 1, "empty-file")]),
        ("scenarios: {}\n", [(1, 12, "wrong-type")]),
        ("scenarios:\n  - name: a\n    steps: []\n", [(3, 12, "too-few")]),
        ("scenarios:\n  - name: a\n    step: [{says: x}]\n", [(3, 5, "unknown-key")]),
        ("scenarios:\n  - name: a\n    steps: [{sais: x}]\n", [(3, 14, "unknown-key")]),
        ("scenarios:\n  - name: a\n    steps: [{says: x, clicks: y}]\n", [(3, 23, "bad-step")]),
        ("scenarios:\n  - name: a\n    steps: [{expect: {silence: true}}]\n", [(3, 13, "bad-step")]),
        ("scenarios:\n  - name: a\n    steps: [{waits: soon}]\n", [(3, 21, "bad-duration")]),
        ("scenarios:\n  - name: a\n    steps: [{waits: 99h}]\n", [(3, 21, "bad-duration")]),
        ("scenarios:\n  - name: a\n    steps: [{says: '{{b}}'}]\n", [(3, 20, "unknown-variable")]),
        (
            "scenarios:\n  - name: a\n    cases: [{x: 1}, {y: 1}]\n    steps: [{says: x}]\n",
            [(3, 21, "uneven-cases")],
        ),
        (
            "scenarios:\n  - {name: a, steps: [{says: x}]}\n  - {name: a, steps: [{says: x}]}\n",
            [(3, 12, "duplicate-name")],
        ),
        (
            "scenarios:\n  - name: a\n    steps: [{says: x, expect: {texts: [{matches: '('}]}}]\n",
            [(3, 50, "bad-pattern")],
        ),
        (
            "scenarios:\n  - name: a\n    steps: [{says: x, expect: {text: {matches: 'a{9999999999}'}}}]\n",
            [(3, 48, "bad-pattern")],
        ),
        (
            f"scenarios:\n  - name: a\n    steps: [{{says: x, expect: {{text: {{matches: {_DEEP}}}}}}}]\n",
            [(3, 48, "bad-pattern")],
        ),
        (
            "scenarios:\n  - name: a\n    steps: [{says: x, expect: {text: {matches: '[[:alpha:]]'}}}]\n",
            [(3, 48, "bad-pattern")],
        ),
        (
            "scenarios:\n  - name: a\n    steps: [{says: x, capture: {payload: {matches: '('}}}]\n",
            [(3, 52, "bad-pattern")],
        ),
        (
            "setup: {skill: '{{b}}'}\nscenarios:\n  - {name: a, cases: [{b: 1}], steps: []}\n  - {name: c}\n",
            [(1, 16, "unknown-variable"), (3, 39, "too-few"), (4, 5, "missing-key")],
        ),
        (
            "variables: {a: 1, b: 'x{{a}}'}\nscenarios:\n  - {name: a, steps: [{says: '{{b}}'}]}\n",
            [(1, 22, "unknown-variable")],
        ),
        (
            "scenarios:\n  - name: a\n    steps: [{says: x, expect: {error: invoke-lamda}}]\n",
            [(3, 39, "unknown-code")],
        ),
        (
            "scenarios:\n  - name: a\n    steps: [{says: x, expect: {silence: true, texts: [y]}}]\n",
            [(3, 47, "contradiction")],
        ),
        (
            "scenarios:\n  - name: a\n    steps: [{says: x, expect: {silence: true, messages: [{text: y}]}}]\n",
            [(3, 47, "contradiction")],
        ),
        (
            "scenarios:\n  - name: a\n    steps: [{says: x, expect: {messages: [{text: y, private: z}]}}]\n",
            [(3, 43, "contradiction")],
        ),
        ("scenarios:\n  - name: a\n    steps: [{says: x, expect: {ttr: SUPER}}]\n", [(3, 37, "bad-value")]),
        ("scenarios: [\n", [(2, 1, "yaml-syntax")]),
    ],
)
def test_a_mistake_is_told_with_line_column_and_rule(
    tmp_path: Path, text: str, mistakes: list[tuple[int, int, str]]
) -> None:
    assert _mistakes(tmp_path, text) == mistakes


@pytest.mark.parametrize(
    "expect",
    ["{payload: {matches: '('}}", "{silence: true, messages: [{private: x}]}", "{metadata: {matches: '['}}"],
)
def test_what_only_looks_like_a_mistake_is_none(tmp_path: Path, expect: str) -> None:
    assert _mistakes(tmp_path, f"scenarios:\n  - name: a\n    steps: [{{says: x, expect: {expect}}}]\n") == []


def test_cases_that_a_name_does_not_tell_apart_are_numbered(load: Callable[[str], ScenarioFile]) -> None:
    text = "scenarios:\n  - {name: 'of {{x}}', cases: [{x: 1, y: 1}, {x: 1, y: 2}], steps: [{says: '{{y}}'}]}\n"
    assert named(load(text)) == ["of 1", "of 1 [case 2]"]


def test_every_rule_of_the_table_is_applied_somewhere() -> None:
    source = (ROOT / "faasctl/conversation/scenarios/rules.py").read_text("utf-8")
    assert [rule for rule in RULES if f'"{rule}"' not in source] == []


def test_all_mistakes_of_all_files_are_told_at_once_with_suggestions(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yml"):
        (tmp_path / name).write_text("scenarios:\n  - nam: a\n    steps: [{welcom: true}]\n")
    with pytest.raises(InvalidDefinition) as caught:
        load_scenarios(scenario_files(tmp_path))
    found = [(Path(item.file).name, item.line, item.suggestion) for item in caught.value.findings]
    assert found == [
        (name, line, suggestion)
        for name in ("a.yaml", "b.yml")
        for line, suggestion in ((2, "did you mean name?"), (3, "did you mean welcome?"))
    ]


def test_files_of_a_folder_are_found_in_order_and_hidden_ones_are_not(tmp_path: Path) -> None:
    for name in ("b.yaml", "sub/a.yml", ".hidden/x.yaml", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [str(path.relative_to(tmp_path)) for path in scenario_files(tmp_path)] == ["b.yaml", "sub/a.yml"]


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    scan = os.scandir

    def refuse(place: str) -> Any:  # root reads any folder, so permissions would not do
        if str(place).endswith("sub"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), place)
        return scan(place)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(PermissionError) as refused:
        scenario_files(tmp_path)
    assert refused.value.filename == str(tmp_path / "sub")


def test_a_file_that_is_not_there_is_a_mistake_of_the_command_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no scenario file"):
        load_scenarios([tmp_path / "none.yaml"])


@given(text=st.text(max_size=200))
def test_any_text_is_scenarios_or_findings(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(f"scenarios:\n  - name: a\n    steps: [{{says: {text}}}]\n".encode("utf-8", "surrogatepass"))
    files, findings = read_scenarios([path])
    assert bool(files) is not bool(findings)
