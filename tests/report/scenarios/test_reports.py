"""Reports of a run: failures and errors apart, in every form, whatever the texts hold."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from faasctl.conversation.scenarios.coverage import CoverageBook
from faasctl.conversation.scenarios.load import load_scenarios
from faasctl.conversation.scenarios.results import SuiteResult
from faasctl.conversation.scenarios.running import run_scenario
from faasctl.errors import UsageError
from faasctl.log_entry import LogEntry
from faasctl.redaction import redactor
from faasctl.report.json_report import JsonReporter
from faasctl.report.outcome import Outcome
from faasctl.report.scenarios.as_json import suite_as_json
from faasctl.report.scenarios.coverage_lines import coverage_lines
from faasctl.report.scenarios.coverage_page import coverage_page
from faasctl.report.scenarios.failures import failure_lines, summary
from faasctl.report.scenarios.files import FORMATS, WantedReport, make_room, read_wish, write_reports
from faasctl.report.scenarios.github import github_annotations, step_summary
from faasctl.report.scenarios.html import html_page
from faasctl.report.scenarios.junit import junit
from faasctl.report.scenarios.latency_plot import latency_plot
from faasctl.report.scenarios.progress import Lines
from tests.conversation.scenarios.conftest import SETTINGS, Bot


def test_a_failure_shows_the_transcript_with_the_difference(suite: SuiteResult) -> None:
    lines = failure_lines(suite.results[1])
    assert lines[:2] == ["FAILED says <b>, | and %", "  at some.yaml:6:13"]
    assert lines[-1] == "    ✗ texts[0]: '<script>\\x07' is not 'a|b'"
    assert "    > <script>\x07" in lines
    assert summary(suite) == "1 passed, 1 failed, 1 could not run, 1 not run in 1.50 s, seed 42"


def test_a_log_entry_is_told_with_its_extras(tmp_path: Path) -> None:
    (tmp_path / "said.yaml").write_text(ONE, encoding="utf-8")
    (file,) = load_scenarios([tmp_path / "said.yaml"])
    bot = Bot(logs=(LogEntry(level="Error", message="order", extras=({"status": 503}, "late")),))
    lines = failure_lines(run_scenario(file.scenarios[0], SETTINGS, bot))
    assert '    · Error: order {"status": 503} "late"' in lines


def _said(text: str, tmp_path: Path, reply: str) -> SuiteResult:
    """A run of one scenario that fails: the bot answers `reply`."""
    (tmp_path / "said.yaml").write_text(text, encoding="utf-8")
    (file,) = load_scenarios([tmp_path / "said.yaml"])
    result = run_scenario(file.scenarios[0], SETTINGS, Bot(answers={"x": {"messages": [reply]}}))
    return SuiteResult(results=(result,), budgets=(), seed=1, seconds=1)


ONE = "scenarios: [{name: it, steps: [{says: x, expect: {texts: [no]}}]}]\n"


@pytest.mark.parametrize(
    ("agents", "told"), [("['42']", "Billing, agent 42"), ("['43']", "Billing, not to agent 42")]
)
def test_a_transfer_is_told_as_it_went(tmp_path: Path, agents: str, told: str) -> None:
    setup = f"skills: [Billing], agents: {agents}"
    (tmp_path / "said.yaml").write_text(ONE.replace("steps:", f"setup: {{{setup}}}, steps:"), encoding="utf-8")
    (file,) = load_scenarios([tmp_path / "said.yaml"])
    context = {"action": "TRANSFER", "actionParameters": {"skill": "Billing", "agentId": "42"}}
    bot = Bot(answers={"x": {"messages": ["ok"], "context": context}})
    lines = failure_lines(run_scenario(file.scenarios[0], SETTINGS, bot))
    assert f"    · transferred to {told}" in lines


def test_a_long_text_is_cut_and_further_lines_of_one_are_marked(tmp_path: Path) -> None:
    lines = failure_lines(_said(ONE, tmp_path, f"a\n::error::b\n{'c' * 5000}").results[0])
    assert "    | ::error::b" in lines
    assert f"    | {'c' * 587}… (5,013 characters)" in lines


def test_what_was_wanted_and_found_stands_below_its_difference(tmp_path: Path) -> None:
    steps = "[{says: x, expect: {payload: {message: y}, silence: true}}]"
    lines = failure_lines(_said(f"scenarios: [{{name: it, steps: {steps}}}]\n", tmp_path, "hi").results[0])
    assert [line.split()[0] for line in lines[-4:]] == ["✗", "wanted", "found", "✗"]


def test_an_annotation_is_one_line_whatever_the_bot_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suite = _said(ONE, tmp_path, "a\u2028::error::b\x85c\x0bd\x0ce\x1cf")
    write_reports([WantedReport(format="github")], suite, title="test")
    lines = [line[:2] for line in capsys.readouterr().err.split("\n")]
    assert lines == ["::", "::", ""]


def test_annotations_name_files_from_the_root_of_the_repository(
    suite: SuiteResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path.parent))
    assert github_annotations(suite)[0].startswith(f"::error file={tmp_path.name}/some.yaml,")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "elsewhere"))
    assert github_annotations(suite)[0].startswith("::error file=some.yaml,")


def test_half_a_surrogate_pair_makes_no_json_unreadable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suite = _said(ONE, tmp_path, "half \ud83d, whole \U0001f642")
    write_reports([WantedReport(format="json", path=tmp_path / "r.json")], suite, title="test")
    JsonReporter().ended(Outcome(verb="test", result=suite_as_json(suite)))
    for text in ((tmp_path / "r.json").read_text("utf-8"), capsys.readouterr().out):
        assert "half \ufffd, whole \U0001f642" in json.dumps(json.loads(text), ensure_ascii=False)


def test_what_failed_before_a_run_was_broken_off_is_told(
    suite: SuiteResult, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = Lines()
    lines.started(9, 42)
    for result in suite.results[:2]:
        lines.finished(result)
    lines.ended(None)
    told = capsys.readouterr().err.splitlines()
    assert "    ✗ texts[0]: '<script>\\x07' is not 'a|b'" in told
    assert told[-1] == "broken off: 1 passed, 1 did not"


def test_junit_tells_failures_errors_and_skipped_apart(suite: SuiteResult) -> None:
    root = ET.fromstring(junit(suite))  # noqa: S314 - our own
    assert {key: root.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "5",
        "failures": "2",
        "errors": "1",
        "skipped": "1",
    }
    cases = {case.get("name"): [child.tag for child in case] for case in root.iter("testcase")}
    assert cases == {
        "greets": [],
        "says <b>, | and %": ["failure"],
        "unreachable": ["error"],
        "late": ["skipped"],
        "latency max (some.yaml)": ["failure"],
    }
    (seed,) = root.iter("property")
    assert seed.get("value") == "42"


def test_github_gets_a_command_a_line_at_the_place_of_the_step(suite: SuiteResult) -> None:
    failed, broken, latency, notice = github_annotations(suite)
    assert failed.startswith("::error file=some.yaml,line=6,col=13,title=says <b>%2C | and %25 failed::")
    assert "%0A" in failed
    assert "nobody is there" in broken
    assert latency.startswith("::error title=latency::")
    assert notice == f"::notice title=faasctl test::{summary(suite)}"
    assert r"says &lt;b>, \| and %" in step_summary(suite)


class _Loads(HTMLParser):
    """Everything that a page would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "link", "img", "iframe"):
            self.found.append(tag)
        self.found += [name for name, _ in attrs if name in ("src", "href", "onclick")]


def test_the_page_holds_all_and_loads_nothing(suite: SuiteResult) -> None:
    page = html_page(suite, title="faasctl test <bot.yaml>")
    reader = _Loads()
    reader.feed(page)
    assert reader.found == []
    assert "&lt;script&gt;" in page
    assert page.count("<details") == 4
    assert "<svg" in page


@pytest.mark.parametrize("durations", [[], [0.0], [0.001, 0.2, 31.0], [0.5] * 100], ids=len)
def test_any_latencies_can_be_plotted(durations: list[float]) -> None:
    plot = latency_plot(durations)
    if not durations:
        assert "<svg" not in plot
        return
    drawn = ET.fromstring(plot[: plot.index("</svg>") + 6])  # noqa: S314 - our own
    counts = [int(title.text or "0") for title in drawn.iter("{http://www.w3.org/2000/svg}title")]
    assert sum(counts) == len(durations)
    for box in drawn.iter("{http://www.w3.org/2000/svg}rect"):
        assert 0 <= float(box.get("x", "-1")) <= 720


def test_json_has_counts_latencies_and_every_scenario(suite: SuiteResult) -> None:
    told = json.loads(json.dumps(suite_as_json(suite)))
    assert told["counts"] == {"passed": 1, "failed": 1, "error": 1, "not_run": 1}
    assert told["latency_ms"]["turns"] == 2
    assert [item["status"] for item in told["scenarios"]] == ["passed", "failed", "error", "not-run"]
    assert told["scenarios"][1]["steps"][0]["differences"][0]["key"] == "texts[0]"
    assert told["scenarios"][2]["error"]["kind"] == "unreachable"


@pytest.mark.parametrize("name", FORMATS)
def test_every_report_is_written_and_shows_no_secret(
    suite: SuiteResult, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redactor, "_secrets", {"script"})
    path = tmp_path / "new" / f"report.{name}"
    write_reports([WantedReport(format=name, path=path)], suite, title="test")
    text = path.read_text("utf-8")
    assert text
    assert "script" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)


def test_the_summary_of_a_workflow_is_added_to_its_page(
    suite: SuiteResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "summary.md"
    page.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    write_reports([WantedReport(format="github")], suite, title="test")
    assert page.read_text("utf-8").startswith("before\n**faasctl test**: 1 passed")
    assert "::error file=some.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["xml=a", "junit", "html=", "", "json"])
def test_a_report_that_there_is_not_or_without_a_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no report|needs a file"):
        read_wish(text)


def test_a_report_that_cannot_be_written_is_told(suite: SuiteResult, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written"):
        write_reports([WantedReport(format="junit", path=tmp_path / "file" / "r.xml")], suite, title="t")


def test_where_reports_cannot_be_written_is_told_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    new = WantedReport(format="junit", path=tmp_path / "new" / "r.xml")
    make_room([new, WantedReport(format="github"), WantedReport(format="json", path=tmp_path / "file")])
    assert (tmp_path / "new").is_dir()
    for wanted in ([WantedReport(format="junit", path=tmp_path / "file" / "r.xml")], [new, new]):
        with pytest.raises(UsageError):
            make_room(wanted)
    with pytest.raises(UsageError, match="it is a folder"):
        make_room([WantedReport(format="html", path=tmp_path)])


def test_fast_functions_have_times_in_the_plot() -> None:
    plot = latency_plot([0.0004, 0.002])
    assert ">p50 0.4 ms<" in plot
    assert "0 ms" not in re.findall(r">([^<]*)</text>", plot)


def test_coverage_is_told_with_the_lines_that_nobody_reached() -> None:
    book = CoverageBook("Bot", "index.js", "a();\nb();\nc();\n\nd();\n")
    counted = [{"startOffset": 0, "endOffset": 5, "count": 1}]
    book.add("<one>", [{"functionName": "", "isBlockCoverage": True, "ranges": counted}])
    (line,) = coverage_lines([book.result()])
    assert line == "coverage: Bot  lines  25.0 %  branches    none  not reached: 2-3, 5"
    page = coverage_page([book.result()])
    assert "&lt;one&gt;" in page
    assert page.count('class="miss"') == 3
