"""The main job: step by step, all at once, and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.rollout.changes import STEPS

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project

HOOK = "async function lambda(input) { return input.payload; }\n"
HOOKS = {
    "hooks": {
        role: {"name": f"OrderBot{role.title()}", "code": f"hooks/{role}.js"} for role in ("pre", "post", "error")
    }
}


def _calls(project: Project, since: int) -> list[tuple[str, str]]:
    """Method and path of what the emulator was asked after the first `since` requests; health checks are none."""
    return [
        (entry["method"], entry["path"])
        for entry in project.ask_emulator("GET", "/emulator/requests")[since:]
        if entry["path"] not in ("/emulator/health", "/emulator/requests")
    ]


def _asked(project: Project) -> int:
    return len(project.ask_emulator("GET", "/emulator/requests")) + 1


def test_five_verbs_each_in_a_process_of_its_own_end_with_a_tested_bot(project: Project) -> None:
    for verb in STEPS:
        ended = project.json(verb)
        assert ended.steps == {verb: "done"}
        assert ended.stderr == ""
        assert (ended.json["target"], ended.json["account"], ended.json["error"]) == ("local", "demo", None)
    status = project.json("status").json["result"]
    assert status["functions"][0]["state"] == "Productive"
    assert (status["bot"]["state"], status["bot"]["draft"], status["tested"]) == ("ONLINE", False, True)
    assert status["bot"]["function"] == status["functions"][0]["uuid"]


def test_the_same_verbs_again_are_skipped_but_for_the_test_that_was_asked_for(project: Project) -> None:
    project.json("up")
    for verb in STEPS[:-1]:
        ended = project.json(verb)
        assert ended.steps == {verb: "skipped"}
        assert ended.json["result"]["steps"][0]["changes"] == []
    assert project.json("test-connection").steps == {"test-connection": "done"}


def test_up_does_everything_and_the_next_one_nothing(project: Project) -> None:
    assert project.json("up").steps == dict.fromkeys(STEPS, "done")
    assert project.json("up").steps == dict.fromkeys(STEPS, "skipped")


def test_every_check_of_the_test_connection_is_told(project: Project) -> None:
    ended = project.json("up")
    assert ended.json["result"]["test_connection"]["ok"] is True
    assert {name: check["state"] for name, check in ended.checks.items()} == dict.fromkeys(
        (
            "function.exists",
            "function.event",
            "function.deployed",
            "function.implemented",
            "probe.answered",
            "welcome.answered",
        ),
        "passed",
    )
    assert ended.checks["probe.answered"]["duration_ms"] > 0


def test_up_with_nothing_to_change_writes_nothing_and_reads_four_times_at_most(emulator: Project) -> None:
    emulator.json("up")
    before = _asked(emulator)
    emulator.json("up")
    calls = _calls(emulator, before)
    assert {method for method, _ in calls} == {"GET"}
    assert len(calls) <= 4, calls


def test_plan_reads_only_and_says_what_up_then_does(emulator: Project) -> None:
    before = _asked(emulator)
    planned = emulator.json("plan").json["result"]["changes"]
    writes = [call for call in _calls(emulator, before) if call[0] != "GET"]
    assert writes == [("PUT", "/emulator/accounts/demo")]  # the emulator gets the account; nothing goes into it
    assert emulator.ask_emulator("GET", "/api/account/demo/functions?userId=1") == []
    done = emulator.json("up").json["result"]["steps"]
    assert [change["action"] for change in planned] == [
        change["action"] for step in done for change in step["changes"]
    ]


def test_plan_with_nothing_to_change_says_so(project: Project) -> None:
    project.json("up")
    ended = project.json("plan", "--detailed-exitcode")
    assert ended.json["result"] == {"changes": []}
    assert project.run("plan").stdout == "nothing to change\n"


def test_plan_tells_pending_changes_by_its_exit_status_only_where_asked(project: Project) -> None:
    assert project.json("plan").json["ok"] is True
    ended = project.json("plan", "--detailed-exitcode", status=10)
    assert (ended.json["ok"], ended.json["error"]) == (True, None)
    assert project.run("plan", "--detailed-exitcode").status == 10


def _actions(changes: list[dict[str, Any]]) -> list[str]:
    return [change["action"] for change in changes]


def test_changed_code_is_named_pushed_and_redeployed(project: Project) -> None:
    project.json("up")
    project.write("async function lambda() { return { messages: ['another'] }; }\n")
    planned = project.json("plan").json["result"]["changes"]
    assert _actions(planned) == ["update-manifest", "redeploy", "test"]
    assert planned[0]["parts"] == ["code"]
    ended = project.json("up")
    assert ended.steps == {
        "create": "done",
        "deploy": "done",
        "attach": "skipped",
        "accept-disclaimer": "skipped",
        "test-connection": "done",
    }
    result = project.json("invoke", "--message", "hi").json["result"]
    assert result["result"] == {"messages": ["another"]}
    assert project.json("status").json["result"]["functions"][0]["version"] == 2


def test_a_changed_variable_reaches_the_function(project: Project) -> None:
    project.json("up")
    project.define(function={"environment": {"GREETING": "Good evening", "MORE": "1"}})
    planned = project.json("plan").json["result"]["changes"]
    assert planned[0]["parts"] == ["environment.GREETING", "environment.MORE"]
    project.json("up")
    answer = project.json("invoke", "--message", "you").json["result"]["result"]
    assert answer["messages"] == ["Good evening you"]


def test_a_changed_description_needs_no_deployment(project: Project) -> None:
    project.json("up")
    project.define(function={"description": "Something else"})
    planned = project.json("plan").json["result"]["changes"]
    assert planned[0]["parts"] == ["description"]
    assert "redeploy" not in _actions(planned)
    done = [change for step in project.json("up").json["result"]["steps"] for change in step["changes"]]
    assert done == planned
    assert project.json("plan").json["result"]["changes"] == []


def test_a_bot_that_is_online_is_changed_and_is_online_again(project: Project) -> None:
    account = {"skills": ["Human Agents", "Billing"], "agents": ["orderbot@example.com"]}
    project.define(emulator=account)
    project.json("up")
    changes: dict[str, Any] = {}
    for part, change in (
        ("escalation.skill", {"escalation": {"skill": "Billing"}}),
        ("welcome_message", {"welcome_message": True}),
    ):
        changes |= change
        project.define(emulator=account, bot=changes)
        planned = project.json("plan").json["result"]["changes"]
        assert planned[0]["parts"] == [part]
        assert _actions(planned) == ["save-bot", "start-bot", "test"]
        done = [change for step in project.json("up").json["result"]["steps"] for change in step["changes"]]
        assert _actions(done) == _actions(planned)
    bot = project.json("status").json["result"]["bot"]
    assert (bot["state"], bot["disclaimer"]["accepted_by"]) == ("ONLINE", "jane@example.com")
    assert project.json("plan").json["result"]["changes"] == []


def test_hooks_are_functions_of_their_own_and_are_selected_in_the_bot(project: Project) -> None:
    for role in HOOKS["hooks"]:
        project.write(HOOK, f"hooks/{role}.js")
    project.define(**HOOKS)
    project.json("up")
    result = project.json("status").json["result"]
    assert {function["role"]: function["event"] for function in result["functions"]} == {
        "function": "bot_connectors_custom_integration",
        "pre": "bot_connectors_pre_hook",
        "post": "bot_connectors_post_hook",
        "error": "bot_connectors_error_hook",
    }
    assert {function["state"] for function in result["functions"]} == {"Productive"}
    uuids = {function["role"]: function["uuid"] for function in result["functions"][1:]}
    assert result["bot"]["hooks"] == uuids
    answer = project.json("invoke", "--function", "OrderBotPre", "--message", "hi").json["result"]
    assert answer["result"]["message"] == "hi"
    assert project.json("up").steps == dict.fromkeys(STEPS, "skipped")


def test_a_hook_that_is_taken_out_is_no_longer_selected(project: Project) -> None:
    project.write(HOOK, "hooks/pre.js")
    project.define(hooks={"pre": HOOKS["hooks"]["pre"]})
    project.json("up")
    project.define()
    assert project.json("plan").json["result"]["changes"][0]["parts"] == ["hooks.pre"]
    project.json("up")
    assert project.json("status").json["result"]["bot"]["hooks"]["pre"] is None


def test_what_is_missing_before_a_step_is_told_with_the_verb_that_makes_it(project: Project) -> None:
    for verb in ("deploy", "attach", "accept-disclaimer"):
        error = project.json(verb, status=6).json["error"]
        assert error["kind"] == "not-found"
        assert "Run `faasctl" in error["hint"]


def test_init_then_up_ends_with_a_tested_bot(project: Project) -> None:
    assert project.run("init", "MyBot", "--folder", "new").status == 0
    again = project.json("init", "MyBot", "--folder", "new", status=2)
    assert "bot.yaml" in again.json["error"]["message"]
    ended = project.json("up", "--file", "new/bot.yaml", "--accept-data-disclaimer", "--accepted-by", "jane")
    assert ended.steps == dict.fromkeys(STEPS, "done")


def test_invoke_takes_a_file_a_message_or_a_welcome(project: Project) -> None:
    project.write(
        "async function lambda(input) { console.info('heard', input.payload.message); return input.payload; }\n"
    )
    project.json("up")
    project.write('{"message": "from a file"}', "payload.json")
    answer = project.json("invoke", "payload.json").json["result"]
    assert answer["result"] == {"message": "from a file"}
    assert answer["logs"][0]["level"] == "Info"
    assert "heard" in answer["logs"][0]["message"]
    assert answer["function_ms"] > 0
    assert project.json("invoke", "--welcome").json["result"]["result"]["event"] == {"name": "WELCOME"}
    assert project.json("invoke", status=2).json["error"]["kind"] == "usage"
    assert project.json("invoke", "--welcome", "--message", "x", status=2).json["verb"] == "invoke"
    project.write('{"message": }', "payload.json")
    found = project.json("invoke", "payload.json", status=3).json["error"]["findings"]
    assert [(finding["file"], finding["line"], finding["column"]) for finding in found] == [
        ("payload.json", 1, 13)
    ]


def test_a_running_emulator_is_found_by_verbs_and_its_state_outlives_it(project: Project) -> None:
    started = project.json("emulator", "start").json["result"]
    assert started["started"] is True
    assert project.json("emulator", "start").json["result"] | {"started": True} == started
    assert project.json("emulator", "status").json["result"]["url"] == started["url"]
    project.json("up")
    assert len(project.ask_emulator("GET", "/api/account/demo/functions?userId=1")) == 1
    assert project.json("emulator", "reset", status=8).json["error"]["kind"] == "locked"
    assert project.json("emulator", "stop").json["result"] == {"stopped": True}
    assert project.json("emulator", "status").json["result"]["running"] is False
    assert project.json("up").steps == dict.fromkeys(STEPS, "skipped")
    assert project.json("emulator", "reset").json["result"] == {"reset": True}
    assert project.json("up").steps == dict.fromkeys(STEPS, "done")
