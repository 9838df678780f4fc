"""`--record` writes what the bot does, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from faasctl.conversation.scenarios.load import load_scenarios
from faasctl.conversation.scenarios.recording import Recorded, record
from faasctl.conversation.scenarios.running import run_scenario
from tests.conversation.scenarios.conftest import SETTINGS, Bot, told

ANSWERS = {
    "bye": {"messages": ["Bye"], "context": {"action": "TRANSFER", "actionParameters": {"skill": "Billing"}}},
    "braces": {"messages": ["{{name}}"]},
    "bad": {},
}


def _recorded(path: Path, text: str) -> Recorded:
    path.write_bytes(text.encode())
    (file,) = load_scenarios([path])
    results = [run_scenario(item, SETTINGS, Bot(answers=ANSWERS), expecting=False) for item in file.scenarios]
    return record(text, results)


def _passes(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    for file in load_scenarios([path]):
        for scenario in file.scenarios:
            assert told(run_scenario(scenario, SETTINGS, Bot(answers=ANSWERS))) == []


TEXT = """\
# what the bot must say
scenarios:
  - name: one   # of many
    steps:
      - says: hello    # first

      # then
      - says: bye
        expect:
          texts: [nope]      # wrong
          transfer: Sales
          latency: 1s

      - {says: again}
  # the end
"""
RECORDED = """\
# what the bot must say
scenarios:
  - name: one   # of many
    steps:
      - says: hello    # first
        expect:
          texts:
          - equals: hello

      # then
      - says: bye
        expect:
          texts:
          - equals: Bye
          transfer: Billing
          latency: 1s

      - {says: again, expect: {"silence": true}}
  # the end
"""


def test_only_expectations_that_fail_or_are_missing_are_written(tmp_path: Path) -> None:
    recorded = _recorded(tmp_path / "a.yaml", TEXT)
    assert recorded.text == RECORDED
    assert (recorded.steps, recorded.left) == (3, 0)
    _passes(tmp_path / "a.yaml", recorded.text)


def test_what_was_recorded_is_recorded_no_more(tmp_path: Path) -> None:
    again = _recorded(tmp_path / "a.yaml", RECORDED)
    assert (again.text, again.steps) == (RECORDED, 0)


@pytest.mark.parametrize(
    "steps",
    [
        "[{says: braces}]",
        "[{says: bad}]",
        "[{says: bad, expect: {texts: [x]}}]",
        "[{says: bye, expect: {transfer: false}}]",
        "[{says: hello, expect: {not: {texts: [hello]}, texts: [hello]}}]",
    ],
)
def test_what_was_recorded_passes(tmp_path: Path, steps: str) -> None:
    text = f"scenarios:\n- name: a\n  steps: {steps}\n"
    recorded = _recorded(tmp_path / "a.yaml", text)
    if "not:" not in steps:
        _passes(tmp_path / "a.yaml", recorded.text)
    else:
        assert "not" in recorded.text  # what must not be is for a person to change


def test_cases_that_behave_differently_are_left_alone(tmp_path: Path) -> None:
    text = "scenarios:\n  - name: a\n    cases: [{x: 1}, {x: 2}]\n    steps: [{says: '{{x}}'}, {says: same}]\n"
    recorded = _recorded(tmp_path / "a.yaml", text)
    assert (recorded.steps, recorded.left) == (1, 1)
    _passes(tmp_path / "a.yaml", recorded.text)


def test_what_holds_with_a_captured_value_stays(tmp_path: Path) -> None:
    steps = "[{says: order 7, capture: {n: {matches: '\\d'}}}, {says: no 7, expect: {texts: ['no {{n}}']}}]"
    recorded = _recorded(tmp_path / "a.yaml", f"scenarios:\n- name: a\n  steps: {steps}\n")
    assert recorded.steps == 1
    assert "['no {{n}}']" in recorded.text


SHARED = """\
scenarios:
  - &one
    name: one
    steps:
      - &hello
        says: hello   # twice
      - *hello
  - <<: *one
    name: two
"""


def test_a_step_that_stands_in_several_places_is_written_once(tmp_path: Path) -> None:
    recorded = _recorded(tmp_path / "a.yaml", SHARED)
    assert (recorded.steps, recorded.left) == (1, 0)
    assert recorded.text.count("equals: hello") == 1
    _passes(tmp_path / "a.yaml", recorded.text)


def test_the_ends_of_lines_stay_as_they_are(tmp_path: Path) -> None:
    recorded = _recorded(tmp_path / "a.yaml", TEXT.replace("\n", "\r\n"))
    assert recorded.text == RECORDED.replace("\n", "\r\n")
