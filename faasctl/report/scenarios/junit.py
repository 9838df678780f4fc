"""A run of scenarios as JUnit XML: failures and errors apart, as pipelines read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from faasctl.redaction import redactor
from faasctl.report.scenarios.failures import budget_line, failure_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from faasctl.conversation.scenarios.results import BudgetResult, ScenarioResult, SuiteResult

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(suite: SuiteResult) -> str:
    """One testsuite a file, one testcase a scenario; a broken latency budget is a testcase of its file, too."""
    root = ET.Element("testsuites")
    files = dict.fromkeys(result.scenario.place.file for result in suite.results)
    for file in files:
        own = [result for result in suite.results if result.scenario.place.file == file]
        budgets = [
            budget for budget in suite.budgets if budget.scope == file or budget.scope.startswith(f"{file}: ")
        ]
        _suite(root, file, own, budgets, suite.seed)
    _sum(root, root.findall("testsuite"), "faasctl test", suite.seconds)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(
    root: ET.Element, file: str, results: Iterable[ScenarioResult], budgets: Iterable[BudgetResult], seed: int
) -> None:
    results, budgets = list(results), list(budgets)
    element = ET.SubElement(root, "testsuite")
    properties = ET.SubElement(element, "properties")
    ET.SubElement(properties, "property", name="seed", value=str(seed))
    cases = [_case(element, file, result) for result in results]
    for budget in budgets:
        case = ET.SubElement(
            element, "testcase", classname=_text(file), name=_text(f"latency {budget.title} ({budget.scope})")
        )
        case.set("time", "0")
        if budget.status == "failed":
            ET.SubElement(case, "failure", type="latency", message=_text(budget_line(budget)))
        cases.append(case)
    element.set("name", _text(file))
    element.set("tests", str(len(cases)))
    for kind in ("failure", "error", "skipped"):
        name = kind if kind == "skipped" else f"{kind}s"
        element.set(name, str(sum(case.find(kind) is not None for case in cases)))
    element.set("time", f"{sum(result.seconds for result in results):.3f}")


def _case(parent: ET.Element, file: str, result: ScenarioResult) -> ET.Element:
    case = ET.SubElement(parent, "testcase", classname=_text(file), name=_text(result.name))
    case.set("time", f"{result.seconds:.3f}")
    case.set("file", _text(file))
    case.set("line", str(result.scenario.place.line))
    if result.status == "not-run":
        ET.SubElement(case, "skipped", message="the run was ended before")
    elif result.status != "passed":
        step = result.failed_step
        kind = "failure" if result.status == "failed" else "error"
        message = str(step.differences[0]) if step else result.error.message if result.error else ""
        told = ET.SubElement(case, kind, message=_text(message))
        told.set("type", step.differences[0].key if step else result.error.kind if result.error else "error")
        told.text = _text("\n".join(failure_lines(result)))
    return case


def _sum(element: ET.Element, parts: Iterable[ET.Element], name: str, seconds: float) -> None:
    parts = list(parts)
    element.set("name", name)
    for key in ("tests", "failures", "errors", "skipped"):
        element.set(key, str(sum(int(part.get(key, "0")) for part in parts)))
    element.set("time", f"{seconds:.3f}")


def _text(text: str) -> str:
    """Redacted, and without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", redactor.text(text))
