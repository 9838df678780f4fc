"""`faasctl test` as its users run it."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import socket
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from tests.acceptance.conftest import NodeWatch, Project

DEVELOPER = "developer@demo.example"
COUNTING = """\
let turns = 0;
async function lambda(input) {
  const { message = '' } = input?.payload ?? {};
  turns += 1;
  console.info('turn', turns);
  if (message === 'throw') throw new Error('no order system');
  if (message.startsWith('order')) {
    return { messages: ['order'] };
  }
  return { messages: [`${turns}: ${message}`], context: {} };
}
"""
GOOD = """\
tags: [all]
scenarios:
  - name: counts from one
    tags: [smoke]
    steps:
      - says: a
        expect: {texts: ["1: a"], logs: [{level: Info, contains: turn}]}
      - says: b
        expect: {texts: ["2: b"]}
  - name: counts from one, again
    steps:
      - says: c
        expect: {texts: ["1: c"]}
"""
BAD = """\
scenarios:
  - name: expects another
    steps:
      - says: a
        expect: {texts: ["7: a"]}
"""


@pytest.fixture
def counting(project: Project) -> Project:
    """A function with module state, and scenarios that find it fresh each time."""
    project.define(conversations="conversations/")
    project.write(COUNTING)
    project.write(GOOD, "conversations/good.yaml")
    return project


def test_one_command_brings_the_function_up_and_runs_each_scenario_on_a_fresh_process(counting: Project) -> None:
    told = counting.json("test").json["result"]
    assert told["counts"] == {"passed": 2, "failed": 0, "error": 0, "not_run": 0}
    ended = counting.run("test", "--seed", "7")
    assert ended.status == 0
    assert ended.stdout == ""
    assert "2 scenarios, seed 7" in ended.stderr
    assert re.search(r"2 passed in .*, seed 7", ended.stderr)


def test_a_failure_exits_with_five_and_shows_the_conversation(counting: Project) -> None:
    counting.write(BAD, "conversations/bad.yaml")
    ended = counting.run("test", "--report", "junit=out/r.xml", "--report", "html=r.html", "--report", "github")
    assert ended.status == 5
    assert "    > a" in ended.stderr
    assert "    ✗ texts[0]: '1: a' is not '7: a'" in ended.stderr
    assert "::error file=conversations/bad.yaml,line=4,col=9" in ended.stderr
    root = ET.fromstring((counting.folder / "out/r.xml").read_text("utf-8"))  # noqa: S314 - our own
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "0")
    assert "expects another" in (counting.folder / "r.html").read_text("utf-8")


def test_files_tags_repeats_and_seeds_choose_what_is_run(counting: Project) -> None:
    bad = counting.write(BAD, "conversations/bad.yaml")
    smoke = counting.json("test", "--tag", "smoke", "--repeat", "2").json["result"]
    assert [item["name"] for item in smoke["scenarios"]] == ["counts from one", "counts from one (repeat 2)"]
    only = counting.json("test", str(bad), status=5).json["result"]
    assert [item["name"] for item in only["scenarios"]] == ["expects another"]
    assert counting.run("test", "--tag", "smok").status == 2


def test_fail_fast_leaves_the_rest_out(counting: Project) -> None:
    steps = "".join(f"  - {{name: s{n}, steps: [{{says: a, expect: {{texts: [x]}}}}]}}\n" for n in range(5))
    counting.write(f"scenarios:\n{steps}", "conversations/good.yaml")
    told = counting.json("test", "--fail-fast", "--workers", "1", status=5).json["result"]
    assert told["counts"] == {"passed": 0, "failed": 1, "error": 0, "not_run": 4}


def test_mistakes_in_scenarios_are_found_before_anything_is_sent(counting: Project) -> None:
    counting.write("scenarios:\n  - name: a\n    steps: [{sais: x}]\n", "conversations/bad.yaml")
    for verb in ("test", "validate"):
        (finding,) = counting.json(verb, status=3).json["error"]["findings"]
        assert (finding["file"], finding["line"], finding["column"]) == ("conversations/bad.yaml", 3, 14)
        assert finding["suggestion"] == "did you mean says?"
    assert not (counting.folder / ".faasctl").exists()


def test_mistakes_in_the_definition_hide_none_in_the_scenarios(counting: Project) -> None:
    counting.define(conversations="conversations/", bot={"nam": "x"})
    counting.write("scenarios:\n  - name: a\n    steps: [{sais: x}]\n", "conversations/bad.yaml")
    findings = counting.json("validate", status=3).json["error"]["findings"]
    assert {finding["file"] for finding in findings} == {"bot.yaml", "conversations/bad.yaml"}


def test_validate_counts_scenarios(counting: Project) -> None:
    assert counting.json("validate").json["result"]["scenarios"] == 2


def test_no_scenarios_are_a_mistake_of_usage(project: Project) -> None:
    assert "no scenarios" in project.json("test", status=2).json["error"]["message"]


def test_a_function_that_throws_is_an_escalation_unless_expected(counting: Project) -> None:
    counting.write("scenarios:\n  - {name: a, steps: [{says: throw}]}\n", "conversations/good.yaml")
    ended = counting.run("test")
    assert ended.status == 5
    assert "aivendor.faas.invoke-lambda" in ended.stderr
    assert ", at lambda (OrderBot/index.js:" in ended.stderr
    expecting = "scenarios:\n  - {name: a, steps: [{says: throw, expect: {error: invoke-lambda}}]}\n"
    counting.write(expecting, "conversations/good.yaml")
    assert counting.run("test").status == 0


def test_faults_leave_no_consumer_without_an_answer(counting: Project) -> None:
    told = counting.json("test", "--faults").json["result"]
    assert told["counts"]["passed"] == 20
    assert {item["variation"] for item in told["scenarios"]} >= {"throws", "rate-limited", "emoji", "long"}
    caught = """\
async function lambda(input) {
  const message = input?.payload?.message ?? '';
  try {
    if (message.length > 4000) null.length;
    return { messages: [message || 'Hi'] };
  } catch (error) {
    return { messages: [error.stack] };
  }
}
"""
    counting.write(caught)
    failed = counting.json("test", "--faults", status=5).json["result"]
    bad = [item for item in failed["scenarios"] if item["status"] == "failed"]
    assert {item["variation"] for item in bad} == {"long"}
    assert bad[0]["steps"][-1]["differences"][0]["key"] == "stack-trace"


def test_coverage_tells_which_scenario_reached_what(counting: Project) -> None:
    ended = counting.json("test", "--coverage", "--report", "lcov=lcov.info", "--report", "coverage=coverage.html")
    coverage = ended.json["result"]["coverage"]
    lines = {item["line"]: item["scenarios"] for item in coverage["files"][0]["lines"]}
    assert lines[4] == ["counts from one", "counts from one, again"]
    assert lines[8] == []
    assert coverage["branches_percent"] < 100
    assert "DA:8,0" in (counting.folder / "lcov.info").read_text("utf-8")
    assert "counts from one, again" in (counting.folder / "coverage.html").read_text("utf-8")
    few = counting.run("test", "--coverage-min", "99")
    assert few.status == 5
    assert "99 % must" in few.stderr


def test_record_writes_what_the_bot_does_now(counting: Project) -> None:
    path = counting.write(BAD, "conversations/good.yaml")
    assert counting.json("test", "--record").json["result"]["recorded"] == [
        {"file": "conversations/good.yaml", "steps": 1, "left": 0}
    ]
    assert "'1: a'" in path.read_text("utf-8")
    assert counting.run("test").status == 0
    assert counting.run("test", "--record", "--faults").status == 2


def test_hooks_are_seen_and_can_be_left_out(counting: Project) -> None:
    hook = "async function lambda(input) { input.payload.message += '!'; return input.payload; }\n"
    counting.write(hook, "hooks/pre.js")
    counting.define(conversations="conversations/", hooks={"pre": {"name": "OrderBotPre", "code": "hooks/pre.js"}})
    text = 'scenarios:\n  - {name: a, steps: [{says: a, expect: {texts: ["1: a!"], hooks: [pre]}}]}\n'
    counting.write(text, "conversations/good.yaml")
    assert counting.run("test").status == 0
    assert counting.run("test", "--without-hooks").status == 5


def test_a_latency_budget_that_is_broken_fails_the_run(counting: Project) -> None:
    slow = COUNTING.replace("turns += 1;", "turns += 1; await new Promise((done) => setTimeout(done, 40));")
    counting.write(slow)
    counting.write(f"latency: {{p50: 5ms}}\n{GOOD}", "conversations/good.yaml")
    told = counting.json("test", "--repeat", "6", status=5)
    assert told.json["error"]["message"] == "1 latency budget is broken"
    assert told.json["result"]["counts"]["failed"] == 0


def test_a_running_emulator_is_used(counting: Project) -> None:
    assert counting.run("emulator", "start").status == 0
    try:
        assert counting.json("test").json["result"]["counts"]["passed"] == 2
        paths = [entry["path"] for entry in counting.ask_emulator("GET", "/emulator/requests")]
        assert any(path.startswith("/emulator/isolations/") for path in paths)
    finally:
        assert counting.run("emulator", "stop").status == 0


def test_json_on_stdout_and_in_a_report_are_the_same_scenarios(counting: Project) -> None:
    told = counting.json("test", "--report", "json=r.json").json["result"]
    written = json.loads((counting.folder / "r.json").read_text("utf-8"))
    assert written["scenarios"] == told["scenarios"]


def test_every_node_is_gone_afterwards(counting: Project, node_watch: NodeWatch) -> None:
    assert counting.run("test", "--coverage").status == 0
    assert node_watch.started
    node_watch.wait_until_gone()


def test_the_cloud_target_tests_what_is_deployed_there_and_tells_where_the_definition_differs(
    emulator: Project,
) -> None:
    emulator.define(conversations="conversations/")
    emulator.write(COUNTING)
    emulator.write(
        "scenarios:\n  - {name: a, steps: [{says: order, expect: {texts: [order]}}]}\n", "conversations/a.yaml"
    )
    emulator.ask_emulator("PUT", "/emulator/accounts/demo", {"skills": ["Human Agents"]})
    secrets = emulator.ask_emulator("GET", "/emulator/accounts/demo/credentials")
    url = emulator.json("emulator", "status").json["result"]["url"]
    emulator.environ |= {
        "FAASCTL_REACH_AT": url,
        "FAASCTL_TARGET": "cloud",
        "FAASCTL_USERNAME": DEVELOPER,
        "FAASCTL_PASSWORD": secrets["user"]["password"],
    }
    missing = emulator.json("test", status=6)
    assert "does not exist" in missing.json["error"]["message"]
    for verb in ("create", "deploy"):
        emulator.json(verb)
    assert emulator.json("test").json["notes"] == []
    emulator.write(COUNTING.replace("'order'", "'other'"))
    ended = emulator.json("test")
    assert ended.json["result"]["counts"]["passed"] == 1
    assert "differs from the definition" in ended.json["notes"][0]
    assert emulator.json("test", "--coverage", status=2).json["error"]["kind"] == "usage"
    emulator.environ["FAASCTL_PASSWORD"] = "wrong"
    emulator.json("test", status=4)


def test_a_person_at_a_terminal_sees_a_bar_and_the_failures(counting: Project) -> None:
    counting.write(BAD, "conversations/bad.yaml")
    with counting.at_a_terminal("test") as terminal:
        assert terminal.end() == 5
        assert "FAILED expects another" in terminal.shown
        assert "2 passed, 1 failed" in terminal.shown
        assert "/3" in terminal.shown


def test_ctrl_c_ends_a_run_with_130_and_leaves_no_process(counting: Project, node_watch: NodeWatch) -> None:
    counting.write(
        COUNTING.replace("turns += 1;", "turns += 1; await new Promise((done) => setTimeout(done, 300));")
    )
    steps = "".join(f"  - {{name: s{n}, steps: [{{says: a}}]}}\n" for n in range(200))
    counting.write(f"scenarios:\n{steps}", "conversations/good.yaml")
    process = counting.start("test", "--workers", "2")
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("ok:"):
            break
    process.send_signal(signal.SIGINT)
    ended = counting.ended(process)
    assert ended.status == 130
    assert "hint: The same order again: --seed" in ended.stderr
    assert node_watch.started
    node_watch.wait_until_gone()


def test_functions_are_offline_unless_the_definition_says_otherwise(project: Project) -> None:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        project.write(
            "async function lambda() {\n"
            "  const signal = AbortSignal.timeout(1);\n"
            f"  try {{ await fetch('http://127.0.0.1:{server.getsockname()[1]}', {{ signal }}); }}\n"
            "  catch (error) { return { messages: [String(error.cause?.code ?? error.name)] }; }\n"
            "}\n"
        )
        scenario = "scenarios: [{name: a, steps: [{says: a, expect: {texts: [%s]}}]}]"
        project.write(scenario % "faasctl.offline", "offline.yaml")
        project.write(scenario % "TimeoutError", "online.yaml")
        assert project.run("test", "offline.yaml").status == 0
        project.define(emulator={"offline": False})
        ended = project.run("test", "online.yaml")
        assert ended.status == 0, ended.stdout + ended.stderr
