"""Reports of a run: failures and errors apart, in every form, whatever the texts hold."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from faasctl.conversation.scenarios.coverage import CoverageBook
from faasctl.errors import UsageError
from faasctl.redaction import redactor
from faasctl.report.scenarios.as_json import suite_as_json
from faasctl.report.scenarios.coverage_lines import coverage_lines
from faasctl.report.scenarios.coverage_page import coverage_page
from faasctl.report.scenarios.failures import failure_lines, summary
from faasctl.report.scenarios.files import FORMATS, WantedReport, read_wish, write_reports
from faasctl.report.scenarios.github import github_annotations, step_summary
from faasctl.report.scenarios.html import html_page
from faasctl.report.scenarios.junit import junit
from faasctl.report.scenarios.latency_plot import latency_plot

if TYPE_CHECKING:
    from faasctl.conversation.scenarios.results import SuiteResult


def test_a_failure_shows_the_transcript_with_the_difference(suite: SuiteResult) -> None:
    lines = failure_lines(suite.results[1])
    assert lines[:2] == ["FAILED says <b>, | and %", "  at some.yaml:6:13"]
    assert lines[-1] == "    ✗ texts[0]: '<script>\\x07' is not 'a|b'"
    assert "    > <script>\x07" in lines
    assert summary(suite) == "1 passed, 1 failed, 1 could not run, 1 not run in 1.50 s, seed 42"


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


def test_coverage_is_told_with_the_lines_that_nobody_reached() -> None:
    book = CoverageBook("Bot", "index.js", "a();\nb();\nc();\n\nd();\n")
    counted = [{"startOffset": 0, "endOffset": 5, "count": 1}]
    book.add("<one>", [{"functionName": "", "isBlockCoverage": True, "ranges": counted}])
    (line,) = coverage_lines([book.result()])
    assert line == "coverage: Bot  lines  25.0 %  branches 100.0 %  not reached: 2-3, 5"
    page = coverage_page([book.result()])
    assert "&lt;one&gt;" in page
    assert page.count('class="miss"') == 3
