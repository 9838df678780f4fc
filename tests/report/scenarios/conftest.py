"""A run with one scenario of each ending."""

from __future__ import annotations

from pathlib import Path

import pytest

from faasctl.conversation.scenarios.latency import judge_budgets
from faasctl.conversation.scenarios.load import load_scenarios
from faasctl.conversation.scenarios.results import ScenarioResult, SuiteResult
from faasctl.conversation.scenarios.running import run_scenario
from faasctl.errors import Unreachable
from tests.conversation.scenarios.conftest import SETTINGS, Bot

TEXT = """\
latency: {max: 1ms}
scenarios:
  - name: greets
    steps: [{says: hello, expect: {texts: [hello]}}]
  - name: "says <b>, | and %"
    steps: [{says: "<script>\\u0007", expect: {texts: ["a|b"]}}]
  - name: unreachable
    steps: [{says: x}]
  - name: late
    steps: [{says: x}]
"""


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SuiteResult:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "some.yaml").write_text(TEXT, encoding="utf-8")
    (file,) = load_scenarios([tmp_path / "some.yaml"])
    passed, failed = (run_scenario(scenario, SETTINGS, Bot()) for scenario in file.scenarios[:2])
    broken = ScenarioResult(scenario=file.scenarios[2], status="error", error=Unreachable("nobody is there"))
    late = ScenarioResult(scenario=file.scenarios[3], status="not-run")
    results = (passed, failed, broken, late)
    return SuiteResult(results=results, budgets=judge_budgets([file], results), seed=42, seconds=1.5)
