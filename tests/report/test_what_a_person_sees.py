"""Each kind of output, as lines without a terminal: compared with what it is meant to look like."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.report.conftest import Project, Shown

Snapshot = Callable[[str, str], None]


def _both(shown: Shown) -> str:
    return f"status {shown.status}\n--- stdout\n{shown.stdout}--- stderr\n{shown.stderr}"


def test_up_from_nothing_and_up_again(project: Project, snapshot: Snapshot) -> None:
    snapshot("up-from-nothing", _both(project.run("up")))
    snapshot("up-again", _both(project.run("up")))


def test_a_plan_from_nothing_with_a_change_and_with_none(project: Project, snapshot: Snapshot) -> None:
    snapshot("plan-from-nothing", _both(project.run("plan")))
    project.run("up")
    snapshot("plan-nothing", _both(project.run("plan")))
    project.write("async function lambda() { return { messages: ['another'] }; }\n")
    project.define(("Hello", "Good evening"), ("Human Agents", "Billing"))
    snapshot("plan-changes", _both(project.run("plan", "--detailed-exitcode")))


def test_the_status_before_and_after(project: Project, snapshot: Snapshot) -> None:
    snapshot("status-nothing", _both(project.run("status")))
    project.run("create")
    project.run("attach")
    snapshot("status-draft", _both(project.run("status")))
    project.run("up")
    snapshot("status-tested", _both(project.run("status")))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (
            "throws",
            "async function lambda() {\n  console.warn('looking', { order: 7 });\n  throw new Error('none');\n}\n",
        ),
        ("type-error", "async function lambda(input) {\n  return input.payload.event.name;\n}\n"),
        (
            "unreadable-reply",
            "async function lambda() {\n  return { messages: [7], context: { action: 'DANCE' } };\n}\n",
        ),
    ],
)
def test_a_test_connection_that_does_not_pass(project: Project, snapshot: Snapshot, name: str, code: str) -> None:
    project.write(code)
    project.run("create")
    project.run("deploy")
    snapshot(f"test-connection-{name}", _both(project.run("test-connection", "--strict")))


def test_a_deployment_that_fails(project: Project, snapshot: Snapshot) -> None:
    project.write("import orders from 'no-such-module';\nasync function lambda() { return orders; }\n")
    snapshot("deployment-failed", _both(project.run("up")))


def test_a_definition_with_mistakes(project: Project, snapshot: Snapshot) -> None:
    project.define(
        ("account: demo", "account: demo\nacount: demo"),
        ("GREETING: Hello", "greeting: ${NOT_SET}"),
        ("2026-11-20", "20.11.2026"),
        ("skill: Human", "skil: Human"),
    )
    project.write("async function lambda() {\n  console.table([1]);\n}\n")
    snapshot("invalid-definition", _both(project.run("up")))


def test_code_that_does_not_parse(project: Project, snapshot: Snapshot) -> None:
    project.write("async function lambda( {\n  return 1;\n}\n")
    snapshot("code-syntax", _both(project.run("validate")))


def test_a_missing_consent(project: Project, snapshot: Snapshot) -> None:
    project.define(("  data_disclaimer: {accepted_by: jane@example.com, accepted_on: 2026-11-20}\n", ""))
    snapshot("consent-needed", _both(project.run("up")))


def test_missing_credentials(project: Project, snapshot: Snapshot) -> None:
    snapshot("no-credentials", _both(project.run("up", "--target", "cloud")))


def test_a_wrong_command_line(project: Project, snapshot: Snapshot) -> None:
    snapshot("wrong-option", _both(project.run("up", "--timout", "3s")))
    snapshot("wrong-verb", _both(project.run("deplyo")))


def test_an_invocation(project: Project, snapshot: Snapshot) -> None:
    project.write(
        "async function lambda(input) {\n"
        "  console.info('heard', { message: input.payload.message });\n"
        "  return { messages: ['grüße'] };\n"
        "}\n"
    )
    project.run("up")
    snapshot("invoke", _both(project.run("invoke", "--message", "hello")))


def test_init_validate_and_the_emulators_verbs(project: Project, snapshot: Snapshot) -> None:
    runs = [("init", "MyBot", "--folder", "new"), ("validate",), ("emulator", "status"), ("emulator", "reset")]
    snapshot("others", "\n".join(_both(project.run(*arguments)) for arguments in runs))


def test_the_help(project: Project, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    snapshot("help", project.run("--help").stdout)
