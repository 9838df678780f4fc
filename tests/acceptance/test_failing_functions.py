"""Functions that fail the test connection, and deployments that fail: the exit status, the code, the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faasctl.rollout.changes import STEPS

if TYPE_CHECKING:
    from tests.acceptance.conftest import NodeWatch, Project

TEST_CONNECTION = "com.liveperson.bot-connectors-worker.error.aivendor.faas.testConnection"
THREW = "com.customer.faas.function.threw-error"
BROKE = "com.customer.faas.function.js-runtime-error"


@pytest.mark.parametrize(
    ("code", "platform_code", "reason"),
    [
        ("async function lambda() { throw new Error('no orders today'); }", THREW, "no orders today"),
        ("async function lambda(input) { return input.payload.event.name; }", BROKE, "TypeError"),
        ("async function lambda() { return Promise.reject(new Error('turned down')); }", THREW, "turned down"),
        ("function lambda(input, callback) { callback(new Error('called back')); }", THREW, "called back"),
    ],
)
def test_a_function_that_fails_is_told_with_codes_reason_and_advice(
    project: Project, code: str, platform_code: str, reason: str
) -> None:
    project.write(code)
    ended = project.json("up", status=5)
    error = ended.json["error"]
    assert (error["kind"], error["code"]) == ("check-failed", TEST_CONNECTION)
    assert "does not respond in time; or the function responds with a bad status" in error["hint"]
    probe = ended.checks["probe.answered"]
    assert (probe["state"], probe["code"]) == ("failed", platform_code)
    assert reason in probe["detail"]
    assert ended.steps == {**dict.fromkeys(STEPS, "done"), "test-connection": "failed"}
    shown = project.run("test-connection")
    assert (shown.status, shown.stdout) == (5, "")
    assert TEST_CONNECTION in shown.stderr
    assert reason in shown.stderr


def test_a_failed_test_is_run_again_until_it_passes(project: Project) -> None:
    good = (project.folder / "functions/OrderBot/index.js").read_text()
    project.json("up")
    project.write("async function lambda() { throw new Error('bad day'); }")
    project.json("up", status=5)
    assert project.json("status").json["result"]["tested"] is False
    again = project.json("up", status=5)
    assert again.steps == {**dict.fromkeys(STEPS, "skipped"), "test-connection": "failed"}
    project.write(good)
    assert project.json("up").steps["test-connection"] == "done"


def _slow(milliseconds: int) -> str:
    wait = f"new Promise((end) => setTimeout(end, {milliseconds}))"
    return f"async function lambda() {{ await {wait}; return {{ messages: ['late'] }}; }}"


def test_an_answer_past_a_second_is_a_warning(project: Project) -> None:
    project.write(_slow(1020))
    probe = project.json("up").checks["probe.answered"]
    assert probe["state"] == "warning"
    assert probe["duration_ms"] >= 1020


def test_an_answer_past_the_budget_is_a_failure(project: Project) -> None:
    project.write(_slow(150))
    project.define(test_connection={"budget": "100ms"})
    ended = project.json("up", status=5)
    assert "budget of 100 ms" in ended.checks["probe.answered"]["detail"]
    assert ended.json["error"]["code"] == TEST_CONNECTION


@pytest.mark.parametrize(
    "code",
    [
        "async function lambda() { while (true) {} }",
        "async function lambda() { return new Promise(() => {}); }",
        "function lambda(input, callback) { setInterval(() => {}, 1000); }",
    ],
    ids=["endless loop", "promise that never settles", "callback that is never called"],
)
def test_a_function_that_never_ends_fails_at_the_definitions_timeout_and_leaves_no_process(
    project: Project, node_watch: NodeWatch, code: str
) -> None:
    project.write(code)
    project.define(test_connection={"timeout": "300ms"})
    ended = project.json("up", status=5)
    assert ended.json["error"]["code"] == TEST_CONNECTION
    assert ended.checks["probe.answered"]["detail"] == "no answer within 300 ms"
    node_watch.wait_until_gone()


def test_a_function_that_is_not_deployed_fails_the_test_connection(project: Project) -> None:
    project.json("create")
    ended = project.json("test-connection", status=5)
    assert ended.json["error"]["code"] == TEST_CONNECTION
    assert "faasctl deploy" in ended.json["error"]["hint"]
    assert [check["state"] for check in ended.checks.values()] == [
        "passed",
        "passed",
        "failed",
        "skipped",
        "skipped",
        "skipped",
    ]


def test_a_function_that_does_not_exist_fails_the_test_connection(project: Project) -> None:
    ended = project.json("test-connection", status=5)
    assert ended.json["error"]["code"] == TEST_CONNECTION
    assert "faasctl create" in ended.json["error"]["hint"]
    assert ended.checks["function.exists"]["state"] == "failed"


@pytest.mark.parametrize(
    "answer", ["'just text'", "{}", "null", "{ messages: [1] }", "{ context: { action: 'DANCE' } }"]
)
def test_a_reply_that_the_connector_would_not_read_is_a_warning_and_with_strict_a_failure(
    project: Project, answer: str
) -> None:
    project.write(f"async function lambda() {{ return {answer}; }}")
    project.define(bot={"welcome_message": True})
    ended = project.json("up")
    assert ended.checks["welcome.answered"]["state"] == "warning"
    assert "the connector would not read the reply" in ended.checks["welcome.answered"]["detail"]
    ended = project.json("test-connection", "--strict", status=5)
    assert ended.json["error"]["code"] == TEST_CONNECTION


def test_a_module_that_is_missing_fails_the_deployment_with_the_reason(project: Project) -> None:
    project.write("import orders from 'no-such-module';\nasync function lambda() { return orders; }\n")
    ended = project.json("up", status=6)
    assert ended.json["error"]["kind"] == "deployment-failed"
    assert "no-such-module" in ended.json["error"]["message"]
    assert ended.steps == {"create": "done", "deploy": "failed"}
    status = project.json("status").json["result"]
    assert (status["functions"][0]["state"], status["bot"]) == ("Draft", None)


def test_a_deployment_that_the_platform_fails_ends_at_once_with_its_reason_and_can_be_repeated(
    emulator: Project,
) -> None:
    emulator.define(emulator={"deploy_delay": "100ms"})
    emulator.json("create")
    script = {"outcome": "failed", "reason": "the cluster is out of fuel"}
    emulator.ask_emulator("PUT", "/emulator/accounts/demo/next-deployment", script)
    ended = emulator.run("up")
    assert ended.status == 6
    assert "the cluster is out of fuel" in ended.stderr
    assert "hint:" in ended.stderr
    assert emulator.json("up").steps["deploy"] == "done"


def test_waiting_ends_at_the_timeout_with_the_last_state_and_the_next_run_goes_on(emulator: Project) -> None:
    emulator.define(emulator={"deploy_delay": "1500ms"})
    ended = emulator.json("up", "--timeout", "700ms", status=7)
    assert ended.json["error"]["kind"] == "deadline-passed"
    assert "OrderBot is deploying" in ended.json["error"]["message"]
    assert "run the same command again" in ended.json["error"]["hint"]
    assert emulator.json("up").steps == {**dict.fromkeys(STEPS, "done"), "create": "skipped"}
    deployments = emulator.ask_emulator("GET", "/api/account/demo/deployments?userId=1")
    assert [deployment["deploymentState"] for deployment in deployments] == ["successful"]


def test_invoke_shows_the_log_lines_of_a_function_that_threw(project: Project) -> None:
    project.json("up")
    project.write("async function lambda() { console.warn('about to fall'); throw new Error('fell'); }")
    project.json("up", status=5)
    ended = project.json("invoke", "--message", "hi", status=5)
    assert (ended.json["error"]["kind"], ended.json["error"]["code"]) == ("function-failed", THREW)
    assert ended.json["result"]["logs"][0]["message"] == "about to fall"
    shown = project.run("invoke", "--message", "hi")
    assert (shown.status, shown.stdout) == (5, "")
    assert "about to fall" in shown.stderr
    assert "fell" in shown.stderr
