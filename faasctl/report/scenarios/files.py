"""`--report FORMAT=FILE`: which reports a run writes, and where."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from faasctl.errors import UsageError
from faasctl.files import write_atomic

if TYPE_CHECKING:
    from faasctl.conversation.scenarios.coverage import FileCoverage
    from faasctl.conversation.scenarios.results import SuiteResult

FORMATS = ("junit", "json", "html", "github", "lcov", "coverage")
_WITHOUT_FILE = ("github",)
_OF_COVERAGE = ("lcov", "coverage")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedReport:
    """`path` is None for what goes to the workflow's log."""

    format: str
    path: Path | None = None

    @property
    def needs_coverage(self) -> bool:
        return self.format in _OF_COVERAGE


def read_wish(text: str) -> WantedReport:
    """`junit=results.xml`; ValueError says what is wrong."""
    name, _, path = text.partition("=")
    if name not in FORMATS:
        raise ValueError(f"no report {name!r}; there are {', '.join(FORMATS)}")
    if not path and name not in _WITHOUT_FILE:
        raise ValueError(f"{name} needs a file: {name}=FILE")
    return WantedReport(format=name, path=Path(path) if path else None)


def make_room(wanted: Sequence[WantedReport]) -> None:
    """UsageError, before anything has run, where a report could not be written in the end; makes its folder."""
    paths = [report.path for report in wanted if report.path is not None]
    for number, path in enumerate(paths):
        if path in paths[:number]:
            raise UsageError(f"two reports would be written to {path}", hint="Name another file for one of them.")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(path, error.strerror) from error
        if path.is_dir():
            raise _unwritable(path, "it is a folder")
        if not os.access(path.parent, os.W_OK):
            raise _unwritable(path, "its folder is not writable")


def _unwritable(path: Path, why: str | None) -> UsageError:
    return UsageError(f"the report {path} cannot be written: {why}", hint="Check the folder and its permissions.")


def write_reports(
    wanted: Sequence[WantedReport], suite: SuiteResult, *, title: str, coverage: Sequence[FileCoverage] = ()
) -> None:
    """Writes all of them; UsageError where a file cannot be written."""
    from faasctl.report.streams import to_stderr

    for report in wanted:
        text = _text(report.format, suite, title, coverage)
        if report.path is None:
            for line in text.rstrip("\n").split("\n"):  # a text may hold other ends of lines
                to_stderr(line)
            _step_summary(suite)
        else:
            write_file(report.path, text)


def write_file(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, text.encode("utf-8", "backslashreplace"), mode=0o644)
    except OSError as error:
        raise _unwritable(path, error.strerror) from error


def _text(name: str, suite: SuiteResult, title: str, coverage: Sequence[FileCoverage]) -> str:
    if name == "lcov":
        from faasctl.conversation.scenarios.coverage import lcov

        return lcov(coverage)
    if name == "coverage":
        from faasctl.report.scenarios.coverage_page import coverage_page

        return coverage_page(coverage)
    if name == "junit":
        from faasctl.report.scenarios.junit import junit

        return junit(suite)
    if name == "html":
        from faasctl.report.scenarios.html import html_page

        return html_page(suite, title=title)
    if name == "github":
        from faasctl.report.scenarios.github import github_annotations

        return "\n".join(github_annotations(suite)) + "\n"
    from faasctl.report.json_text import json_text
    from faasctl.report.scenarios.as_json import suite_as_json

    return json_text(suite_as_json(suite)) + "\n"


def _step_summary(suite: SuiteResult) -> None:
    """The page of a workflow's run, where there is one."""
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if not page:
        return
    from faasctl.report.scenarios.github import step_summary

    try:
        with Path(page).open("a", encoding="utf-8") as stream:
            stream.write(step_summary(suite))
    except OSError:
        return  # the annotations say the same
